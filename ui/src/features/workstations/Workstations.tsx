// Which machines belong to the clinic, how does each stand, and what is to be done with one or with many?
import { CloudOff, FileDown, Monitor, Plus } from "lucide-react";
import { useMemo, useState } from "react";
import type { Connection, WorkstationEntry } from "../../backend/bindings";
import { useCommandList, useWorkstations } from "../../backend/queries/fleet";
import { useKept } from "../../backend/queries/kept";
import { useSession } from "../../backend/queries/session";
import { useText } from "../../i18n/text";
import { Button } from "../../kit/Button/Button";
import { EmptyState } from "../../kit/EmptyState/EmptyState";
import { ErrorNote } from "../../kit/ErrorNote/ErrorNote";
import { SearchInput } from "../../kit/SearchInput/SearchInput";
import { Skeleton } from "../../kit/Skeleton/Skeleton";
import { StaffTools } from "../../kit/StaffList/StaffList";
import { Strip } from "../../kit/Strip/Strip";
import { Table } from "../../kit/Table/Table";
import { useNow } from "../../lib/time";
import { ChosenBar } from "./ChosenBar";
import { MachineCell, useColumns } from "./columns";
import { ExportDialog } from "./ExportDialog";
import { exportMachines, type Exported } from "./exported";
import { attentionOf, select, WHOLE, type View } from "./fleetView";
import { MachinePanel } from "./MachinePanel";
import { TokenDialog } from "./TokenDialog";
import { ViewBar } from "./ViewBar";
import styles from "./Workstations.module.css";

const NOBODY: ReadonlySet<string> = new Set();

/** The machines' part of the administrator's place. */
export function Workstations({ readOnly }: { readOnly: boolean }) {
  const text = useText();
  const fleet = useWorkstations();
  const [view, setView] = useKept<View>("fleet-view", WHOLE);
  const [token, setToken] = useState(false);
  const [exported, setExported] = useState<Exported | null>(null);
  const now = useNow();
  const connection = useSession().data?.connection ?? "online";
  const make = readOnly ? null : <Button label={text("fleet.token")} variant="primary" icon={<Plus aria-hidden="true" />} onPress={() => setToken(true)} testId="token-open" />;
  const all = fleet.data;
  const found = useMemo(() => select(all ?? [], view, now), [all, view, now]);
  return (
    <>
      <StaffTools search={<SearchInput label={text("fleet.find")} placeholder={text("fleet.find")} value={view.query} onChange={(query) => setView((old) => ({ ...old, query }))} />}>
        {found.length === 0 ? null : <Button label={text("export.action")} icon={<FileDown aria-hidden="true" />} onPress={() => setExported(exportMachines(found))} testId="export-open" />}
        {make}
      </StaffTools>
      {connection === "offline" ? <Strip tone="warn" icon={<CloudOff aria-hidden="true" />}>{text("fleet.offline")}</Strip> : null}
      {fleet.isPending ? <Skeleton label={text("fleet.loading")} rows={12} shape="row" /> : null}
      {fleet.isError && all === undefined ? <ErrorNote pane reason={fleet.error} onRetry={() => void fleet.refetch()} /> : null}
      {all !== undefined && all.length === 0 ? <EmptyState icon={<Monitor />} title={text("fleet.empty")} body={text("fleet.empty_body")} action={make} /> : null}
      {all !== undefined && all.length > 0 ? <Fleet all={all} found={found} now={now} view={view} onView={setView} connection={connection} readOnly={readOnly} /> : null}
      {exported === null ? null : <ExportDialog title={text("export.title_machines")} what={exported} onClose={() => setExported(null)} />}
      {token ? <TokenDialog onClose={() => setToken(false)} /> : null}
    </>
  );
}

type FleetProps = { all: readonly WorkstationEntry[]; /** Those of the view. */ found: readonly WorkstationEntry[]; now: number; view: View; onView: (next: View) => void; connection: Connection; readOnly: boolean };

function Fleet({ all, found, now, view, onView, connection, readOnly }: FleetProps) {
  const text = useText();
  const commands = useCommandList().data;
  const [chosen, setChosen] = useState(NOBODY);
  const [opened, setOpened] = useKept<string | null>("fleet-opened", null);
  const attention = useMemo(() => attentionOf(commands ?? []), [commands]);
  const columns = useColumns();
  // What is done is done only to what is in sight.
  const picked = useMemo(() => found.filter((one) => chosen.has(one.id)), [found, chosen]);
  const entry = all.find((one) => one.id === opened);
  return (
    <>
      <ViewBar all={all} shown={found.length} known={connection !== "offline"} view={view} onView={onView} />
      {picked.length > 0 ? <ChosenBar picked={picked} onClear={() => setChosen(NOBODY)} /> : null}
      <div className={styles.split} data-open={entry !== undefined}>
        {found.length === 0 ? <EmptyState icon={<Monitor />} title={text("fleet.none")} body={text("directory.none_body")} role="status" action={<Button label={text("fleet.clear")} onPress={() => onView(WHOLE)} />} /> : (
          <Table label={text("fleet.list")} description={text("fleet.table_help")} columns={columns} Cell={MachineCell} around={{ connection, now, attention }} rows={found} idOf={(one) => one.id} sort={view.sort} onSort={(sort) => onView({ ...view, sort })}
            chosen={chosen} onChosen={readOnly ? undefined : setChosen} opened={entry === undefined ? null : opened} onOpen={setOpened} testId="workstation-row" />
        )}
        {entry === undefined ? null : <MachinePanel key={entry.id} entry={entry} connection={connection} readOnly={readOnly} onClose={() => setOpened(null)} />}
      </div>
    </>
  );
}
