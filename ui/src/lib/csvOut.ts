// How does a table become text for a spreadsheet, without a cell that the spreadsheet would run?

/** What a cell may hold; nothing known is an empty cell. */
export type Cell = string | number | boolean | null;

/** What spreadsheets take for the beginning of a formula, full-width forms and what they skip before it among it (OWASP, CSV Injection). */
const FORMULA = /^\s*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]|^[\t\r\n]/u;

/** Rows under one line of headings, by RFC 4180. A text that begins like a formula gets an apostrophe before it. */
export async function makeCsv(columns: readonly string[], rows: readonly (readonly Cell[])[]): Promise<string> {
  const { default: papa } = await import("papaparse");
  const said = papa.unparse({ fields: [...columns], data: rows.map((row) => [...row]) }, { newline: "\r\n", escapeFormulae: FORMULA });
  return `${said}\r\n`;
}
