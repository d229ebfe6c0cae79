// What has to be done when a machine is lost, in which order, and how far is it?
import { useState } from "react";
import type { IncidentOutcome, IncidentReason, IncidentView, WorkstationEntry } from "../../backend/bindings";
import { useBackend } from "../../backend/context";
import { useCall } from "../../backend/queries/call";
import { useFleetChanged, useIncidents } from "../../backend/queries/fleet";
import { useText } from "../../i18n/text";
import { announce } from "../../kit/Announcer/announce";
import { Badge } from "../../kit/Badge/Badge";
import { Button } from "../../kit/Button/Button";
import { Dialog } from "../../kit/Dialog/Dialog";
import { ErrorNote } from "../../kit/ErrorNote/ErrorNote";
import { Segmented } from "../../kit/Segmented/Segmented";
import { CloseIncident } from "./CloseIncident";
import { CommandCard } from "./CommandCard";
import { CommandDialog } from "./CommandDialog";
import { ErasedList } from "./ErasedList";
import { ExportReceipts } from "./ExportReceipts";
import { IncidentPeople } from "./IncidentPeople";
import { LeaseNote } from "./LeaseNote";
import { LOST_STEPS, newest, openOf, stepStates, type LostStep, type StepState } from "./lost";
import { RevokeWorkstation } from "./RevokeWorkstation";
import styles from "./Lost.module.css";

const TONES = { done: "ok", under_way: "warn", now: "accent", later: "neutral" } as const;
const WORDS = { done: "lost.done", under_way: "lost.waits", now: "lost.now", later: "lost.later" } as const;
type Opened = null | "lock" | "wipe" | "revoke" | "export" | IncidentOutcome;

/** The guided steps. It can be closed and opened again, also by somebody else: everything in it is asked of the core. */
export function LostDevice({ entry, onClose }: { entry: WorkstationEntry; onClose: () => void }) {
  const text = useText();
  const incidents = useIncidents();
  const [opened, setOpened] = useState<Opened>(null);
  const incident = openOf(incidents.data ?? [], entry.id);
  const states = stepStates(incident, entry);
  const able = incident !== null;
  const close = (): void => setOpened(null);
  const bodies: Record<LostStep, React.ReactNode> = {
    report: incident === null ? <Report entry={entry} known={incidents.data !== undefined} /> : <Reported incident={incident} onUndo={() => setOpened("found")} />,
    lock: <Told entry={entry} incident={incident} action="lock" state={states.lock} onGive={() => setOpened("lock")} />,
    wipe: <Told entry={entry} incident={incident} action="wipe" state={states.wipe} onGive={() => setOpened("wipe")} />,
    revoke: <>
      <p>{text(states.revoke === "done" ? "lost.revoke_done" : "lost.revoke_body")}</p>
      {states.revoke === "done" ? null : <Button label={text("fleet.revoke")} variant={states.revoke === "now" ? "primary" : "secondary"} disabled={!able} onPress={() => setOpened("revoke")} testId="lost-revoke" />}
    </>,
    people: <PeopleStep incident={incident} />,
    receipt: <ReceiptStep incident={incident} onExport={() => setOpened("export")} />,
    close: <>
      <p>{text("lost.close_body")}</p>
      <Button label={text("incident.close")} variant={states.close === "now" ? "primary" : "secondary"} disabled={!able} onPress={() => setOpened(incident?.wiped === true ? "wiped" : "written_off")} testId="lost-end" />
    </>,
  };
  return (
    <>
      <Dialog size="large" title={text("lost.title", { name: entry.name })} closeLabel={text("action.close")} onClose={onClose} footer={<Button label={text("action.close")} onPress={onClose} testId="lost-close" />}>
        <p className={styles.intro}>{text("lost.intro")}</p>
        {incidents.isError && incidents.data === undefined ? <ErrorNote reason={incidents.error} onRetry={() => void incidents.refetch()} /> : null}
        <ol className={styles.steps}>
          {LOST_STEPS.map((step, at) => (
            <li key={step} data-state={states[step]} data-testid={`lost-${step}-step`} aria-current={states[step] === "now" ? "step" : undefined}>
              <span className={styles.number} aria-hidden="true">{at + 1}</span>
              <div className={styles.stepBody}>
                <div className={styles.stepHead}><h3>{text(`lost.${step}`)}</h3><Badge tone={TONES[states[step]]}>{text(WORDS[states[step]])}</Badge></div>
                {bodies[step]}
              </div>
            </li>
          ))}
        </ol>
      </Dialog>
      {opened === "lock" || opened === "wipe" ? <CommandDialog deed={opened} machines={[entry]} reason={incident?.reason ?? "lost"} onClose={close} /> : null}
      {opened === "revoke" ? <RevokeWorkstation entry={entry} onClose={close} /> : null}
      {opened === "export" ? <ExportReceipts onClose={close} /> : null}
      {incident !== null && (opened === "found" || opened === "wiped" || opened === "written_off") ? <CloseIncident incident={incident} first={opened} onDone={onClose} onClose={close} /> : null}
    </>
  );
}

