// How does one row of a table look, and what do presses on it do?
import type { ComponentType, Ref } from "react";
import { useText } from "../../i18n/text";
import { classes } from "../classes";
import type { CellProps, Column } from "./Table";
import styles from "./Table.module.css";

type Props<R, A> = {
  row: R; columns: readonly Column[]; Cell: ComponentType<CellProps<R, A>>; around: A; index: number; start: number; chosen: boolean; chooses: boolean; opened: boolean;
  /** Whether the Tab key stops here. */
  stop: boolean;
  onOpen: () => void; onChoose: (through: boolean) => void; testId?: string; ref: Ref<HTMLDivElement>;
};

/** A row; its keys are handled once, by the rows' group. */
export function TableRow<R, A>({ row, columns, Cell, around, index, start, chosen, chooses, opened, stop, onOpen, onChoose, testId, ref }: Props<R, A>) {
  const text = useText();
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
    <div ref={ref} role="row" data-index={index} data-testid={testId} aria-rowindex={index + 2} aria-selected={chooses ? chosen : undefined} aria-current={opened ? true : undefined} tabIndex={stop ? 0 : -1}
      className={classes(styles.row, styles.item, chosen && styles.chosen, opened && styles.opened)} style={{ translate: `0 ${start}px` }} onClick={onOpen}>
      {chooses ? (
        // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
        <div role="gridcell" tabIndex={-1} aria-label={text(chosen ? "table.chosen" : "table.not_chosen")} className={styles.check} data-testid="choose" onClick={(event) => { event.stopPropagation(); onChoose(event.shiftKey); }}><span className={styles.box} aria-hidden="true"><i data-on={chosen} /></span></div>
      ) : null}
      {columns.map((column, at) => <div key={column.id} role={at === 0 ? "rowheader" : "gridcell"} className={classes(styles.cell, styles[column.keep], column.end && styles.end)}><Cell row={row} column={column.id} around={around} /></div>)}
    </div>
  );
}
