// For how many days is something good?
import { useText } from "../../i18n/text";
import { Segmented } from "../Segmented/Segmented";

const DAYS = ["1", "3", "7", "14"] as const;
/** What is chosen before anybody chooses. */
export const DAYS_USUAL = 7;

/** A few numbers of days, all in sight. */
export function DaysField({ label, value, onChange }: { label: string; value: number; onChange: (days: number) => void }) {
  const text = useText();
  return <Segmented label={label} value={DAYS.find((one) => Number(one) === value) ?? "7"} onChange={(days) => onChange(Number(days))} segments={DAYS.map((one) => ({ value: one, label: text("days.of", { n: Number(one) }) }))} />;
}
