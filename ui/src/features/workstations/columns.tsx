// What stands in each column of the list of machines?
import { useMemo } from "react";
import type { Connection, WorkstationEntry } from "../../backend/bindings";
import { useText } from "../../i18n/text";
import { Badge } from "../../kit/Badge/Badge";
import type { CellProps, Column } from "../../kit/Table/Table";
import type { Attention } from "./fleetView";
import { DiskSign, StandingSign } from "./MachineSigns";
import styles from "./Workstations.module.css";

/** What every row's cells need beside the machine. */
export type Around = { connection: Connection; now: number; attention: ReadonlyMap<string, Attention> };

/** The columns; a narrow table keeps name, state and commands, and the name then says the place and who answers for it. */
export function useColumns(): readonly Column[] {
  const text = useText();
  return useMemo(() => [
    { id: "name", label: text("fleet.column_name"), width: "minmax(120px, 1.4fr)", keep: "always" },
    { id: "location", label: text("fleet.column_location"), width: "minmax(100px, 1.4fr)", keep: "wide" },
    { id: "custodian", label: text("custody.custodian"), width: "minmax(96px, 1.2fr)", keep: "wide" },
    { id: "kind", label: text("fleet.column_kind"), width: "80px", keep: "widest" },
    { id: "state", label: text("fleet.column_state"), width: "minmax(132px, 1.2fr)", keep: "always" },
    { id: "version", label: text("fleet.column_version"), width: "44px", keep: "medium" },
    { id: "os", label: text("fleet.column_os"), width: "minmax(104px, 1fr)", keep: "wide" },
    { id: "disk", label: text("fleet.column_disk"), width: "minmax(122px, 1fr)", keep: "medium" },
    { id: "vaults", label: text("fleet.column_vaults"), width: "56px", keep: "wide", end: true },
    { id: "pending", label: text("fleet.column_pending"), width: "108px", keep: "always" },
  ], [text]);
}

/** A machine's cell. */
export function MachineCell({ row, column, around }: CellProps<WorkstationEntry, Around>) {
  const text = useText();
  switch (column) {
    case "name": return <NameCell entry={row} />;
    case "location": return <bdi>{row.location}</bdi>;
    case "custodian": return <CustodianCell entry={row} />;
    case "kind": return text(row.kind === "shared" ? "fleet.shared" : "fleet.private");
    case "state": return <StandingSign entry={row} connection={around.connection} now={around.now} />;
    case "version": return row.report?.app_version;
    case "os": return row.report?.os;
    case "disk": return <DiskSign entry={row} connection={around.connection} />;
    case "vaults": return row.report?.vaults;
    case "pending": return <PendingCell entry={row} attention={around.attention.get(row.id)} />;
    default: return null;
  }
}

function NameCell({ entry }: { entry: WorkstationEntry }) {
  const text = useText();
  return (
    <span className={styles.nameCell}>
      <strong className={entry.state === "revoked" ? styles.faded : undefined}><bdi>{entry.name}</bdi></strong>
      {entry.here ? <Badge tone="neutral">{text("fleet.here")}</Badge> : null}
      <PlaceLine entry={entry} />
    </span>
  );
}

/** Where it stands and who answers for it, while the table is too narrow for columns of their own. */
function PlaceLine({ entry: { location, custodian } }: { entry: WorkstationEntry }) {
  if (location === "" && custodian === null) return null;
  const between = location === "" || custodian === null ? "" : " · ";
  return <span className={styles.place}><bdi>{location}</bdi>{between}<bdi>{custodian?.name}</bdi></span>;
}

function CustodianCell({ entry: { custodian } }: { entry: WorkstationEntry }) {
  const text = useText();
  if (custodian === null) return null;
  return <span className={styles.nameCell}><bdi>{custodian.name}</bdi>{custodian.revoked ? <Badge tone="warn">{text("command.person_revoked")}</Badge> : null}</span>;
}

function PendingCell({ entry, attention }: { entry: WorkstationEntry; attention: Attention | undefined }) {
  const text = useText();
  if (entry.pending === 0) return null;
  if (attention?.unconfirmed === true) return <Badge tone="bad">{text("fleet.pending_unconfirmed")}</Badge>;
  if (attention?.waits === true) return <Badge tone="warn">{text("fleet.pending_waits")}</Badge>;
  return <Badge tone="accent">{text("fleet.pending", { n: entry.pending })}</Badge>;
}
