// What is said in this thread, and what does this person answer?
import { Eye, ShieldAlert } from "lucide-react";
import { useCallback, useState } from "react";
import type { Connection, ThreadView, ViewState } from "../../backend/bindings";
import { useBackend } from "../../backend/context";
import { useDraft } from "../../backend/queries/drafts";
import { useThread } from "../../backend/queries/threads";
import { useText } from "../../i18n/text";
import { WARNINGS } from "../../i18n/warnings";
import { announce } from "../../kit/Announcer/announce";
import { ErrorNote } from "../../kit/ErrorNote/ErrorNote";
import { Skeleton } from "../../kit/Skeleton/Skeleton";
import { Strip } from "../../kit/Strip/Strip";
import { useCommands } from "../../lib/commands";
import { Banner } from "./Banner";
import { Composer, type Cursor } from "./Composer";
import { FindBar } from "./FindBar";
import { MessageLog } from "./MessageLog";
import styles from "./ThreadPane.module.css";
import type { Sight, Target } from "./useLog";
import { useRead } from "./useRead";

type Props = {
  thread: string;
  /** A message to open at: a search hit. */
  hit: number | null;
  /** Where the person was before the lock, for the thread that comes back. */
  restore: ViewState | null;
  connection: Connection;
  contextOpen: boolean;
  onView: (part: Partial<ViewState>) => void;
  onBack: () => void;
  onContext: () => void;
};

/** The third pane. */
export function ThreadPane(props: Props) {
  const text = useText();
  const view = useThread(props.thread);
  return (
    <section className={styles.pane} aria-label={text("thread.label")} data-pane="thread">
      {view.data === undefined
        ? <div className={styles.waiting}>{view.isError ? <ErrorNote pane reason={view.error} onRetry={() => void view.refetch()} /> : <Skeleton label={text("thread.loading")} rows={6} shape="message" />}</div>
        : <Opened {...props} view={view.data} />}
    </section>
  );
}

/** Where to open: a hit, the old place, the first unread message, or the end. */
function opening(view: ThreadView, hit: number | null, restore: ViewState | null): Target {
  if (hit !== null) return { seq: hit, offset: null };
  if (restore !== null && restore.anchor_seq !== null) return { seq: restore.anchor_seq, offset: restore.anchor_offset };
  if (view.row.unread > 0 && view.read_seq < view.last_seq) return { seq: view.read_seq + 1, offset: 72 };
  return null;
}

function Opened({ view, thread, hit, restore, connection, contextOpen, onView, onBack, onContext }: Props & { view: ThreadView }) {
  const text = useText();
  const backend = useBackend();
  const [target, setTarget] = useState<{ at: Target; hit: number | null; round: number }>(() => ({ at: opening(view, hit, restore), hit, round: 0 }));
  const [readAtOpen, setReadAtOpen] = useState(view.read_seq);
  const [peek, setPeek] = useState(false);
  const [held, setHeld] = useState(false);
  const [readBefore, setReadBefore] = useState(view.read_seq);
  if (view.read_seq !== readBefore) {
    setReadBefore(view.read_seq);
    // Taken back, perhaps at another workstation: that it stands on this screen does not read it again.
    if (view.read_seq < readBefore) {
      setHeld(true);
      setReadAtOpen(view.read_seq);
    }
  }
  const [finding, setFinding] = useState(false);
  const draft = useDraft(thread);
  const seen = useRead(thread, view.read_seq, peek || held);

  const jump = (seq: number): void => setTarget((old) => ({ at: { seq, offset: null }, hit: seq, round: old.round + 1 }));
  const onSight = useCallback((sight: Sight) => {
    seen(sight.firstSeq, sight.lastSeq);
    onView({ anchor_seq: sight.atEnd ? null : sight.anchorSeq, anchor_offset: sight.atEnd ? 0 : sight.anchorOffset });
  }, [seen, onView]);
  const onCursor = (cursor: Cursor): void => onView({ composer_focused: cursor.focused, selection_start: cursor.start, selection_end: cursor.end });
  const unreadFrom = (seq: number): void => {
    setHeld(true);
    setReadAtOpen(seq - 1);
    void backend.markUnread(thread, seq).then(() => announce(text("thread.marked_unread")), () => setHeld(false));
  };
  useCommands((command) => {
    if (command === "peek") setPeek(!peek);
    else if (command === "find") setFinding(true);
    else return false;
    return true;
  });
  return (
    <>
      <Banner view={view} contextOpen={contextOpen} onBack={onBack} onContext={onContext} onFind={() => setFinding(true)} />
      {finding ? <FindBar thread={thread} onJump={jump} onClose={() => setFinding(false)} /> : null}
      {peek ? <Strip tone="calm" icon={<Eye aria-hidden="true" />}>{text("thread.peeking")}</Strip> : null}
      {view.warnings.map((warning) => <Strip key={warning} tone="warn" role="note" icon={<ShieldAlert aria-hidden="true" />}><strong>{text(WARNINGS[warning].says)}</strong> {text(WARNINGS[warning].next)}</Strip>)}
      <MessageLog key={`${thread}-${target.round}`} thread={thread} target={target.at} hit={target.hit} readSeq={readAtOpen} firstUnread={view.row.unread > 0 ? view.read_seq + 1 : null} onSight={onSight} onUnreadFrom={unreadFrom}
        onToUnread={() => setTarget((old) => ({ at: { seq: view.read_seq + 1, offset: 72 }, hit: null, round: old.round + 1 }))}
        onToEnd={() => setTarget((old) => ({ at: null, hit: null, round: old.round + 1 }))} />
      {draft.isPending ? <div className={styles.composing} />
        : <Composer view={view} draft={draft.data ?? null} connection={connection} onCursor={onCursor}
            restore={restore === null ? null : { focused: restore.composer_focused, start: restore.selection_start, end: restore.selection_end }} />}
    </>
  );
}
