// How is a machine handed to somebody, or said to stand elsewhere?
import { useState } from "react";
import type { DirectoryPerson, WorkstationEntry } from "../../backend/bindings";
import { useBackend } from "../../backend/context";
import { useCall } from "../../backend/queries/call";
import { useFleetChanged } from "../../backend/queries/fleet";
import { useDirectory } from "../../backend/queries/session";
import { useText } from "../../i18n/text";
import { announce } from "../../kit/Announcer/announce";
import { Button } from "../../kit/Button/Button";
import { Dialog } from "../../kit/Dialog/Dialog";
import { ErrorNote } from "../../kit/ErrorNote/ErrorNote";
import { Segmented } from "../../kit/Segmented/Segmented";
import { TextField } from "../../kit/TextField/TextField";
import { PersonField } from "./PersonField";
import styles from "./Workstations.module.css";

type Who = "person" | "nobody";
const WHO: readonly Who[] = ["person", "nobody"];

/** The form; it begins with who has the machine now and where it stands. */
export function CustodyDialog({ entry, onClose }: { entry: WorkstationEntry; onClose: () => void }) {
  const text = useText();
  const backend = useBackend();
  const changed = useFleetChanged();
  const people = useDirectory();
  const holder = people.data?.find((one) => one.account === entry.custodian?.account && !one.revoked) ?? null;
  const [who, setWho] = useState<Who>("person");
  /** Undefined until somebody chose: then it is who has it now. */
  const [chosen, setChosen] = useState<DirectoryPerson | null | undefined>(undefined);
  const [location, setLocation] = useState(entry.location);
  const [asked, setAsked] = useState(false);
  const person = chosen === undefined ? holder : chosen;
  const set = useCall(async () => {
    await backend.setCustody({ workstation: entry.id, custodian: who === "nobody" ? null : (person?.account ?? null), location: location.trim() });
    await changed();
  }, () => {
    announce(text("custody.said", { name: entry.name }));
    onClose();
  });
  const submit = (): void => {
    setAsked(true);
    if (who === "nobody" || person !== null) set.go();
  };
  return (
    <Dialog title={text("custody.dialog", { name: entry.name })} closeLabel={text("action.close")} onClose={onClose} footer={<>
      <Button label={text("action.cancel")} onPress={onClose} />
      <Button label={text("custody.save")} variant="primary" busy={set.busy} onPress={submit} testId="custody-save" />
    </>}>
      <form className={styles.form} autoComplete="off" onSubmit={(event) => { event.preventDefault(); submit(); }}>
        <Segmented label={text("custody.custodian")} value={who} onChange={setWho} segments={WHO.map((one) => ({ value: one, label: text(`custody.${one}`) }))} />
        {who === "nobody" ? null : <PersonField person={person} onChange={setChosen} missing={asked && person === null} label={text("custody.find")} hint={text("custody.hint")} present />}
        <TextField auto label={text("fleet.location")} hint={text("fleet.location_hint")} value={location} onChange={setLocation} maxLength={120} testId="custody-location" />
        <p className={styles.hint}>{text("custody.body")}</p>
        {set.reason === null ? null : <ErrorNote reason={set.reason} />}
        <button type="submit" hidden aria-label={text("custody.save")} />
      </form>
    </Dialog>
  );
}
