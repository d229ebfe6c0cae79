// Can every pair of colours that text is drawn with be read, in every theme?
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

const css = readFileSync("src/styles/tokens.css", "utf8");
type Theme = Record<string, string>;

function themeOf(selector: string): Theme {
  const start = css.indexOf(`${selector} {`);
  const block = css.slice(start, css.indexOf("}", start));
  return Object.fromEntries([...block.matchAll(/--([a-z0-9-]+):\s*(#[0-9a-f]{6})\b/gu)].map((match) => [match[1] ?? "", match[2] ?? ""]));
}

function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255).map((c) => (c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function ratio(a: string, b: string): number {
  const [low = 0, high = 0] = [luminance(a), luminance(b)].toSorted((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

/** Text on ground. */
const TEXT: [string, string][] = [
  ...["canvas", "surface", "raised", "sunken", "hover", "accent-soft", "them", "me"].flatMap((ground): [string, string][] => [["ink", ground], ["ink-2", ground]]),
  ...["canvas", "surface", "sunken"].map((ground): [string, string] => ["ink-3", ground]),
  ["accent", "surface"], ["accent", "canvas"], ["accent", "accent-soft"], ["accent-ink", "accent"], ["accent-ink", "accent-hover"],
  ["patient-ink", "patient"], ["patient-ink-2", "patient"], ["patient-ink", "patient-av"], ["neutral-ink", "neutral"], ["neutral-ink-2", "neutral"],
  ["fyi", "fyi-soft"], ["action", "action-soft"], ["concern", "concern-soft"], ["stat-ink", "stat"], ["stat", "stat-soft"],
  ["ok", "ok-soft"], ["warn", "warn-soft"], ["bad", "bad-soft"], ["bad-ink", "bad"], ["bad", "canvas"], ["bad", "surface"], ["ink", "warn-soft"], ["ink", "bad-soft"], ["mark-ink", "mark"], ["me-ink-2", "me"],
];
/** Borders of controls and focus rings. */
const SHAPES: [string, string][] = [["line-strong", "surface"], ["line-strong", "canvas"], ["focus", "surface"], ["focus", "canvas"], ["focus", "sunken"]];

test.each(["[data-theme=\"light\"]", "[data-theme=\"dark\"]", "[data-theme=\"high_contrast\"]"])("%s can be read", (selector) => {
  const theme = themeOf(selector);
  const least = selector.includes("high") ? 7 : 4.5;
  const low = (pairs: [string, string][], floor: number): string[] =>
    pairs.map(([a, b]): [string, number] => [`${a} on ${b}`, ratio(theme[a] ?? "", theme[b] ?? "")]).filter(([, found]) => !(found >= floor)).map(([pair, found]) => `${pair}: ${found.toFixed(2)}`);
  expect(low(TEXT, least)).toEqual([]);
  expect(low(SHAPES, 3)).toEqual([]);
});

test("themes define the same names", () => {
  const names = Object.keys(themeOf("[data-theme=\"light\"]")).toSorted();
  expect(names.length).toBeGreaterThan(40);
  for (const theme of ["dark", "high_contrast"]) expect(Object.keys(themeOf(`[data-theme="${theme}"]`)).toSorted()).toEqual(names);
});
