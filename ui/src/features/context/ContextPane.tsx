// Who is in this thread, what is known about it, and what is wrong with it?
import { Lock, ShieldAlert, UserX, X } from "lucide-react";
import type { ThreadView } from "../../backend/bindings";
import { useThread } from "../../backend/queries/threads";
import { useText } from "../../i18n/text";
import { useTimes } from "../../i18n/times";
import { WARNINGS } from "../../i18n/warnings";
import { Avatar } from "../../kit/Avatar/Avatar";
import { Badge } from "../../kit/Badge/Badge";
import { ErrorNote } from "../../kit/ErrorNote/ErrorNote";
import { IconButton } from "../../kit/IconButton/IconButton";
import { Skeleton } from "../../kit/Skeleton/Skeleton";
import styles from "./ContextPane.module.css";

type Props = { thread: string; me: string; onClose: () => void };

/** The fourth pane. */
export function ContextPane({ thread, me, onClose }: Props) {
  const text = useText();
  const view = useThread(thread);
  return (
    <aside className={styles.pane} aria-label={text("context.label")} data-pane="context">
      <div className={styles.close}><h2>{text("context.label")}</h2><IconButton label={text("context.close")} icon={<X aria-hidden="true" />} onPress={onClose} /></div>
      {view.isPending ? <Skeleton label={text("context.loading")} rows={4} shape="message" /> : null}
      {view.isError && view.data === undefined ? <ErrorNote pane reason={view.error} onRetry={() => void view.refetch()} /> : null}
      {view.data === undefined ? null : <Facts view={view.data} me={me} />}
    </aside>
  );
}

function Facts({ view, me }: { view: ThreadView; me: string }) {
  const text = useText();
  const times = useTimes();
  return (
    <>
      {view.warnings.map((warning) => (
        <div key={warning} role="note" className={styles.warning}>
          <ShieldAlert aria-hidden="true" />
          <div><strong>{text(WARNINGS[warning].says)}</strong><span>{text(WARNINGS[warning].next)}</span></div>
        </div>
      ))}
      <h3>{text("context.members", { n: view.members.length })}</h3>
      <ul>
        {view.members.map((member) => (
          <li key={member.account} className={styles.member}>
            <Avatar initials={member.initials} size="small" tone={member.account === me ? "me" : "person"} />
            <div className={styles.words}><span className={styles.name}><bdi>{member.name}</bdi></span><span className={styles.title}><bdi>{member.title}</bdi></span>{member.account === me ? <span className={styles.title}>{text("context.you")}</span> : null}</div>
            {member.revoked ? <Badge tone="bad" icon={<UserX aria-hidden="true" />}>{text("context.left")}</Badge> : null}
          </li>
        ))}
      </ul>
      <h3>{text("context.about")}</h3>
      <dl className={styles.facts}>
        <div><dt>{text("context.class")}</dt><dd>{text(`class.${view.row.class}`)}</dd></div>
        {view.row.reason === null ? null : <div><dt>{text("context.reason")}</dt><dd><bdi>{view.row.reason}</bdi></dd></div>}
        <div><dt>{text("context.last")}</dt><dd><time dateTime={new Date(view.row.last_at).toISOString()} title={times.full(view.row.last_at)}>{times.clock(view.row.last_at)}</time></dd></div>
        <div><dt>{text("context.entries")}</dt><dd>{text.intl.formatNumber(view.last_seq)}</dd></div>
        <div><dt>{text("context.epoch")}</dt><dd>{text.intl.formatNumber(view.epoch)}</dd></div>
      </dl>
      <p className={styles.private}><Lock aria-hidden="true" />{text("context.private")}</p>
    </>
  );
}