function Report({ entry, known }: { entry: WorkstationEntry; /** Whether it is known that nobody reported it. */ known: boolean }) {
  const text = useText();
  const backend = useBackend();
  const changed = useFleetChanged();
  const [reason, setReason] = useState<IncidentReason>("lost");
  const report = useCall(async () => { await backend.openIncident({ workstation: entry.id, reason }); await changed(); }, () => announce(text("incident.opened_said", { name: entry.name })), changed);
  return <>
    <p>{text("lost.report_body")}</p>
    <Segmented label={text("command.reason")} value={reason} onChange={setReason} segments={(["lost", "stolen"] as const).map((one) => ({ value: one, label: text(`command.reason_${one}`) }))} />
    <Button label={text("lost.report_go")} variant="primary" busy={report.busy} disabled={!known} onPress={() => report.go()} testId="lost-report" />
    {report.reason === null ? null : <ErrorNote reason={report.reason} />}
  </>;
}

function Reported({ incident, onUndo }: { incident: IncidentView; onUndo: () => void }) {
  const text = useText();
  const given = newest(incident, "wipe") !== undefined;
  return <>
    <p>{text.rich("lost.reported", { text: text(`command.reason_${incident.reason}`), name: <bdi key="name">{incident.opened_by ?? text("command.root")}</bdi> })}</p>
    {given ? null : <Button label={text("lost.report_undo")} variant="quiet" onPress={onUndo} testId="lost-undo" />}
  </>;
}

function Told({ entry, incident, action, state, onGive }: { entry: WorkstationEntry; incident: IncidentView | null; action: "lock" | "wipe"; state: StepState; onGive: () => void }) {
  const text = useText();
  const given = newest(incident, action);
  return <>
    <p>{text(`lost.${action}_body`)}</p>
    {given === undefined ? null : <CommandCard command={given} readOnly={false} level="h4" />}
    {action === "wipe" && given?.receipt === null && given.state !== "requested" ? <LeaseNote entry={entry} /> : null}
    {given === undefined && state !== "done" ? <Button label={text(`command.${action}`)} variant={state !== "now" ? "secondary" : action === "wipe" ? "danger" : "primary"} disabled={incident === null} onPress={onGive} testId={`lost-${action}`} /> : null}
  </>;
}

function PeopleStep({ incident }: { incident: IncidentView | null }) {
  const text = useText();
  return <>
    <p>{text("lost.people_body")}</p>
    {incident === null ? null : <IncidentPeople incident={incident} />}
    <p>{text("lost.people_again")}</p>
    <p>{text("lost.people_password")}</p>
  </>;
}

function ReceiptStep({ incident, onExport }: { incident: IncidentView | null; onExport: () => void }) {
  const text = useText();
  const wipe = newest(incident, "wipe");
  const receipt = wipe?.receipt ?? null;
  if (receipt === null) return <><p>{text("lost.receipt_body")}</p>{wipe === undefined ? <p className={styles.none}>{text("lost.receipt_none")}</p> : null}</>;
  return <>
    <p>{text("lost.receipt_done")}</p>
    <ErasedList receipt={receipt} />
    <Button label={text("receipts.export")} onPress={onExport} testId="lost-export" />
  </>;
}
