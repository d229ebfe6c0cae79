// What is one machine, who answers for it, what can be done with it, what was it told, and what holds there?
import { ArrowLeft, MapPinOff, X } from "lucide-react";
import { useRef, useState } from "react";
import type { Connection, WorkstationEntry } from "../../backend/bindings";
import { useCommandList, useIncidents } from "../../backend/queries/fleet";
import { useText } from "../../i18n/text";
import { useTimes } from "../../i18n/times";
import { Badge } from "../../kit/Badge/Badge";
import { Button } from "../../kit/Button/Button";
import { ErrorNote } from "../../kit/ErrorNote/ErrorNote";
import { IconButton } from "../../kit/IconButton/IconButton";
import { useNow } from "../../lib/time";
import { CommandCard } from "./CommandCard";
import { CommandDialog } from "./CommandDialog";
import { CustodyPart } from "./CustodyPart";
import { DEEDS, type Deed } from "./deeds";
import { LeaseNote } from "./LeaseNote";
import { openOf } from "./lost";
import { LostDevice } from "./LostDevice";
import { MachineFacts } from "./MachineFacts";
import { StandingSign } from "./MachineSigns";
import { RevokeWorkstation } from "./RevokeWorkstation";
import { RulesHere } from "./RulesHere";
import { usePanel } from "./usePanel";
import styles from "./Workstations.module.css";

type Props = { entry: WorkstationEntry; connection: Connection; readOnly: boolean; onClose: () => void };

/** The panel beside the list, or in its place where there is no room. */
export function MachinePanel({ entry, connection, readOnly, onClose }: Props) {
  const text = useText();
  const times = useTimes();
  const now = useNow();
  const panel = useRef<HTMLElement>(null);
  const commands = useCommandList();
  const missed = openOf(useIncidents().data ?? [], entry.id);
  const own = (commands.data ?? []).filter((one) => one.workstation === entry.id);
  const wiping = own.some((one) => one.action === "wipe" && one.receipt === null && one.state !== "requested" && one.state !== "lapsed");
  usePanel(panel, onClose);
  return (
    <aside ref={panel} tabIndex={-1} className={styles.panel} aria-label={text("fleet.panel", { name: entry.name })} data-testid="machine-panel">
      <header className={styles.panelHead}>
        <span className={styles.panelBack}><IconButton label={text("action.back")} icon={<ArrowLeft aria-hidden="true" />} onPress={onClose} /></span>
        <div className={styles.panelTitle}>
          <h2><bdi>{entry.name}</bdi></h2>
          <p><bdi>{entry.location}</bdi>{entry.location === "" ? "" : " · "}{text(entry.kind === "shared" ? "fleet.shared" : "fleet.private")}</p>
          <p className={styles.badges}><StandingSign entry={entry} connection={connection} now={now} />{entry.state === "revoked" && entry.last_seen_at !== null ? <span title={times.full(entry.last_seen_at)}>{text("fleet.seen", { ago: times.ago(entry.last_seen_at, now) })}</span> : null}{entry.here ? <Badge tone="neutral">{text("fleet.here")}</Badge> : null}{missed === null ? null : <Badge tone="bad">{text("incident.open")}</Badge>}</p>
        </div>
        <span className={styles.panelClose}><IconButton label={text("action.close")} icon={<X aria-hidden="true" />} onPress={onClose} /></span>
      </header>
      {readOnly ? null : <Actions entry={entry} missed={missed !== null} />}
      {wiping ? <LeaseNote entry={entry} /> : null}
      {entry.state === "waiting" ? <p>{text("fleet.waiting_body")}</p> : <>
        <CustodyPart entry={entry} readOnly={readOnly} />
        <section className={styles.part}>
          <h3>{text("fleet.history")}</h3>
          {commands.isError && commands.data === undefined ? <ErrorNote reason={commands.error} onRetry={() => void commands.refetch()} /> : null}
          {commands.data !== undefined && own.length === 0 ? <p className={styles.none}>{text("fleet.history_none")}</p> : null}
          {own.map((one) => <CommandCard key={one.command} command={one} readOnly={readOnly} />)}
        </section>
        <section className={styles.part}><h3>{text("fleet.facts")}</h3><MachineFacts entry={entry} known={connection !== "offline"} /></section>
        <RulesHere workstation={entry.id} />
      </>}
    </aside>
  );
}

function Actions({ entry, missed }: { entry: WorkstationEntry; /** Whether it is reported lost. */ missed: boolean }) {
  const text = useText();
  const [opened, setOpened] = useState<Deed | "revoke" | "lost" | null>(null);
  const close = (): void => setOpened(null);
  const waiting = entry.state === "waiting";
  const deeds = waiting ? [] : entry.state === "revoked" ? (["wipe"] as const) : DEEDS;
  return (
    <section aria-label={text("fleet.actions")} className={styles.actions}>
      {waiting ? null : <Button label={text(missed ? "fleet.lost_on" : "fleet.lost")} icon={<MapPinOff aria-hidden="true" />} onPress={() => setOpened("lost")} testId="lost-open" />}
      {deeds.map((one) => <Button key={one} label={text(`command.${one}`)} onPress={() => setOpened(one)} testId={`do-${one}`} />)}
      {entry.state === "revoked" ? null : <Button label={text(waiting ? "people.withdraw" : "fleet.revoke")} accessibleLabel={waiting ? text("fleet.withdraw_of", { name: entry.name }) : undefined} onPress={() => setOpened("revoke")} testId="revoke-open" />}
      {opened === "revoke" ? <RevokeWorkstation entry={entry} onClose={close} /> : null}
      {opened === "lost" ? <LostDevice entry={entry} onClose={close} /> : null}
      {opened === null || opened === "revoke" || opened === "lost" ? null : <CommandDialog deed={opened} machines={[entry]} onClose={close} />}
    </section>
  );
}
