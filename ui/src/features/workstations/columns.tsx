// What stands in each column of the list of machines?
import { useMemo } from "react";
import type { Connection, WorkstationEntry } from "../../backend/bindings";
import { useText } from "../../i18n/text";
import { Badge } from "../../kit/Badge/Badge";
import type { Column } from "../../kit/Table/Table";
import type { Attention } from "./fleetView";
import { DiskSign, StandingSign } from "./MachineSigns";
import styles from "./Workstations.module.css";

/** The columns; a narrow table keeps name, state and commands, and the name then says the place. */
export function useColumns(connection: Connection, now: number, attention: ReadonlyMap<string, Attention>): readonly Column<WorkstationEntry>[] {
  const text = useText();
  return useMemo(() => [
    { id: "name", label: text("fleet.column_name"), width: "minmax(128px, 1.5fr)", keep: "always", cell: (one) => <NameCell entry={one} /> },
    { id: "location", label: text("fleet.column_location"), width: "minmax(104px, 1.3fr)", keep: "wide", cell: (one) => <bdi>{one.location}</bdi> },
    { id: "kind", label: text("fleet.column_kind"), width: "82px", keep: "wide", cell: (one) => text(one.kind === "shared" ? "fleet.shared" : "fleet.private") },
    { id: "state", label: text("fleet.column_state"), width: "minmax(120px, 1.1fr)", keep: "always", cell: (one) => <StandingSign entry={one} connection={connection} now={now} /> },
    { id: "version", label: text("fleet.column_version"), width: "52px", keep: "medium", cell: (one) => one.report?.app_version },
    { id: "os", label: text("fleet.column_os"), width: "minmax(88px, 1fr)", keep: "wide", cell: (one) => one.report?.os },
    { id: "disk", label: text("fleet.column_disk"), width: "minmax(100px, 1fr)", keep: "medium", cell: (one) => <DiskSign entry={one} /> },
    { id: "vaults", label: text("fleet.column_vaults"), width: "56px", keep: "wide", end: true, cell: (one) => one.report?.vaults },
    { id: "pending", label: text("fleet.column_pending"), width: "112px", keep: "always", cell: (one) => <PendingCell entry={one} attention={attention.get(one.id)} /> },
  ], [attention, connection, now, text]);
}

function NameCell({ entry }: { entry: WorkstationEntry }) {
  const text = useText();
  return (
    <span className={styles.nameCell}>
      <strong className={entry.state === "revoked" ? styles.faded : undefined}><bdi>{entry.name}</bdi></strong>
      {entry.here ? <Badge tone="neutral">{text("fleet.here")}</Badge> : null}
      {entry.location === "" ? null : <bdi className={styles.place}>{entry.location}</bdi>}
    </span>
  );
}

function PendingCell({ entry, attention }: { entry: WorkstationEntry; attention: Attention | undefined }) {
  const text = useText();
  if (entry.pending === 0) return null;
  if (attention?.unconfirmed === true) return <Badge tone="bad">{text("fleet.pending_unconfirmed")}</Badge>;
  if (attention?.waits === true) return <Badge tone="warn">{text("fleet.pending_waits")}</Badge>;
  return <Badge tone="accent">{text("fleet.pending", { n: entry.pending })}</Badge>;
}
