// What stands in a list of people that came out of a spreadsheet? Rows with a name, a title, a login and a role, or the reason why not.
import type { ImportRow } from "../backend/bindings";
import { proposeLogin, tidyLogin } from "./login";

/** Rows of one import, at most; the core has the same limit. */
export const IMPORT_ROWS = 500;
/** Bytes of a file that is looked at. */
export const IMPORT_BYTES = 1_048_576;

/** What is wrong with a list as a whole. */
export type ListProblem = "empty" | "columns" | "too_many" | "quotes";
/** What was read. `line` is the row's line in the spreadsheet. */
export type Read = { kind: "rows"; rows: (ImportRow & { line: number; proposed: boolean })[] } | { kind: "problem"; problem: ListProblem };

const problem = (what: ListProblem): Read => ({ kind: "problem", problem: what });

/** Headings that are taken for the columns. */
const HEADINGS: Record<string, keyof ImportRow> = { name: "name", nombre: "name", title: "title", "job title": "title", cargo: "title", puesto: "title", login: "login", username: "login", usuario: "login", role: "role", rol: "role", permissions: "permissions", permisos: "permissions" };

/** Reads text with a line of headings; comma, semicolon or tab between columns. */
export async function readPeople(text: string): Promise<Read> {
  const { default: papa } = await import("papaparse");
  const { data, errors } = papa.parse<string[]>(text.trim(), { skipEmptyLines: false, delimitersToGuess: [",", ";", "\t"] });
  if (text.trim() === "" || data.length < 1) return problem("empty");
  if (errors.some((error) => error.type === "Quotes")) return problem("quotes");
  const columns = (data[0] ?? []).map((heading) => HEADINGS[heading.trim().toLowerCase()]);
  const at = (column: keyof ImportRow): number => columns.indexOf(column);
  if (at("name") < 0) return problem("columns");
  const rows = data.slice(1).map((cells, index) => {
    const cell = (column: keyof ImportRow): string => (cells[at(column)] ?? "").trim();
    const login = tidyLogin(cell("login"));
    return { line: index + 2, name: cell("name"), title: cell("title"), role: cell("role").toLowerCase().replaceAll(/[\s-]+/gu, "_"), permissions: cell("permissions").replaceAll(/[,;+\s]+/gu, " ").trim(), login: login === "" ? proposeLogin(cell("name")) : login, proposed: login === "", empty: cells.every((one) => one.trim() === "") };
  }).filter((row) => !row.empty).map(({ empty: _empty, ...row }) => row);
  if (rows.length === 0) return problem("empty");
  return rows.length > IMPORT_ROWS ? problem("too_many") : { kind: "rows", rows };
}

/** A file's text: UTF-8, or what spreadsheets on Windows write when it is not. */
export async function readText(file: Pick<Blob, "arrayBuffer">): Promise<string> {
  const bytes = await file.arrayBuffer();
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}
