// Which threads stand under the chosen filter, and what does the pane say when there are none?
import { CloudOff, Inbox, SquarePen } from "lucide-react";
import { useCallback, useMemo, useState } from "react";
import type { Connection, ThreadFilter } from "../../backend/bindings";
import { useThreads } from "../../backend/queries/threads";
import { useText } from "../../i18n/text";
import { announce } from "../../kit/Announcer/announce";
import { Button } from "../../kit/Button/Button";
import { EmptyState } from "../../kit/EmptyState/EmptyState";
import { ErrorNote } from "../../kit/ErrorNote/ErrorNote";
import { OptionList } from "../../kit/OptionList/OptionList";
import { Skeleton } from "../../kit/Skeleton/Skeleton";
import { useCommands } from "../../lib/commands";
import { useNow } from "../../lib/time";
import { FillBar } from "./FillBar";
import { ThreadRowView } from "./ThreadRow";
import styles from "./Threads.module.css";

type Props = { filter: ThreadFilter; selected: string | null; connection: Connection; compact: boolean; /** Counts the times the focus was sent here. */ focusRound: number; onSelect: (thread: string) => void; onCompose: () => void };

/** The list pane for a filter. */
export function Threads({ filter, selected, connection, compact, focusRound, onSelect, onCompose }: Props) {
  const text = useText();
  const now = useNow();
  const threads = useThreads(filter);
  const rows = useMemo(() => threads.data?.pages.flatMap((page) => page.rows) ?? [], [threads.data]);
  const needing = threads.data?.pages[0]?.counts[filter] ?? 0;
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = threads;
  const onEnd = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  const [walks, setWalks] = useState(0);
  const go = (to: number): boolean => {
    const row = rows[Math.max(0, Math.min(rows.length - 1, to))];
    if (row === undefined) return false;
    onSelect(row.thread);
    setWalks(walks + 1);
    return true;
  };
  useCommands((command) => {
    const at = rows.findIndex((row) => row.thread === selected);
    if (command === "down") return go(at + 1);
    if (command === "up") return go(at - 1);
    if (command !== "next_unread") return false;
    const ahead = [...rows.slice(at + 1), ...rows.slice(0, Math.max(0, at))].find((row) => row.unread > 0);
    if (ahead === undefined) announce(text("threads.no_unread"));
    return ahead !== undefined && go(rows.indexOf(ahead));
  });
  const options = rows.map((row) => ({ id: row.thread, content: <ThreadRowView row={row} now={now} /> }));
  return (
    <section className={styles.pane} aria-labelledby="threads-title" data-pane="list">
      <header className={styles.header}>
        <h2 id="threads-title">{text(`filter.${filter}`)}</h2>
        {threads.data === undefined ? null : <span className={styles.needing}>{needing === 0 ? text("threads.all_done") : text("threads.needing", { n: needing })}</span>}
      </header>
      <FillBar />
      {threads.isPending ? <Skeleton label={text("threads.loading")} rows={8} shape="row" /> : null}
      {threads.isError && rows.length === 0 ? <ErrorNote pane reason={threads.error} onRetry={() => void threads.refetch()} /> : null}
      {threads.isSuccess && rows.length === 0 ? <Nothing filter={filter} offline={connection === "offline"} onCompose={onCompose} /> : null}
      {rows.length > 0 ? <OptionList label={text("threads.list", { filter: text(`filter.${filter}`) })} description={text("threads.leave_hint")} options={options} selected={selected} onSelect={onSelect} onEnd={onEnd} estimate={compact ? 58 : 72} testId="thread-row" threadList walks={walks + focusRound} /> : null}
    </section>
  );
}

function Nothing({ filter, offline, onCompose }: { filter: ThreadFilter; offline: boolean; onCompose: () => void }) {
  const text = useText();
  const compose = <Button label={text("rail.new")} icon={<SquarePen aria-hidden="true" />} onPress={onCompose} />;
  if (offline) return <EmptyState icon={<CloudOff />} title={text("threads.offline_title")} body={text("threads.offline")} />;
  return <EmptyState icon={<Inbox />} title={text(`threads.empty_${filter}_title`)} body={text(`threads.empty_${filter}`)} action={filter === "unread" ? undefined : compose} />;
}
