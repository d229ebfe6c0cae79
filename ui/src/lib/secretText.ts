// Which of the long texts was pasted, and where does it begin and end?
/** What the texts begin with. */
export const INVITE_PREFIX = "sotto-invite-v1.";
/** See [INVITE_PREFIX]. */
export const TOKEN_PREFIX = "sotto-workstation-v1.";

/** A line that a mail broke off the text. A short one that reads like a word ("Regards") is no part of it. */
const isPiece = (line: string): boolean => /^[A-Za-z0-9_-]+$/u.test(line) && !/^[A-Z]?[a-z]{3,14}$/u.test(line);

/** The text that begins with `prefix`, out of whatever was pasted around it; what was pasted, when there is none. Line breaks that a mail put in are dropped. */
export function findText(pasted: string, prefix: string): string {
  const at = pasted.indexOf(prefix);
  if (at < 0) return pasted.trim();
  const [first = "", ...rest] = pasted.slice(at).split(/\r?\n/u).map((line) => line.trim());
  const [start = ""] = first.split(/\s/u);
  if (start !== first) return start;
  const end = rest.findIndex((line) => !isPiece(line));
  return [start, ...(end < 0 ? rest : rest.slice(0, end))].join("");
}
