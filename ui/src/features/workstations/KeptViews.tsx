// Which views were given a name, and how is one kept or forgotten? They are in the preferences, so a lock does not end them.
import { Bookmark, X } from "lucide-react";
import { useState } from "react";
import type { FleetView } from "../../backend/bindings";
import { usePreferences, useSavePreferences } from "../../backend/queries/session";
import { useText } from "../../i18n/text";
import { Button } from "../../kit/Button/Button";
import { Chip } from "../../kit/Chip/Chip";
import { Dialog } from "../../kit/Dialog/Dialog";
import { ErrorNote } from "../../kit/ErrorNote/ErrorNote";
import { IconButton } from "../../kit/IconButton/IconButton";
import { TextField } from "../../kit/TextField/TextField";
import { isSame, VIEWS_MOST, WHOLE, type View } from "./fleetView";
import styles from "./Workstations.module.css";

type Props = { view: View; onView: (next: View) => void };

function useViews() {
  const preferences = usePreferences().data;
  const save = useSavePreferences();
  const kept = preferences?.fleet_views ?? [];
  const set = (fleet_views: FleetView[], onSuccess?: () => void): void => {
    if (preferences !== undefined) save.mutate({ ...preferences, fleet_views }, { onSuccess });
  };
  return { kept, set, error: save.error };
}

/** A chip for each kept view. */
export function KeptViews({ view, onView }: Props) {
  const text = useText();
  const { kept, set, error } = useViews();
  return (
    <>
      {kept.map((one) => (
        <span key={one.name} className={styles.keptView}>
          <Chip label={one.name} icon={<Bookmark aria-hidden="true" />} on={isSame(one, view)} onChange={(on) => onView(on ? { query: one.query, filters: one.filters, sort: one.sort } : WHOLE)} />
          <IconButton label={text("fleet.forget_view", { name: one.name })} icon={<X aria-hidden="true" />} onPress={() => set(kept.filter((other) => other.name !== one.name))} />
        </span>
      ))}
      {error === null ? null : <ErrorNote reason={error} />}
    </>
  );
}

/** The way to keep what is looked at; where no more fits, that is said instead. */
export function KeepView({ view }: { view: View }) {
  const text = useText();
  const { kept, set, error } = useViews();
  const [naming, setNaming] = useState(false);
  const plain = view.query.trim() === "" && view.filters.length === 0;
  if (plain || kept.some((one) => isSame(one, view))) return null;
  if (kept.length >= VIEWS_MOST) return <span>{text("fleet.keep_full", { n: VIEWS_MOST })}</span>;
  const keep = (name: string): void => {
    const { query, filters, sort } = view;
    set([...kept.filter((one) => one.name !== name), { name, query, filters: [...filters], sort }], () => setNaming(false));
  };
  return (
    <>
      <Button label={text("fleet.keep_view")} variant="quiet" icon={<Bookmark aria-hidden="true" />} onPress={() => setNaming(true)} testId="keep-view" />
      {naming ? <NameView error={error} onKeep={keep} onClose={() => setNaming(false)} /> : null}
    </>
  );
}

function NameView({ error, onKeep, onClose }: { error: unknown; onKeep: (name: string) => void; onClose: () => void }) {
  const text = useText();
  const [name, setName] = useState("");
  const [asked, setAsked] = useState(false);
  const submit = (): void => {
    setAsked(true);
    if (name.trim() !== "") onKeep(name.trim());
  };
  return (
    <Dialog size="small" title={text("fleet.keep_view")} closeLabel={text("action.close")} onClose={onClose} footer={<>
      <Button label={text("action.cancel")} onPress={onClose} />
      <Button label={text("fleet.keep")} variant="primary" onPress={submit} testId="view-keep" />
    </>}>
      <form autoComplete="off" onSubmit={(event) => { event.preventDefault(); submit(); }}>
        <TextField auto autoFocus label={text("fleet.keep_name")} hint={text("fleet.keep_hint")} value={name} onChange={setName} maxLength={40} testId="view-name" error={asked && name.trim() === "" ? text("new.required") : null} />
        {error === null ? null : <ErrorNote reason={error} />}
      </form>
    </Dialog>
  );
}
