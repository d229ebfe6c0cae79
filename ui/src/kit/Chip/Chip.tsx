// How is a filter switched on and off, with how many it would show?
import type { ReactNode } from "react";
import { ToggleButton } from "react-aria-components";
import { useText } from "../../i18n/text";
import styles from "./Chip.module.css";

type Props = { label: string; /** How many there are. */ count?: number; on: boolean; onChange: (on: boolean) => void; /** Colours what asks to be looked at; never the only sign. */ tone?: "calm" | "warn" | "bad"; icon?: ReactNode; testId?: string };

/** A filter that is on or off. */
export function Chip({ label, count, on, onChange, tone = "calm", icon, testId }: Props) {
  const text = useText();
  return (
    <ToggleButton isSelected={on} onChange={onChange} className={`${styles.chip} ${styles[tone]}`} data-testid={testId}>
      {icon}
      <span>{label}</span>
      {count === undefined ? null : <span className={styles.count}>{text.intl.formatNumber(count)}</span>}
    </ToggleButton>
  );
}
