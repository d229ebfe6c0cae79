// How do the four panes and the dialogs stand together?
import { MessageSquareLock } from "lucide-react";
import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useState } from "react";
import type { Preferences, SessionView, ThreadFilter, ViewState } from "../backend/bindings";
import { useSavePreferences } from "../backend/queries/session";
import { usePermissions } from "../backend/queries/staff";
import { useThreads } from "../backend/queries/threads";
import { ContextPane } from "../features/context/ContextPane";
import { Directory } from "../features/directory/Directory";
import { LockFade } from "../features/lock/LockFade";
import { Rail, type Place } from "../features/rail/Rail";
import { SearchPane } from "../features/search/SearchPane";
import { SignInNotices } from "../features/sign_ins/SignInNotices";
import { CopyGuard } from "../features/status/CopyGuard";
import { StatusStrips } from "../features/status/StatusStrips";
import { ThreadPane } from "../features/thread/ThreadPane";
import { Threads } from "../features/threads/Threads";
import { useText } from "../i18n/text";
import { EmptyState } from "../kit/EmptyState/EmptyState";
import { Kbd } from "../kit/Kbd/Kbd";
import { runCommand, useCommands } from "../lib/commands";
import { Admin } from "./Admin";
import { useMedia } from "./appearance";
import { Dialogs, type Opened } from "./Dialogs";
import styles from "./Workspace.module.css";
import { focusPane } from "./panes";
import { useKeys } from "./useKeys";
import { useViewState } from "./useViewState";

type Props = { session: SessionView; preferences: Preferences; restore: ViewState | null; onLeave: (way: "lock" | "switchUser") => void };

const FILTERS: readonly ThreadFilter[] = ["mine", "unread", "patients", "team"];
const NOWHERE: ViewState = { filter: "mine", thread: null, anchor_seq: null, anchor_offset: 0, composer_focused: false, selection_start: 0, selection_end: 0 };

