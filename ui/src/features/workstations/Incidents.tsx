// Which machines were lost, what was done about each, and how did it end?
import { ArrowLeft, CloudOff, FileDown, MapPinOff, X } from "lucide-react";
import { useMemo, useRef, useState } from "react";
import type { IncidentView } from "../../backend/bindings";
import { useIncidents } from "../../backend/queries/fleet";
import { useKept } from "../../backend/queries/kept";
import { useSession } from "../../backend/queries/session";
import { useText } from "../../i18n/text";
import { useTimes } from "../../i18n/times";
import { Badge } from "../../kit/Badge/Badge";
import { Button } from "../../kit/Button/Button";
import { EmptyState } from "../../kit/EmptyState/EmptyState";
import { ErrorNote } from "../../kit/ErrorNote/ErrorNote";
import { IconButton } from "../../kit/IconButton/IconButton";
import { SearchInput } from "../../kit/SearchInput/SearchInput";
import { Skeleton } from "../../kit/Skeleton/Skeleton";
import { StaffTools } from "../../kit/StaffList/StaffList";
import { Strip } from "../../kit/Strip/Strip";
import { Table, type CellProps, type Column } from "../../kit/Table/Table";
import { useNow } from "../../lib/time";
import { CloseIncident } from "./CloseIncident";
import { CommandCard } from "./CommandCard";
import { ExportIncidents } from "./ExportIncidents";
import { IncidentPeople } from "./IncidentPeople";
import { endOf, NEWEST, pickIncidents, type IncidentFilter } from "./incidentView";
import { usePanel } from "./usePanel";
import styles from "./Workstations.module.css";

const NONE: ReadonlySet<string> = new Set();

/** The register's part of the administrator's place. */
export function Incidents({ readOnly }: { readOnly: boolean }) {
  const text = useText();
  const incidents = useIncidents();
  const [exporting, setExporting] = useState(false);
  const [filter, setFilter] = useKept<IncidentFilter>("incident-filter", NEWEST);
  const connection = useSession().data?.connection ?? "online";
  const all = incidents.data;
  const found = useMemo(() => pickIncidents(all ?? [], filter), [all, filter]);
  return (
    <>
      <StaffTools search={<SearchInput label={text("incident.find")} placeholder={text("incident.find")} value={filter.query} onChange={(query) => setFilter((old) => ({ ...old, query }))} />}>
        {all === undefined || all.length === 0 ? null : <Button label={text("incident.export")} icon={<FileDown aria-hidden="true" />} onPress={() => setExporting(true)} testId="incidents-export" />}
      </StaffTools>
      {connection === "offline" ? <Strip tone="warn" icon={<CloudOff aria-hidden="true" />}>{text("command.offline")}</Strip> : null}
      {incidents.isPending ? <Skeleton label={text("incident.loading")} rows={6} shape="row" /> : null}
      {incidents.isError && all === undefined ? <ErrorNote pane reason={incidents.error} onRetry={() => void incidents.refetch()} /> : null}
      {all !== undefined && all.length === 0 ? <EmptyState icon={<MapPinOff />} title={text("incident.empty")} body={text(readOnly ? "incident.empty_read" : "incident.empty_body")} /> : null}
      {all !== undefined && all.length > 0 ? <Register all={all} found={found} filter={filter} onFilter={setFilter} readOnly={readOnly} /> : null}
      {exporting ? <ExportIncidents onClose={() => setExporting(false)} /> : null}
    </>
  );
}

function Register({ all, found, filter, onFilter, readOnly }: { all: readonly IncidentView[]; found: readonly IncidentView[]; filter: IncidentFilter; onFilter: (next: IncidentFilter) => void; readOnly: boolean }) {
  const text = useText();
  const now = useNow();
  const [opened, setOpened] = useKept<string | null>("incident-opened", null);
  const columns = useMemo((): readonly Column[] => [
    { id: "where", label: text("command.column_where"), width: "minmax(120px, 1.3fr)", keep: "always" },
    { id: "why", label: text("incident.column_why"), width: "minmax(84px, 0.8fr)", keep: "medium" },
    { id: "at", label: text("incident.column_at"), width: "minmax(96px, 1fr)", keep: "always" },
    { id: "by", label: text("incident.column_by"), width: "minmax(110px, 1fr)", keep: "wide" },
    { id: "state", label: text("incident.column_state"), width: "minmax(124px, 1.2fr)", keep: "always" },
  ], [text]);
  const incident = all.find((one) => one.incident === opened);
  return (
    <div className={styles.split} data-open={incident !== undefined}>
      {found.length === 0 ? <EmptyState icon={<MapPinOff />} title={text("incident.none")} body={text("directory.none_body")} role="status" action={<Button label={text("fleet.clear")} onPress={() => onFilter(NEWEST)} />} /> : (
        <Table label={text("incident.list")} description={text("incident.table_help")} columns={columns} Cell={IncidentCell} around={now} rows={found} idOf={(one) => one.incident} sort={filter.sort} onSort={(sort) => onFilter({ ...filter, sort })}
          chosen={NONE} opened={opened} onOpen={setOpened} testId="incident-row" />
      )}
      {incident === undefined ? null : <IncidentPanel key={incident.incident} incident={incident} readOnly={readOnly} onClose={() => setOpened(null)} />}
    </div>
  );
}

