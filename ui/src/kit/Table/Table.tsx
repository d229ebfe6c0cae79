// How does a list of thousands stand in columns: sorted, walked by keys, with several chosen, and only what is in sight drawn?
import { ArrowDown, ArrowUp } from "lucide-react";
import { useId, useRef, type ComponentType, type CSSProperties } from "react";
import { classes } from "../classes";
import { useText } from "../../i18n/text";
import styles from "./Table.module.css";
import { TableRow } from "./TableRow";
import { useTable } from "./useTable";

/** One column. `keep` says how narrow the table may be before it goes; what it says must then stand in another cell. */
export type Column = { id: string; label: string; width: string; keep: "always" | "medium" | "wide" | "widest"; end?: boolean };
/** What draws a cell: the row, the column's id, and what holds for all rows. */
export type CellProps<R, A> = { row: R; column: string; around: A };
/** What it is sorted by. */
export type Sort = { column: string; down: boolean };
/** What a table is given. */
export type TableProps<R, A> = {
  label: string;
  /** How the keys work, for screen readers. */
  description: string;
  columns: readonly Column[];
  Cell: ComponentType<CellProps<R, A>>;
  around: A;
  rows: readonly R[];
  idOf: (row: R) => string;
  sort: Sort;
  onSort: (next: Sort) => void;
  chosen: ReadonlySet<string>;
  /** Without it nothing can be chosen. */
  onChosen?: (next: ReadonlySet<string>) => void;
  opened: string | null;
  onOpen: (id: string) => void;
  testId?: string;
};

const templateOf = (columns: readonly Column[], chooses: boolean): string => `${chooses ? "44px " : ""}${columns.map((one) => one.width).join(" ")}`;

/** A grid with one focus stop among its rows: arrows, Page, Home and End walk, Space chooses, Enter opens. */
export function Table<R, A>(props: TableProps<R, A>) {
  const { label, description, columns, rows, idOf, chosen, onChosen, opened, testId } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const descriptionId = useId();
  const { virtual, stop, open, choose, onKeyDown } = useTable(props, scroller);
  const chooses = onChosen !== undefined;
  const upTo = (...keeps: readonly Column["keep"][]): string => templateOf(columns.filter((one) => keeps.includes(one.keep)), chooses);
  const style: CSSProperties & Record<`--${string}`, string> = { "--widest": templateOf(columns, chooses), "--wide": upTo("always", "medium", "wide"), "--medium": upTo("always", "medium"), "--narrow": upTo("always") };
  return (
    <div className={styles.frame}>
      <span id={descriptionId} className="visually-hidden">{description}</span>
      <div ref={scroller} className={styles.scroller} style={style}>
        <div role="grid" aria-label={label} aria-describedby={descriptionId} aria-rowcount={rows.length + 1} aria-multiselectable={chooses} tabIndex={-1} className={styles.grid} onKeyDown={onKeyDown}>
          <Head {...props} />
          <div role="rowgroup" className={styles.body} style={{ blockSize: virtual.getTotalSize() }}>
            {virtual.getVirtualItems().map((item) => {
              const row = rows[item.index];
              if (row === undefined) return null;
              const id = idOf(row);
              return <TableRow key={item.key} ref={virtual.measureElement} index={item.index} start={item.start} row={row} columns={columns} Cell={props.Cell} around={props.around} chosen={chosen.has(id)} chooses={chooses} opened={id === opened} stop={item.index === stop}
                onOpen={() => open(item.index)} onChoose={(through) => choose(item.index, through)} testId={testId} />;
            })}
          </div>
        </div>
      </div>
    </div>
  );
}

function Head<R, A>({ columns, rows, idOf, sort, onSort, chosen, onChosen }: TableProps<R, A>) {
  const text = useText();
  const all = rows.length > 0 && rows.every((row) => chosen.has(idOf(row)));
  const sign = sort.down ? <ArrowDown aria-hidden="true" /> : <ArrowUp aria-hidden="true" />;
  return (
    <div role="rowgroup" className={styles.head}>
      <div role="row" aria-rowindex={1} className={styles.row}>
        {onChosen === undefined ? null : (
          <div role="columnheader" className={styles.check}>
            <button type="button" role="checkbox" aria-checked={all ? true : chosen.size > 0 ? "mixed" : false} aria-label={text("table.choose_all")} className={styles.box} data-testid="choose-all" onClick={() => onChosen(all ? new Set() : new Set(rows.map(idOf)))}>
              <i data-on={all} data-some={!all && chosen.size > 0} />
            </button>
          </div>
        )}
        {columns.map((column) => {
          const by = sort.column === column.id;
          return (
            <div key={column.id} role="columnheader" aria-sort={by ? (sort.down ? "descending" : "ascending") : "none"} className={classes(styles.cell, styles[column.keep], column.end && styles.end)}>
              <button type="button" className={styles.sort} data-by={by} onClick={() => onSort({ column: column.id, down: by && !sort.down })}><span>{column.label}</span>{by ? sign : null}</button>
            </div>
          );
        })}
      </div>
    </div>
  );
}
