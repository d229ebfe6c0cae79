// Are both languages complete, with the same placeholders, and does every sentence parse?
import { expect, test } from "vitest";
import { CATALOGUES, makeText, type MessageId } from "./text";
import { ERROR_CODES } from "../backend/errors";
import { ERROR_SENTENCES, sayError } from "./errors";

const ids = Object.keys(CATALOGUES.en) as MessageId[];
/** Argument names: what stands right after a brace that opens an argument. */
const placeholders = (message: string): string[] => [...new Set([...message.matchAll(/\{\s*([a-z_]+)\s*(?=[,}])/gu)].map((match) => match[1] ?? ""))].toSorted();
const VALUES = { n: 2, name: "N", help: "H", date: "D", time: "T", ago: "A", wait: "W", at: 1, done: 1, total: 2, have: 3, filter: "F", priority: "P", text: "X", login: "L", organisation: "O", word: "W", day: "D", place: "P", parts: 2, size: "S" };

test("both catalogues have the same keys", () => {
  expect(Object.keys(CATALOGUES.es).toSorted()).toEqual(ids.toSorted());
});

test("both catalogues have the same placeholders, and no empty sentence", () => {
  for (const id of ids) {
    expect(placeholders(CATALOGUES.es[id]), id).toEqual(placeholders(CATALOGUES.en[id]));
    expect(CATALOGUES.en[id].trim(), id).not.toBe("");
    expect(CATALOGUES.es[id].trim(), id).not.toBe("");
  }
});

test.each(["en", "es"] as const)("every sentence of %s can be said", (language) => {
  const text = makeText(language);
  for (const id of ids) expect(text(id, VALUES), id).not.toMatch(/[{}]/u);
});

test("sentences differ between languages unless they are names", () => {
  const same = ids.filter((id) => CATALOGUES.en[id] === CATALOGUES.es[id]);
  expect(same.length).toBeLessThan(20);
});

test("every code has two sentences, and a wait is spelled out", () => {
  expect(Object.keys(ERROR_SENTENCES).toSorted()).toEqual([...ERROR_CODES].toSorted());
  expect(sayError(makeText("en"), { code: "throttled", retry_after_seconds: 60 }).next).toBe("Try again in 60 seconds.");
  expect(sayError(makeText("es"), { code: "throttled", retry_after_seconds: 300 }).next).toBe("Reintente en 5 minutos.");
});
