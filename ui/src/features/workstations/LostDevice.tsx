// What has to be done when a machine is lost, in which order, and how far is it?
import { useState } from "react";
import type { WorkstationEntry } from "../../backend/bindings";
import { useCommandList } from "../../backend/queries/fleet";
import { useKept } from "../../backend/queries/kept";
import { useText } from "../../i18n/text";
import { Badge } from "../../kit/Badge/Badge";
import { Button } from "../../kit/Button/Button";
import { Dialog } from "../../kit/Dialog/Dialog";
import { Segmented } from "../../kit/Segmented/Segmented";
import { CommandCard } from "./CommandCard";
import { CommandDialog } from "./CommandDialog";
import { ErasedList } from "./ErasedList";
import { ExportReceipts } from "./ExportReceipts";
import { LeaseNote } from "./LeaseNote";
import { LOST_STEPS, lossOf, newest, NOT_LOST, stepStates, type Loss, type Losses, type LossReason, type LostStep, type StepState } from "./lost";
import { RevokeWorkstation } from "./RevokeWorkstation";
import styles from "./Lost.module.css";

const TONES = { done: "ok", under_way: "warn", now: "accent", later: "neutral" } as const;
const WORDS = { done: "lost.done", under_way: "lost.waits", now: "lost.now", later: "lost.later" } as const;
type Opened = null | "lock" | "wipe" | "revoke" | "export";

/** The guided steps. It can be closed and opened again: what was given is asked of the core. */
export function LostDevice({ entry, onClose }: { entry: WorkstationEntry; onClose: () => void }) {
  const text = useText();
  const commands = useCommandList().data ?? [];
  const [losses, setLosses] = useKept<Losses>("fleet-lost", NOT_LOST);
  const [opened, setOpened] = useState<Opened>(null);
  const loss = lossOf(losses, commands, entry);
  const states = stepStates(loss, commands, entry);
  const keep = (next: Loss | undefined): void => setLosses((old) => ({ ...old, [entry.id]: next }));
  const close = (): void => setOpened(null);
  const bodies: Record<LostStep, React.ReactNode> = {
    report: <Report loss={loss} given={newest(commands, entry, "lock") !== undefined || newest(commands, entry, "wipe") !== undefined} onLoss={keep} />,
    lock: <Told entry={entry} action="lock" able={loss !== null} state={states.lock} onGive={() => setOpened("lock")} />,
    wipe: <Told entry={entry} action="wipe" able={loss !== null} state={states.wipe} onGive={() => setOpened("wipe")} />,
    revoke: <>
      <p>{text(states.revoke === "done" ? "lost.revoke_done" : "lost.revoke_body")}</p>
      {states.revoke === "done" ? null : <Button label={text("fleet.revoke")} variant={states.revoke === "now" ? "primary" : "secondary"} disabled={loss === null} onPress={() => setOpened("revoke")} testId="lost-revoke" />}
    </>,
    people: <PeopleStep entry={entry} state={states.people} onTold={() => keep({ reason: loss?.reason ?? "lost", told: true })} able={loss !== null} />,
    receipt: <ReceiptStep entry={entry} onExport={() => setOpened("export")} />,
  };
  return (
    <>
      <Dialog size="large" title={text("lost.title", { name: entry.name })} closeLabel={text("action.close")} onClose={onClose} footer={<Button label={text("action.close")} onPress={onClose} testId="lost-close" />}>
        <p className={styles.intro}>{text("lost.intro")}</p>
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
      {opened === "lock" || opened === "wipe" ? <CommandDialog deed={opened} machines={[entry]} reason={loss?.reason ?? "lost"} onClose={close} /> : null}
      {opened === "revoke" ? <RevokeWorkstation entry={entry} onClose={close} /> : null}
      {opened === "export" ? <ExportReceipts onClose={close} /> : null}
    </>
  );
}

function Report({ loss, given, onLoss }: { loss: Loss | null; given: boolean; onLoss: (next: Loss | undefined) => void }) {
  const text = useText();
  const [reason, setReason] = useState<LossReason>("lost");
  if (loss !== null) {
    return <><p>{text("lost.reported", { text: text(`command.reason_${loss.reason}`) })}</p>{given ? null : <Button label={text("lost.report_undo")} variant="quiet" onPress={() => onLoss(undefined)} />}</>;
  }
  return <>
    <p>{text("lost.report_body")}</p>
    <Segmented label={text("command.reason")} value={reason} onChange={setReason} segments={(["lost", "stolen"] as const).map((one) => ({ value: one, label: text(`command.reason_${one}`) }))} />
    <Button label={text("lost.report_go")} variant="primary" onPress={() => onLoss({ reason, told: false })} testId="lost-report" />
  </>;
}

function Told({ entry, action, able, state, onGive }: { entry: WorkstationEntry; action: "lock" | "wipe"; /** Whether it is reported. */ able: boolean; state: StepState; onGive: () => void }) {
  const text = useText();
  const commands = useCommandList().data ?? [];
  const given = newest(commands, entry, action);
  return <>
    <p>{text(`lost.${action}_body`)}</p>
    {given === undefined ? null : <CommandCard command={given} readOnly={false} level="h4" />}
    {action === "wipe" && given?.receipt === null && given.state !== "requested" ? <LeaseNote entry={entry} /> : null}
    {given === undefined && state !== "done" ? <Button label={text(`command.${action}`)} variant={state !== "now" ? "secondary" : action === "wipe" ? "danger" : "primary"} disabled={!able} onPress={onGive} testId={`lost-${action}`} /> : null}
  </>;
}

function PeopleStep({ entry, state, able, onTold }: { entry: WorkstationEntry; state: StepState; able: boolean; onTold: () => void }) {
  const text = useText();
  return <>
    <p>{entry.report === null ? text("lost.people_body_unknown") : text("lost.people_body", { n: entry.report.vaults })}</p>
    <p>{text("lost.people_again")}</p>
    <p>{text("lost.people_password")}</p>
    {state === "done" ? null : <Button label={text("lost.people_go")} variant={state === "now" ? "primary" : "secondary"} disabled={!able} onPress={onTold} testId="lost-told" />}
  </>;
}

function ReceiptStep({ entry, onExport }: { entry: WorkstationEntry; onExport: () => void }) {
  const text = useText();
  const commands = useCommandList().data ?? [];
  const wipe = newest(commands, entry, "wipe");
  const receipt = wipe?.receipt ?? null;
  if (receipt === null) return <><p>{text("lost.receipt_body")}</p>{wipe === undefined ? <p className={styles.none}>{text("lost.receipt_none")}</p> : null}</>;
  return <>
    <p>{text("lost.receipt_done")}</p>
    <ErasedList receipt={receipt} />
    <Button label={text("receipts.export")} onPress={onExport} testId="lost-export" />
  </>;
}
