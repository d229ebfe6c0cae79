// What is a search kept to?
import { useState } from "react";
import type { Priority, Role, SearchFilter } from "../../backend/bindings";
import { NO_FILTER, countFilters } from "../../backend/queries/search";
import { useDirectory } from "../../backend/queries/session";
import { useText } from "../../i18n/text";
import { Button } from "../../kit/Button/Button";
import { Chip } from "../../kit/Chip/Chip";
import { DateField } from "../../kit/DateField/DateField";
import { priorityIcon } from "../../kit/Priority/Priority";
import { TextField } from "../../kit/TextField/TextField";
import styles from "./SearchPane.module.css";

const PRIORITIES: readonly Priority[] = ["stat", "concern", "action", "fyi"];
/** The roles that are in conversations; the others write none. */
const WRITERS: readonly Role[] = ["physician", "nurse", "front_desk", "billing", "custom"];
/** People offered for a part of a name. */
const OFFERED = 6;

type Props = { filter: SearchFilter; onChange: (filter: SearchFilter) => void; hidden: boolean };

/** A panel under the search's line. What is chosen stays when it is closed. */
export function SearchFilters({ filter, onChange, hidden }: Props) {
  const text = useText();
  // Dates are typed into parts that nothing but a new field empties.
  const [round, setRound] = useState(0);
  const set = (part: Partial<SearchFilter>): void => onChange({ ...filter, ...part });
  return (
    <div className={styles.filters} role="group" aria-label={text("search.filters_label")} hidden={hidden}>
      <Writer chosen={filter.from} onChoose={(from) => set({ from })} key={`from-${round}`} />
      <div className={styles.chips} role="group" aria-label={text("search.role")}>
        <span className={styles.said} aria-hidden="true">{text("search.role")}</span>
        {WRITERS.map((role) => <Chip key={role} label={text(`role.${role}`)} on={filter.role === role} onChange={(on) => set({ role: on ? role : null })} />)}
      </div>
      <div className={styles.chips} role="group" aria-label={text("search.priority")}>
        <span className={styles.said} aria-hidden="true">{text("search.priority")}</span>
        {PRIORITIES.map((priority) => <Chip key={priority} label={text(`priority.${priority}_short`)} icon={priorityIcon(priority)} on={filter.priority === priority} onChange={(on) => set({ priority: on ? priority : null })} />)}
      </div>
      <TextField label={text("search.patient")} hint={text("search.patient_hint")} value={filter.patient ?? ""} onChange={(words) => set({ patient: words.trim() === "" ? null : words })} auto testId="filter-patient" />
      <div className={styles.days} key={`days-${round}`}>
        <DateField label={text("search.from_day")} onChange={(day) => set({ since: day === null ? null : dayStart(day, 0) })} />
        <DateField label={text("search.to_day")} onChange={(day) => set({ until: day === null ? null : dayStart(day, 1) })} />
      </div>
      {countFilters(filter) > 0 ? <Button label={text("search.clear")} variant="quiet" onPress={() => { setRound(round + 1); onChange(NO_FILTER); }} /> : null}
    </div>
  );
}

/** One person of the directory, by a part of the name. Who is out wrote here as well. */
function Writer({ chosen, onChoose }: { chosen: string | null; onChoose: (account: string | null) => void }) {
  const text = useText();
  const directory = useDirectory();
  const [part, setPart] = useState("");
  const wanted = part.trim().toLocaleLowerCase();
  const people = directory.data ?? [];
  const fitting = people.filter((one) => one.account === chosen || (wanted !== "" && one.name.toLocaleLowerCase().includes(wanted))).slice(0, OFFERED);
  return (
    <div className={styles.writer}>
      <TextField label={text("search.from")} hint={text("search.from_hint")} value={part} onChange={setPart} auto testId="filter-from" />
      <div className={styles.chips}>
        {fitting.map((one) => <Chip key={one.account} label={one.name} on={one.account === chosen} onChange={(on) => onChoose(on ? one.account : null)} testId="filter-person" />)}
      </div>
    </div>
  );
}

/** When a day begins at this workstation, or one that many days later. */
function dayStart(iso: string, later: number): number {
  const [year, month, day] = iso.split("-").map(Number);
  return new Date(year ?? 0, (month ?? 1) - 1, (day ?? 1) + later).getTime();
}
