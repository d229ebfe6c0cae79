// How does IT get a token for a new machine?
import { useState } from "react";
import type { WorkstationKind, WorkstationTokenView } from "../../backend/bindings";
import { useBackend } from "../../backend/context";
import { useCall } from "../../backend/queries/call";
import { useStaffChanged } from "../../backend/queries/staff";
import { useText } from "../../i18n/text";
import { useTimes } from "../../i18n/times";
import { Button } from "../../kit/Button/Button";
import { CopyText } from "../../kit/CopyText/CopyText";
import { DAYS_USUAL, DaysField } from "../../kit/DaysField/DaysField";
import { Dialog } from "../../kit/Dialog/Dialog";
import { ErrorNote } from "../../kit/ErrorNote/ErrorNote";
import { Segmented } from "../../kit/Segmented/Segmented";
import { TextField } from "../../kit/TextField/TextField";
import styles from "./Workstations.module.css";

const KINDS: readonly WorkstationKind[] = ["shared", "private"];

/** The form, and in its place the token. */
export function TokenDialog({ onClose }: { onClose: () => void }) {
  const [made, setMade] = useState<WorkstationTokenView | null>(null);
  return made === null ? <Form onMade={setMade} onClose={onClose} /> : <Made token={made} onClose={onClose} />;
}

function Form({ onMade, onClose }: { onMade: (token: WorkstationTokenView) => void; onClose: () => void }) {
  const text = useText();
  const backend = useBackend();
  const changed = useStaffChanged();
  const [name, setName] = useState("");
  const [location, setLocation] = useState("");
  const [kind, setKind] = useState<WorkstationKind>("shared");
  const [days, setDays] = useState(DAYS_USUAL);
  const [asked, setAsked] = useState(false);
  const make = useCall(() => backend.makeWorkstationToken({ name: name.trim(), location: location.trim(), kind, days }), (answer) => {
    changed();
    onMade(answer);
  });
  const submit = (): void => {
    setAsked(true);
    if (name.trim() !== "") make.go();
  };
  return (
    <Dialog title={text("fleet.token_title")} closeLabel={text("action.close")} onClose={onClose} footer={<>
      <Button label={text("action.cancel")} onPress={onClose} />
      <Button label={text("fleet.token_make")} variant="primary" busy={make.busy} onPress={submit} testId="token-make" />
    </>}>
      <form className={styles.form} autoComplete="off" onSubmit={(event) => { event.preventDefault(); submit(); }}>
        <TextField auto label={text("enrol.workstation")} hint={text("enrol.workstation_hint")} value={name} onChange={setName} maxLength={120} autoFocus testId="token-name" error={asked && name.trim() === "" ? text("enrol.workstation_missing") : null} />
        <TextField auto label={text("fleet.location")} hint={text("fleet.location_hint")} value={location} onChange={setLocation} maxLength={120} testId="token-location" />
        <Segmented label={text("fleet.kind")} value={kind} onChange={setKind} segments={KINDS.map((one) => ({ value: one, label: text(one === "shared" ? "fleet.shared" : "fleet.private") }))} />
        <p className={styles.hint}>{text(kind === "shared" ? "fleet.shared_hint" : "fleet.private_hint")}</p>
        <DaysField label={text("fleet.days")} value={days} onChange={setDays} />
        {make.reason === null ? null : <ErrorNote reason={make.reason} />}
        <button type="submit" hidden aria-label={text("fleet.token_make")} />
      </form>
    </Dialog>
  );
}

function Made({ token, onClose }: { token: WorkstationTokenView; onClose: () => void }) {
  const text = useText();
  const times = useTimes();
  return (
    <Dialog keep title={text("fleet.made_title", { name: token.name })} closeLabel={text("action.close")} onClose={onClose} footer={<Button label={text("action.done")} variant="primary" onPress={onClose} testId="token-done" />}>
      <div className={styles.form}>
        <p>{text("fleet.made_body")}</p>
        <dl className={styles.facts}>
          <div><dt>{text("fleet.kind")}</dt><dd>{text(token.kind === "shared" ? "fleet.shared" : "fleet.private")}</dd></div>
          {token.location === "" ? null : <div><dt>{text("fleet.location")}</dt><dd><bdi>{token.location}</bdi></dd></div>}
          <div><dt>{text("people.good_until")}</dt><dd>{times.full(token.expires_at)}</dd></div>
        </dl>
        <CopyText label={text("fleet.text")} value={token.text} testId="token-text" />
        <p className={styles.hint}>{text("fleet.once")}</p>
      </div>
    </Dialog>
  );
}
