// Where are words typed that look for something?
import type { KeyboardEvent, ReactNode, Ref } from "react";
import { Search } from "lucide-react";
import styles from "./SearchInput.module.css";

type Props = {
  label: string;
  value: string;
  onChange: (value: string) => void;
  onKeyDown?: (event: KeyboardEvent<HTMLInputElement>) => void;
  placeholder?: string;
  autoFocus?: boolean;
  trailing?: ReactNode;
  /** For a list that the arrow keys move through while the focus stays here. */
  combobox?: { listId: string; activeId: string | undefined };
  ref?: Ref<HTMLInputElement>;
};

/** A search line with its own sign. */
export function SearchInput({ label, value, onChange, onKeyDown, placeholder, autoFocus = false, trailing, combobox, ref }: Props) {
  const list = combobox === undefined ? {} : { role: "combobox", "aria-expanded": true, "aria-controls": combobox.listId, "aria-activedescendant": combobox.activeId, "aria-autocomplete": "list" as const };
  return (
    <div className={styles.search}>
      <Search aria-hidden="true" />
      <input ref={ref} type="text" aria-label={label} value={value} placeholder={placeholder} autoFocus={autoFocus} dir="auto" autoComplete="off" spellCheck={false}
        {...list} onKeyDown={onKeyDown} onChange={(event) => onChange(event.target.value)} />
      {trailing}
    </div>
  );
}
