// Which types of files may be sent?
import type { AttachmentType } from "../../backend/bindings";
import { useText } from "../../i18n/text";
import { Checkbox } from "../Checkbox/Checkbox";
import { Segmented } from "../Segmented/Segmented";
import styles from "./AttachmentTypesField.module.css";

type Props = {
  /** What is set; null leaves it to others. */
  value: readonly AttachmentType[] | null;
  onChange: (types: AttachmentType[] | null) => void;
  /** What there is to tick, in the order of a rule. */
  among: readonly AttachmentType[];
  /** How it is said that it is left to others. */
  leave: string;
  small?: boolean;
};

/** Left to others, or only those that are ticked. */
export function AttachmentTypesField({ value, onChange, among, leave, small = false }: Props) {
  const text = useText();
  const label = text("rule.attachment_types");
  const held = among.filter((one) => value?.includes(one) === true);
  return (
    <div className={styles.field}>
      <Segmented small={small} label={label} value={value === null ? "leave" : "only"} onChange={(next) => onChange(next === "leave" ? null : [...among])} segments={[{ value: "leave", label: leave }, { value: "only", label: text("rule.types_only") }]} />
      {value === null ? null : (
        <div role="group" aria-label={label} className={styles.boxes}>
          {among.map((type) => <Checkbox key={type} label={text(`rule.type_${type}`)} on={held.includes(type)} onChange={(on) => onChange(among.filter((one) => (one === type ? on : held.includes(one))))} testId={`type-${type}`} />)}
        </div>
      )}
      {value !== null && held.length === 0 ? <p className={styles.hint}>{text("rule.types_none_hint")}</p> : null}
    </div>
  );
}
