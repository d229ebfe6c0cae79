// How does a list of thousands stand in columns: sorted, walked by keys, with several chosen, and only what is in sight drawn?
import { ArrowDown, ArrowUp } from "lucide-react";
import type { CSSProperties, ReactNode } from "react";
import { classes } from "../classes";
import { useText } from "../../i18n/text";
import styles from "./Table.module.css";
import { TableRow } from "./TableRow";
import { useTable } from "./useTable";

/** One column. `keep` says how narrow the table may be before it goes; what it says must then stand in another cell. */
export type Column<R> = { id: string; label: string; width: string; keep: "always" | "medium" | "wide"; end?: boolean; cell: (row: R) => ReactNode };
/** What it is sorted by. */
export type Sort = { column: string; down: boolean };
/** What a table is given. */
export type TableProps<R> = {
  label: string;
  /** How the keys work, for screen readers. */
  description: string;
  columns: readonly Column<R>[];
  rows: readonly R[];
  idOf: (row: R) => string;
  nameOf: (row: R) => string;
  sort: Sort;
  onSort: (next: Sort) => void;
  chosen: ReadonlySet<string>;
  /** Without it nothing can be chosen. */
  onChosen?: (next: ReadonlySet<string>) => void;
  opened: string | null;
  onOpen: (id: string) => void;
  testId?: string;
};

const templateOf = <R,>(columns: readonly Column<R>[], chooses: boolean): string => `${chooses ? "44px " : ""}${columns.map((one) => one.width).join(" ")}`;

/** A grid with one focus stop among its rows: arrows, Page, Home and End walk, Space chooses, Enter opens. */
export function Table<R>(props: TableProps<R>) {
  const { label, description, columns, rows, idOf, chosen, onChosen, opened, testId } = props;
  const table = useTable(props);
  const chooses = onChosen !== undefined;
  const narrow = columns.filter((one) => one.keep === "always");
  const style: CSSProperties & Record<`--${string}`, string> = { "--wide": templateOf(columns, chooses), "--medium": templateOf(columns.filter((one) => one.keep !== "wide"), chooses), "--narrow": templateOf(narrow, chooses) };
  const { virtual } = table;
  return (
    <div className={styles.frame}>
      <span id={table.descriptionId} className="visually-hidden">{description}</span>
      <div ref={table.scroller} className={styles.scroller} style={style}>
        <div role="grid" aria-label={label} aria-describedby={table.descriptionId} aria-rowcount={rows.length + 1} aria-multiselectable={chooses} className={styles.grid}>
          <Head {...props} />
          <div role="rowgroup" className={styles.body} style={{ blockSize: virtual.getTotalSize() }} onKeyDown={table.onKeyDown}>
            {virtual.getVirtualItems().map((item) => {
              const row = rows[item.index];
              if (row === undefined) return null;
              const id = idOf(row);
              return <TableRow key={item.key} ref={virtual.measureElement} index={item.index} start={item.start} row={row} columns={columns} name={props.nameOf(row)} chosen={chosen.has(id)} chooses={chooses} opened={id === opened} stop={item.index === table.stop}
                onOpen={() => table.open(item.index)} onChoose={(through) => table.choose(item.index, through)} testId={testId} />;
            })}
          </div>
        </div>
      </div>
    </div>
  );
}

function Head<R>({ columns, rows, idOf, sort, onSort, chosen, onChosen }: TableProps<R>) {
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
