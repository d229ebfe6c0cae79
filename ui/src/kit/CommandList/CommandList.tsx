// How is one of many things found by typing and chosen with the arrow keys?
import { useEffect, useId, useRef, useState, type KeyboardEvent, type ReactNode } from "react";
import { classes } from "../classes";
import { SearchInput } from "../SearchInput/SearchInput";
import styles from "./CommandList.module.css";

/** A thing that can be chosen. */
export type CommandItem = { id: string; section: string; label: string; detail?: string; icon?: ReactNode; trailing?: ReactNode; disabled?: boolean };
type Props = {
  label: string;
  placeholder: string;
  query: string;
  onQuery: (query: string) => void;
  /** What matches `query`, in order; items of a section stand together. */
  items: readonly CommandItem[];
  onChoose: (id: string) => void;
  empty: ReactNode;
  /** Chosen items, when several may be. */
  chosen?: ReadonlySet<string>;
  autoFocus?: boolean;
};

/** A combobox with its list below it: the focus stays in the line, the arrows move the choice. */
export function CommandList({ label, placeholder, query, onQuery, items, onChoose, empty, chosen, autoFocus = true }: Props) {
  const base = useId();
  const [at, setAt] = useState(0);
  const list = useRef<HTMLDivElement>(null);
  const active = items[Math.min(at, items.length - 1)];
  const idOf = (item: CommandItem): string => `${base}-${item.id}`;
  const activeId = active === undefined ? undefined : idOf(active);

  useEffect(() => {
    if (activeId !== undefined) list.current?.querySelector(`[id="${activeId}"]`)?.scrollIntoView?.({ block: "nearest" });
  }, [activeId]);

  const move = (to: number): void => setAt(Math.max(0, Math.min(items.length - 1, to)));
  const onKeyDown = (event: KeyboardEvent): void => {
    const here = Math.min(at, items.length - 1);
    if (event.key === "ArrowDown") move(here + 1 === items.length ? 0 : here + 1);
    else if (event.key === "ArrowUp") move(here === 0 ? items.length - 1 : here - 1);
    else if (event.key === "PageDown") move(here + 8);
    else if (event.key === "PageUp") move(here - 8);
    else if (event.key === "Enter" && active !== undefined && active.disabled !== true) onChoose(active.id);
    else return;
    event.preventDefault();
  };
  const sections = [...new Set(items.map((item) => item.section))];

  return (
    <div className={styles.command}>
      <div className={styles.line}>
        <SearchInput label={label} placeholder={placeholder} value={query} autoFocus={autoFocus} onKeyDown={onKeyDown}
          onChange={(next) => { setAt(0); onQuery(next); }} combobox={{ listId: `${base}-list`, activeId }} />
      </div>
      <div ref={list} id={`${base}-list`} role="listbox" aria-label={label} aria-multiselectable={chosen !== undefined} className={styles.list}>
        {sections.map((section) => (
          <div key={section} role="group" aria-label={section}>
            <div className={styles.section} aria-hidden="true">{section}</div>
            {items.filter((item) => item.section === section).map((item) => (
              // The keyboard acts through the line above; the pointer acts here.
              // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
              <div key={item.id} id={idOf(item)} role="option" tabIndex={-1} aria-disabled={item.disabled} aria-selected={chosen === undefined ? item === active : chosen.has(item.id)}
                className={classes(styles.item, item === active && styles.active)} onPointerMove={() => setAt(items.indexOf(item))}
                onMouseDown={(event) => event.preventDefault()} onClick={() => { if (item.disabled !== true) onChoose(item.id); }}>
                {item.icon}
                <span className={styles.words}><bdi className={styles.label}>{item.label}</bdi>{item.detail === undefined ? null : <bdi className={styles.detail}>{item.detail}</bdi>}</span>
                {item.trailing}
              </div>
            ))}
          </div>
        ))}
      </div>
      {items.length === 0 ? <div className={styles.none} role="status">{empty}</div> : null}
    </div>
  );
}