function IncidentPanel({ incident, readOnly, onClose }: { incident: IncidentView; readOnly: boolean; onClose: () => void }) {
  const text = useText();
  const panel = useRef<HTMLElement>(null);
  const [asks, setAsks] = useState(false);
  const name = incident.workstation_name;
  usePanel(panel, onClose);
  return (
    <aside ref={panel} tabIndex={-1} className={styles.panel} aria-label={text("incident.panel", { name })} data-testid="incident-panel">
      <header className={styles.panelHead}>
        <span className={styles.panelBack}><IconButton label={text("action.back")} icon={<ArrowLeft aria-hidden="true" />} onPress={onClose} /></span>
        <div className={styles.panelTitle}>
          <h2><bdi>{name}</bdi></h2>
          <p className={styles.badges}><End incident={incident} /></p>
        </div>
        <span className={styles.panelClose}><IconButton label={text("action.close")} icon={<X aria-hidden="true" />} onPress={onClose} /></span>
      </header>
      {readOnly || incident.closed !== null ? null : <div className={styles.actions}><Button label={text("incident.close")} accessibleLabel={text("incident.close_title", { name })} onPress={() => setAsks(true)} testId="incident-close" /></div>}
      <Facts incident={incident} />
      <section className={styles.part}>
        <h3>{text("incident.commands")}</h3>
        {incident.commands.length === 0 ? <p className={styles.none}>{text("incident.commands_none")}</p> : null}
        {incident.commands.map((one) => <CommandCard key={one.command} command={one} readOnly={readOnly} />)}
      </section>
      <section className={styles.part}><h3>{text("incident.people")}</h3><IncidentPeople incident={incident} /></section>
      {asks ? <CloseIncident incident={incident} first={incident.wiped ? "wiped" : "found"} onDone={() => setAsks(false)} onClose={() => setAsks(false)} /> : null}
    </aside>
  );
}

function Facts({ incident }: { incident: IncidentView }) {
  const text = useText();
  const times = useTimes();
  const { closed, reason, shut_out } = incident;
  const root = text("command.root");
  return (
    <section className={styles.part}>
      <h3>{text("incident.facts")}</h3>
      <dl className={styles.facts}>
        <div><dt>{text("incident.column_why")}</dt><dd>{text(`command.reason_${reason}`)}</dd></div>
        <div><dt>{text("incident.column_at")}</dt><dd>{times.full(incident.opened_at)}</dd></div>
        <div><dt>{text("incident.column_by")}</dt><dd><bdi>{incident.opened_by ?? root}</bdi></dd></div>
        <div><dt>{text("incident.service")}</dt><dd>{text(shut_out ? "incident.service_out" : "incident.service_in")}</dd></div>
        {closed === null ? null : <>
          <div><dt>{text("incident.closed_at")}</dt><dd>{times.full(closed.at)}</dd></div>
          <div><dt>{text("incident.closed_by")}</dt><dd><bdi>{closed.by ?? root}</bdi></dd></div>
        </>}
      </dl>
    </section>
  );
}

function IncidentCell({ row, column, around }: CellProps<IncidentView, number>) {
  const text = useText();
  const times = useTimes();
  switch (column) {
    case "where": return <strong className={styles.called}><bdi>{row.workstation_name}</bdi></strong>;
    case "why": return text(`command.reason_${row.reason}`);
    case "at": return <time title={times.full(row.opened_at)}>{times.day(row.opened_at, around)} {times.clock(row.opened_at)}</time>;
    case "by": return <bdi>{row.opened_by ?? text("command.root")}</bdi>;
    case "state": return <End incident={row} />;
    default: return null;
  }
}

function End({ incident }: { incident: IncidentView }) {
  const text = useText();
  const { says, tone } = endOf(incident);
  return <Badge tone={tone}>{text(says)}</Badge>;
}
