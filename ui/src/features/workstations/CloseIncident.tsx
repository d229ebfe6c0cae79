// How did an incident end?
import { useState } from "react";
import type { IncidentOutcome, IncidentView } from "../../backend/bindings";
import { useBackend } from "../../backend/context";
import { useCall } from "../../backend/queries/call";
import { useFleetChanged } from "../../backend/queries/fleet";
import { useText } from "../../i18n/text";
import { announce } from "../../kit/Announcer/announce";
import { Button } from "../../kit/Button/Button";
import { Dialog } from "../../kit/Dialog/Dialog";
import { ErrorNote } from "../../kit/ErrorNote/ErrorNote";
import { Segmented } from "../../kit/Segmented/Segmented";
import { sameKeys } from "./lost";
import styles from "./Workstations.module.css";

const OUTCOMES: readonly IncidentOutcome[] = ["found", "wiped", "written_off"];

type Props = { incident: IncidentView; /** What is chosen first. */ first: IncidentOutcome; /** It is closed. */ onDone: () => void; onClose: () => void };

/** The question. "Wiped" is offered only where the machine signed it. */
export function CloseIncident({ incident, first, onDone, onClose }: Props) {
  const text = useText();
  const backend = useBackend();
  const changed = useFleetChanged();
  const [outcome, setOutcome] = useState(first);
  const name = incident.workstation_name;
  const same = sameKeys(incident);
  const closing = useCall(async () => { await backend.closeIncident({ incident: incident.incident, outcome }); await changed(); }, () => {
    announce(text("incident.closed_said", { name }));
    onDone();
  }, changed);
  return (
    <Dialog title={text("incident.close_title", { name })} closeLabel={text("action.close")} onClose={onClose} footer={<>
      <Button label={text("action.cancel")} onPress={onClose} />
      <Button label={text("incident.close")} variant="primary" busy={closing.busy} onPress={() => closing.go()} testId="incident-close-go" />
    </>}>
      <div className={styles.form}>
        <Segmented label={text("incident.outcome")} value={outcome} onChange={setOutcome} segments={OUTCOMES.filter((one) => one !== "wiped" || incident.wiped).map((one) => ({ value: one, label: text(`incident.${one}`) }))} />
        <p>{text(`incident.${outcome}_body`)}</p>
        {outcome === "found" && incident.shut_out ? <p>{text("incident.found_out")}</p> : null}
        {outcome !== "found" && same > 0 ? <p>{text("incident.same_keys", { n: same })}</p> : null}
        <p className={styles.hint}>{text("incident.close_hint")}</p>
        {closing.reason === null ? null : <ErrorNote reason={closing.reason} />}
      </div>
    </Dialog>
  );
}
