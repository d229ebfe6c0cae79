// Which commands were given, which wait for somebody, and which does nobody know the end of?
import { ArrowLeft, CloudOff, FileCheck, FileDown, ListTree, UsersRound, X } from "lucide-react";
import { useMemo, useRef, useState } from "react";
import type { CommandView } from "../../backend/bindings";
import { useCommandList } from "../../backend/queries/fleet";
import { useKept } from "../../backend/queries/kept";
import { useSession } from "../../backend/queries/session";
import { useText } from "../../i18n/text";
import { useTimes } from "../../i18n/times";
import { Badge } from "../../kit/Badge/Badge";
import { Button } from "../../kit/Button/Button";
import { Chip } from "../../kit/Chip/Chip";
import { EmptyState } from "../../kit/EmptyState/EmptyState";
import { ErrorNote } from "../../kit/ErrorNote/ErrorNote";
import { IconButton } from "../../kit/IconButton/IconButton";
import { SearchInput } from "../../kit/SearchInput/SearchInput";
import { Skeleton } from "../../kit/Skeleton/Skeleton";
import { StaffTools } from "../../kit/StaffList/StaffList";
import { Strip } from "../../kit/Strip/Strip";
import { Table, type CellProps, type Column } from "../../kit/Table/Table";
import { useNow } from "../../lib/time";
import { CommandCard } from "./CommandCard";
import { NO_FILTER, pick, PHASES, phaseOf, type CommandFilter } from "./commandView";
import { calledOf, standOf } from "./deeds";
import { ExportDialog } from "./ExportDialog";
import { exportCommands, type Exported } from "./exported";
import { ExportReceipts } from "./ExportReceipts";
import { usePanel } from "./usePanel";
import styles from "./Workstations.module.css";

const NONE: ReadonlySet<string> = new Set();

/** The commands' part of the administrator's place. */
export function Commands({ readOnly }: { readOnly: boolean }) {
  const text = useText();
  const commands = useCommandList();
  const [exported, setExported] = useState<Exported | null>(null);
  const [exporting, setExporting] = useState(false);
  const [filter, setFilter] = useKept<CommandFilter>("command-filter", NO_FILTER);
  const connection = useSession().data?.connection ?? "online";
  const all = commands.data;
  const found = useMemo(() => pick(all ?? [], filter), [all, filter]);
  const mine = (all ?? []).filter((one) => one.state === "requested" && !one.mine).length;
  return (
    <>
      <StaffTools search={<SearchInput label={text("command.find")} placeholder={text("command.find")} value={filter.query} onChange={(query) => setFilter((old) => ({ ...old, query }))} />}>
        {found.length === 0 ? null : <Button label={text("export.action")} icon={<FileDown aria-hidden="true" />} onPress={() => setExported(exportCommands(found))} testId="export-open" />}
        <Button label={text("receipts.export")} icon={<FileCheck aria-hidden="true" />} onPress={() => setExporting(true)} testId="receipts-open" />
      </StaffTools>
      {connection === "offline" ? <Strip tone="warn" icon={<CloudOff aria-hidden="true" />}>{text("command.offline")}</Strip> : null}
      {mine === 0 || readOnly ? null : <Strip tone="warn" role="note" icon={<UsersRound aria-hidden="true" />} action={<Button label={text("command.waits_show")} onPress={() => setFilter({ ...NO_FILTER, phase: "waits" })} />}>{text("command.waits_strip", { n: mine })}</Strip>}
      {commands.isPending ? <Skeleton label={text("command.loading")} rows={12} shape="row" /> : null}
      {commands.isError && all === undefined ? <ErrorNote pane reason={commands.error} onRetry={() => void commands.refetch()} /> : null}
      {all !== undefined && all.length === 0 ? <EmptyState icon={<ListTree />} title={text("command.empty")} body={text("command.empty_body")} /> : null}
      {all !== undefined && all.length > 0 ? <List all={all} found={found} filter={filter} onFilter={setFilter} readOnly={readOnly} /> : null}
      {exported === null ? null : <ExportDialog title={text("export.title_commands")} what={exported} onClose={() => setExported(null)} />}
      {exporting ? <ExportReceipts onClose={() => setExporting(false)} /> : null}
    </>
  );
}