/** The signed-in window. */
export function Workspace({ session, preferences, restore, onLeave }: Props) {
  const text = useText();
  const client = useQueryClient();
  const wide = useMedia("(min-width: 1180px)");
  /** One pane at a time, as in `Workspace.module.css`. */
  const single = useMedia("(max-width: 759px)");
  const [filter, setFilter] = useState<ThreadFilter>(restore?.filter ?? "mine");
  const [panel, setPanel] = useState<"threads" | "search" | "directory" | "admin">("threads");
  const [open, setOpen] = useState<{ thread: string; hit: number | null; round: number } | null>(restore === null || restore.thread === null ? null : { thread: restore.thread, hit: null, round: 0 });
  const [dialog, setDialog] = useState<Opened>(null);
  const [overlay, setOverlay] = useState(false);
  const [focusRound, setFocusRound] = useState(0);
  const save = useSavePreferences();
  const onView = useViewState(restore ?? NOWHERE);
  const counts = useThreads(filter).data?.pages[0]?.counts ?? null;
  const permissions = usePermissions();
  const mayAdmin = permissions.people || permissions.workstations || permissions.review || permissions.admin !== "none";
  // Who is in no kind of conversation has no inbox to look at.
  const writes = permissions.classes.length > 0;
  const admin = (panel === "admin" || (!writes && panel !== "directory")) && mayAdmin;
  const contextOpen = open !== null && !admin && (wide ? preferences.context_open : overlay);
  const place: Place = admin ? "admin" : panel === "threads" || panel === "admin" ? filter : panel;

  const openThread = useCallback((thread: string, hit: number | null = null) => {
    setOpen((old) => ({ thread, hit, round: (old?.round ?? 0) + 1 }));
    setPanel((old) => (old === "admin" ? "threads" : old));
    setOverlay(false);
    onView({ thread, anchor_seq: null, anchor_offset: 0, composer_focused: false, selection_start: 0, selection_end: 0 });
  }, [onView]);
  const selectThread = (thread: string): void => {
    if (thread !== open?.thread) openThread(thread);
  };
  const closeThread = (): void => {
    setOpen(null);
    onView({ thread: null });
  };
  /** Goes to a list; the conversation makes room where both have none. Its draft is kept. */
  const showPanel = (next: typeof panel): void => {
    setPanel(next);
    if (single && open !== null) closeThread();
  };
  const showFilter = (next: ThreadFilter): void => {
    showPanel("threads");
    setFilter(next);
    onView({ filter: next });
  };
  const toggleContext = (): void => {
    if (wide) save.mutate({ ...preferences, context_open: !preferences.context_open });
    else setOverlay(!overlay);
  };
  useKeys(preferences.single_keys, dialog !== null);
  useCommands((command) => {
    switch (command) {
      case "palette": setDialog({ kind: "palette" }); return true;
      case "compose":
        if (!writes) return false;
        setDialog({ kind: "new_thread", with: null });
        return true;
      case "help": setDialog({ kind: "help" }); return true;
      case "search":
        if (!writes) return false;
        showPanel("search");
        return true;
      case "lock": onLeave("lock"); return true;
      case "switch_user": onLeave("switchUser"); return true;
      case "next_queue":
      case "previous_queue": {
        const step = command === "next_queue" ? 1 : FILTERS.length - 1;
        showFilter(FILTERS[(FILTERS.indexOf(filter) + step) % FILTERS.length] ?? "mine");
        setFocusRound(focusRound + 1);
        return true;
      }
      case "next_pane": focusPane(1); return true;
      case "previous_pane": focusPane(-1); return true;
      case "context":
        if (open === null || admin) return false;
        toggleContext();
        return true;
      case "down": case "up": case "next_unread": case "reply": case "fyi": case "action": case "concern": case "stat":
      case "unread_from_here": case "peek": case "find": case "readers": case "acknowledge":
        return false;
      default: {
        const never: never = command;
        return never;
      }
    }
  });
  const list = panel === "search" ? <SearchPane onOpen={openThread} />
    : panel === "directory" ? <Directory writes={writes} onWrite={(account) => setDialog({ kind: "new_thread", with: account })} />
    : <Threads focusRound={focusRound} filter={filter} selected={open?.thread ?? null} connection={session.connection} compact={preferences.density === "compact"} onSelect={selectThread} onCompose={() => setDialog({ kind: "new_thread", with: null })} />;
  return (
    <div className={styles.window}>
      <StatusStrips session={session} />
      <CopyGuard />
      <SignInNotices news={session.new_sign_ins} />
      <div className={styles.panes} data-open={open !== null && !admin} data-context={contextOpen}>
        <Rail place={place} counts={counts} session={session} admin={mayAdmin} writes={writes} onFilter={showFilter} onPlace={showPanel} onLock={() => onLeave("lock")} onSwitch={() => onLeave("switchUser")}
          onDialog={(kind) => setDialog(kind === "new_thread" ? { kind, with: null } : { kind })} />
        {admin ? <Admin session={session} permissions={permissions} /> : <>
          {list}
          <main className={styles.thread}>
            <h1 className="visually-hidden">{text("app.name")}</h1>
            {open === null ? <Nothing /> : (
              <ThreadPane key={`${open.thread}-${open.round}`} thread={open.thread} hit={open.hit} restore={open.round === 0 ? restore : null} connection={session.connection}
                contextOpen={contextOpen} onView={onView} onBack={closeThread} onContext={toggleContext} />
            )}
          </main>
        </>}
        {contextOpen && open !== null ? <ContextPane thread={open.thread} me={session.account} onClose={toggleContext} /> : null}
      </div>
      <Dialogs opened={dialog} preferences={preferences} hasThread={open !== null && !admin} admin={mayAdmin} classes={permissions.classes} onAdmin={() => showPanel("admin")} onClose={() => setDialog(null)} onThread={openThread}
        onDialog={setDialog} onCommand={(command) => void runCommand(command)} onMade={(thread) => { setDialog(null); showFilter("mine"); void client.invalidateQueries({ queryKey: ["threads"] }); openThread(thread); }} />
      <LockFade />
    </div>
  );
}

function Nothing() {
  const text = useText();
  return <EmptyState icon={<MessageSquareLock />} title={text("thread.none_title")} body={text("thread.none")} action={<span className={styles.hints}><Kbd chord={["J"]} quiet /><Kbd chord={["K"]} quiet /><span>{text("thread.none_keys")}</span><Kbd chord={["Mod", "K"]} quiet /></span>} />;
}
