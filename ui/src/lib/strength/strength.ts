// How hard is a password to guess, and why not harder? Asked of zxcvbn, whose word lists come only when somebody chooses a password.
import type { Match, ZxcvbnResult } from "@zxcvbn-ts/core";

/** What makes a password easy. */
export type Weakness = "common" | "similar" | "word" | "name" | "repeat" | "sequence" | "keyboard" | "date" | "personal" | "guessable";
/** 0 to 4; below 3 it is not taken. */
export type Strength = { score: number; weakness: Weakness | null; accepted: boolean };

/** The lowest score that is taken: ten million guesses and more, on top of what Argon2id and the counted attempts cost. */
const ACCEPTED = 3;

/** Characters beside names and the clinic's words, at least. */
const OWN_CHARS = 6;

/** What zxcvbn warns of, in our words. */
const WARNINGS: Record<string, Weakness> = {
  straightRow: "keyboard", keyPattern: "keyboard", simpleRepeat: "repeat", extendedRepeat: "repeat", sequences: "sequence",
  recentYears: "date", dates: "date", topTen: "common", topHundred: "common", common: "common", similarToCommon: "similar",
  wordByItself: "word", namesByThemselves: "name", commonNames: "name", userInputs: "personal", pwned: "common",
};
const PATTERNS: Record<string, Weakness> = { repeat: "repeat", sequence: "sequence", wordSequence: "sequence", spatial: "keyboard", date: "date", regex: "date" };

type Check = (password: string, personal: string[]) => ZxcvbnResult;
let loading: Promise<Check> | null = null;

function load(): Promise<Check> {
  loading ??= import("./words").then((words) => words.makeCheck());
  // A failed load is tried again with the next key.
  loading.catch(() => {
    loading = null;
  });
  return loading;
}

function weaknessOf(result: ZxcvbnResult): Weakness {
  const warned = WARNINGS[result.feedback.warning ?? ""];
  if (warned !== undefined) return warned;
  const longest = result.sequence.toSorted((a: Match, b: Match) => b.token.length - a.token.length)[0];
  if (longest?.pattern === "dictionary") {
    const list = String(longest["dictionaryName"]);
    if (list === "userInputs") return "personal";
    if (list.startsWith("passwords")) return "similar";
    return /names/u.test(list) ? "name" : "word";
  }
  return PATTERNS[longest?.pattern ?? ""] ?? "guessable";
}

/** Judges `password`; `personal` are words that an attacker would try first. Rejects when the word lists cannot be loaded. */
export async function judge(password: string, personal: readonly string[]): Promise<Strength> {
  const check = await load();
  const words = personal.flatMap((one) => one.toLowerCase().split(/[^\p{L}\p{N}]+/u)).filter((word) => word.length > 2);
  const rest = words.reduce((left, word) => left.replaceAll(word, ""), password.toLowerCase());
  // Each word alone is known to everybody here; three of them in a row still are.
  if (rest.length < OWN_CHARS && rest.length < password.length) return { score: 1, accepted: false, weakness: "personal" };
  const result = check(password, words);
  const accepted = result.score >= ACCEPTED;
  return { score: result.score, accepted, weakness: accepted ? null : weaknessOf(result) };
}