function List({ all, found, filter, onFilter, readOnly }: { all: readonly CommandView[]; found: readonly CommandView[]; filter: CommandFilter; onFilter: (next: CommandFilter) => void; readOnly: boolean }) {
  const text = useText();
  const now = useNow();
  const [opened, setOpened] = useKept<string | null>("command-opened", null);
  const columns = useMemo((): readonly Column[] => [
    { id: "what", label: text("command.column_what"), width: "minmax(128px, 1.3fr)", keep: "always" },
    { id: "where", label: text("command.column_where"), width: "minmax(110px, 1.1fr)", keep: "always" },
    { id: "why", label: text("command.column_why"), width: "minmax(90px, 0.8fr)", keep: "wide" },
    { id: "by", label: text("command.column_by"), width: "minmax(110px, 1fr)", keep: "wide" },
    { id: "at", label: text("command.column_at"), width: "minmax(96px, 0.9fr)", keep: "medium" },
    { id: "state", label: text("command.column_state"), width: "minmax(124px, 1.3fr)", keep: "always" },
  ], [text]);
  const command = all.find((one) => one.command === opened);
  return (
    <>
      <div className={styles.viewBar}>
        <div role="group" aria-label={text("fleet.chips")} className={styles.chips}>
          {PHASES.map((phase) => {
            const count = all.filter((one) => phaseOf(one) === phase).length;
            return <Chip key={phase} label={text(`command.chip_${phase}`)} count={count} tone={count === 0 ? "calm" : phase === "unconfirmed" ? "bad" : phase === "waits" ? "warn" : "calm"} on={filter.phase === phase} onChange={(on) => onFilter({ ...filter, phase: on ? phase : null })} testId={`phase-${phase}`} />;
          })}
        </div>
      </div>
      <div className={styles.split} data-open={command !== undefined}>
        {found.length === 0 ? <EmptyState icon={<ListTree />} title={text("command.none")} body={text("directory.none_body")} role="status" action={<Button label={text("fleet.clear")} onPress={() => onFilter(NO_FILTER)} />} /> : (
          <Table label={text("command.list")} description={text("command.table_help")} columns={columns} Cell={CommandCell} around={now} rows={found} idOf={(one) => one.command} sort={filter.sort} onSort={(sort) => onFilter({ ...filter, sort })}
            chosen={NONE} opened={opened} onOpen={setOpened} testId="command-row" />
        )}
        {command === undefined ? null : (
          <CommandPanel key={command.command} command={command} readOnly={readOnly} onClose={() => setOpened(null)} />
        )}
      </div>
    </>
  );
}

function CommandPanel({ command, readOnly, onClose }: { command: CommandView; readOnly: boolean; onClose: () => void }) {
  const text = useText();
  const panel = useRef<HTMLElement>(null);
  usePanel(panel, onClose);
  return (
    <aside ref={panel} tabIndex={-1} className={styles.panel} aria-label={calledOf(text, command)}>
      <div className={styles.panelTop}>
        <span className={styles.panelBack}><IconButton label={text("action.back")} icon={<ArrowLeft aria-hidden="true" />} onPress={onClose} /></span>
        <span className={styles.panelClose}><IconButton label={text("action.close")} icon={<X aria-hidden="true" />} onPress={onClose} /></span>
      </div>
      <CommandCard command={command} readOnly={readOnly} named level="h2" />
    </aside>
  );
}

function CommandCell({ row, column, around }: CellProps<CommandView, number>) {
  const text = useText();
  const times = useTimes();
  const { says, tone } = standOf(row);
  switch (column) {
    case "what": return <strong className={styles.called}>{calledOf(text, row)}</strong>;
    case "where": return <bdi>{row.workstation_name}</bdi>;
    case "why": return text(`command.reason_${row.reason}`);
    case "by": return <bdi>{row.issued_by ?? text("command.root")}</bdi>;
    case "at": return <time title={times.full(row.issued_at)}>{times.day(row.issued_at, around)} {times.clock(row.issued_at)}</time>;
    case "state": return <Badge tone={tone}>{text(says)}</Badge>;
    default: return null;
  }
}
