// Which machines are shown, by chips and by views that were given a name?
import { Bookmark, X } from "lucide-react";
import { useMemo, useState } from "react";
import type { WorkstationEntry } from "../../backend/bindings";
import { useKept } from "../../backend/queries/kept";
import { useText } from "../../i18n/text";
import { Button } from "../../kit/Button/Button";
import { Chip } from "../../kit/Chip/Chip";
import { Dialog } from "../../kit/Dialog/Dialog";
import { IconButton } from "../../kit/IconButton/IconButton";
import { TextField } from "../../kit/TextField/TextField";
import { FILTERS, holds, newestOf, WHOLE, type Filter, type KeptView, type View } from "./fleetView";
import styles from "./Workstations.module.css";

const TONES = { connected: "calm", stale: "warn", unencrypted: "bad", outdated: "warn", pending: "calm", out: "calm" } as const;

type Props = { all: readonly WorkstationEntry[]; shown: number; /** Whether the server could be asked how machines stand. */ known: boolean; view: View; onView: (next: View) => void };

/** The chips with how many each has, the kept views, and how many are in sight. */
export function ViewBar({ all, shown, known, view, onView }: Props) {
  const text = useText();
  const [kept, setKept] = useKept<readonly KeptView[]>("fleet-views", []);
  const [naming, setNaming] = useState(false);
  const toggle = (filter: Filter, on: boolean): void => onView({ ...view, filters: FILTERS.filter((one) => (one === filter ? on : view.filters.includes(one))) });
  const newest = useMemo(() => newestOf(all), [all]);
  const plain = view.query.trim() === "" && view.filters.length === 0;
  const same = (one: KeptView): boolean => one.query === view.query && one.filters.join() === view.filters.join() && one.sort.column === view.sort.column && one.sort.down === view.sort.down;
  return (
    <div className={styles.viewBar}>
      <div role="group" aria-label={text("fleet.chips")} className={styles.chips}>
        {FILTERS.map((filter) => {
          const counted = known || filter === "pending" || filter === "out" ? all.filter((one) => holds(filter, one, newest)).length : undefined;
          return <Chip key={filter} label={text(`fleet.chip_${filter}`)} count={counted} tone={(counted ?? 0) > 0 ? TONES[filter] : "calm"} on={view.filters.includes(filter)} onChange={(on) => toggle(filter, on)} testId={`chip-${filter}`} />;
        })}
        {kept.map((one) => (
          <span key={one.name} className={styles.keptView}>
            <Chip label={one.name} icon={<Bookmark aria-hidden="true" />} on={same(one)} onChange={(on) => onView(on ? { query: one.query, filters: one.filters, sort: one.sort } : WHOLE)} />
            <IconButton label={text("fleet.forget_view", { name: one.name })} icon={<X aria-hidden="true" />} onPress={() => setKept((old) => old.filter((other) => other.name !== one.name))} />
          </span>
        ))}
      </div>
      <div className={styles.viewEnd}>
        {plain || kept.some(same) ? null : <Button label={text("fleet.keep_view")} variant="quiet" icon={<Bookmark aria-hidden="true" />} onPress={() => setNaming(true)} testId="keep-view" />}
        <span role="status" className={styles.counted}><span aria-hidden="true">{text("fleet.counted", { have: shown, total: all.length })}</span><span className="visually-hidden">{text("fleet.counted_said", { have: shown, total: all.length })}</span></span>
      </div>
      {naming ? <NameView onKeep={(name) => { setKept((old) => [...old.filter((one) => one.name !== name), { ...view, name }]); setNaming(false); }} onClose={() => setNaming(false)} /> : null}
    </div>
  );
}

function NameView({ onKeep, onClose }: { onKeep: (name: string) => void; onClose: () => void }) {
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
      </form>
    </Dialog>
  );
}
