// Which machines are shown, by chips and by views that were given a name?
import { useMemo } from "react";
import type { WorkstationEntry } from "../../backend/bindings";
import { useText } from "../../i18n/text";
import { Chip } from "../../kit/Chip/Chip";
import { FILTERS, holds, newestOf, type Filter, type View } from "./fleetView";
import { KeepView, KeptViews } from "./KeptViews";
import styles from "./Workstations.module.css";

const TONES = { connected: "calm", stale: "warn", unencrypted: "bad", no_screen_lock: "warn", outdated: "warn", no_custodian: "calm", pending: "calm", out: "calm" } as const;

/** What is known without asking the server how machines stand. */
const FROM_STATEMENTS: ReadonlySet<Filter> = new Set(["no_custodian", "pending", "out"]);

type Props = { all: readonly WorkstationEntry[]; shown: number; /** Whether the server could be asked how machines stand. */ known: boolean; view: View; onView: (next: View) => void };

/** The chips with how many each has, the kept views, and how many are in sight. */
export function ViewBar({ all, shown, known, view, onView }: Props) {
  const text = useText();
  const toggle = (filter: Filter, on: boolean): void => onView({ ...view, filters: FILTERS.filter((one) => (one === filter ? on : view.filters.includes(one))) });
  const newest = useMemo(() => newestOf(all), [all]);
  return (
    <div className={styles.viewBar}>
      <div role="group" aria-label={text("fleet.chips")} className={styles.chips}>
        {FILTERS.map((filter) => {
          const counted = known || FROM_STATEMENTS.has(filter) ? all.filter((one) => holds(filter, one, newest)).length : undefined;
          return <Chip key={filter} label={text(`fleet.chip_${filter}`)} count={counted} tone={(counted ?? 0) > 0 ? TONES[filter] : "calm"} on={view.filters.includes(filter)} onChange={(on) => toggle(filter, on)} testId={`chip-${filter}`} />;
        })}
        <KeptViews view={view} onView={onView} />
      </div>
      <div className={styles.viewEnd}>
        <KeepView view={view} />
        <span role="status" className={styles.counted}><span aria-hidden="true">{text("fleet.counted", { have: shown, total: all.length })}</span><span className="visually-hidden">{text("fleet.counted_said", { have: shown, total: all.length })}</span></span>
      </div>
    </div>
  );
}
