// How is a long list walked with the keyboard, when only what is in sight is drawn?
import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useId, useRef, type KeyboardEvent, type ReactNode } from "react";
import { classes } from "../classes";
import styles from "./OptionList.module.css";

/** One option. Its content is its accessible name: what the eye gets by shape or colour stands in it as hidden words. */
export type Option = { id: string; content: ReactNode };
type Props = {
  label: string;
  options: readonly Option[];
  selected: string | null;
  onSelect: (id: string) => void;
  /** Called when the end comes near. */
  onEnd?: () => void;
  estimate: number;
  testId?: string;
  /** Set on the list whose Tab key walks the filters. */
  threadList?: boolean;
  description?: string;
  /** Counts moves from elsewhere (J and K): with each the focus goes to the chosen option. */
  walks?: number;
};

/** A listbox with one focus stop; arrows, Home and End move, and what is chosen follows the focus. */
export function OptionList({ label, options, selected, onSelect, onEnd, estimate, testId, threadList = false, description, walks = 0 }: Props) {
  const scroller = useRef<HTMLDivElement>(null);
  const descriptionId = useId();
  const focusNext = useRef(false);
  const index = options.findIndex((option) => option.id === selected);
  const virtual = useVirtualizer({
    count: options.length, getScrollElement: () => scroller.current, estimateSize: () => estimate, overscan: 6,
    getItemKey: (at) => options[at]?.id ?? at, initialRect: { width: 320, height: 700 },
  });
  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;

  useEffect(() => {
    if (index >= 0) virtual.scrollToIndex(index, { align: "auto" });
  }, [index, virtual]);
  useEffect(() => {
    if (walks > 0) focusNext.current = true;
  }, [walks]);
  useEffect(() => {
    if (focusNext.current) {
      const row = scroller.current?.querySelector<HTMLElement>("[role='option'][tabindex='0']");
      if (row) {
        focusNext.current = false;
        row.focus({ preventScroll: true });
      }
    }
  });
  useEffect(() => {
    if (options.length > 0 && last >= options.length - 10) onEnd?.();
  }, [last, options.length, onEnd]);

  const select = (to: number): void => {
    const option = options[Math.max(0, Math.min(options.length - 1, to))];
    if (option === undefined) return;
    focusNext.current = true;
    onSelect(option.id);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const step: Partial<Record<string, number>> = { ArrowDown: index + 1, ArrowUp: index - 1, Home: 0, End: options.length - 1, PageDown: index + 8, PageUp: index - 8 };
    const to = step[event.key];
    if (to === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    select(to);
  };
  return (
    <>
    {description === undefined ? null : <span id={descriptionId} className="visually-hidden">{description}</span>}
    <div ref={scroller} className={styles.scroller} data-thread-list={threadList ? "" : undefined}>
      <div role="listbox" aria-label={label} aria-describedby={description === undefined ? undefined : descriptionId} className={styles.list} style={{ blockSize: virtual.getTotalSize() }} onKeyDown={onKeyDown} tabIndex={-1}>
        {items.map((item) => {
          const option = options[item.index];
          if (option === undefined) return null;
          const chosen = option.id === selected;
          return (
            // Keys are handled once, by the listbox around all options.
            // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
            <div key={item.key} ref={virtual.measureElement} data-index={item.index} data-testid={testId} role="option" aria-selected={chosen}
              aria-setsize={options.length} aria-posinset={item.index + 1} tabIndex={chosen || (index < 0 && item.index === 0) ? 0 : -1}
              className={classes(styles.option, chosen && styles.chosen)} style={{ translate: `0 ${item.start}px` }} onClick={() => select(item.index)}>
              {option.content}
            </div>
          );
        })}
      </div>
    </div>
    </>
  );
}
