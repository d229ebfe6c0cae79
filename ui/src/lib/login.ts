// Which login name is proposed for a name? The core decides whether it may be one.
/** Words before or after a name that are no name. */
const TITLES = new Set(["dr", "dra", "prof", "mr", "mrs", "ms", "mx", "sr", "sra", "md", "phd", "rn", "np", "pa", "do", "jr"]);
const MAX = 64;

/** Letters that are no plain letter with a mark. */
const LETTERS: Record<string, string> = { đ: "d", ø: "o", ł: "l", ß: "ss", æ: "ae", œ: "oe", ð: "d", þ: "th", ı: "i" };

const plain = (text: string): string => text.normalize("NFD").replaceAll(/\p{M}/gu, "").toLowerCase().replaceAll(/[đøłßæœðþı]/gu, (letter) => LETTERS[letter] ?? "");

/** "Dra. Ana María Solís" gives `ana.solis`. Empty when no letter of the name can be in a login name. */
export function proposeLogin(name: string): string {
  const parts = name.split(",").filter((part) => !TITLES.has(plain(part).replaceAll(/[^a-z]/gu, "")));
  const turned = parts.length > 1 ? parts.toReversed().join(" ") : (parts[0] ?? "");
  const words = plain(turned).split(/\s+/u).map((word) => word.replaceAll(/[^a-z0-9-]/gu, "")).filter((word) => word !== "" && !TITLES.has(word));
  const [first, last] = [words[0] ?? "", words.length > 1 ? (words.at(-1) ?? "") : ""];
  return [first, last].filter((word) => word !== "").join(".").slice(0, MAX);
}

/** What a typed login name becomes before it is sent: as the core reads it. */
export function tidyLogin(login: string): string {
  return login.trim().toLowerCase();
}
