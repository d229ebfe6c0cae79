// Does the code keep the house rules that no linter knows, and is the production bundle free of the fake?
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const files = (root: string): string[] => readdirSync(root, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? files(join(root, entry.name)) : [join(root, entry.name)]));
const sources = files("src").filter((path) => /\.(ts|tsx|css)$/u.test(path) && !path.includes("bindings") && !path.includes(join("lib", "protocol")));
const read = (path: string): string => readFileSync(path, "utf8");

test("every file begins with the question it answers and stays under 300 lines", () => {
  expect(sources.filter((path) => !/^(\/\/ |\/\* |\/\*\*)/u.test(read(path)))).toEqual([]);
  expect(sources.filter((path) => read(path).split("\n").length > 300)).toEqual([]);
});

test("a feature never imports another feature, nor a library of controls, nor a colour", () => {
  for (const path of sources.filter((one) => one.includes(`${join("src", "features")}`))) {
    const own = path.split("/")[2] ?? "";
    const imports = [...read(path).matchAll(/from "([^"]+)"/gu)].map((match) => match[1] ?? "");
    for (const from of imports) {
      expect(from.startsWith("../") && !from.startsWith("../../"), `${path} imports ${from}`).toBe(false);
      expect(/features|react-aria-components|@tauri-apps|\/fake\//u.test(from), `${path} of ${own} imports ${from}`).toBe(false);
    }
  }
});

test("no literal text stands between tags of a feature", () => {
  for (const path of sources.filter((one) => one.startsWith(join("src", "features")) && one.endsWith(".tsx"))) {
    const literal = [...read(path).matchAll(/<(?:p|span|h[1-6]|strong|b|li|dt|dd|button|bdi)\b[^<>{}]*>\s*([A-Za-z][^<>{}]*)</gu)].map((match) => match[1]);
    expect(literal, path).toEqual([]);
    expect(/\b(?:aria-label|placeholder|title|label)="[A-Za-z]/u.test(read(path)), path).toBe(false);
  }
});

test("nothing is kept in web storage, and no HTML is made of text", () => {
  const storage = ["local", "session"].map((kind) => `${kind}Storage`);
  // The worker's seal names what it takes away.
  for (const path of sources.filter((one) => !one.includes(".test.") && !one.endsWith(join("pdf", "sealed.ts"))))
    for (const word of [...storage, "indexedDB", "dangerouslySetInnerHTML", "innerHTML"]) expect(read(path).includes(word), `${path}: ${word}`).toBe(false);
});

test.runIf(existsSync("dist/lock.html"))("the production bundle holds no fake, and the lock window no message code", () => {
  const built = files("dist").filter((path) => /\.(js|html)$/u.test(path));
  for (const path of built) expect(/SAMPLE, Ada|Sample Street Clinic|sottoFake|acc-noor/u.test(read(path)), path).toBe(false);
  const lock = [...read("dist/lock.html").matchAll(/assets\/[^"]+\.js/gu)].map((match) => read(join("dist", match[0])));
  expect(lock.length).toBeGreaterThan(0);
  for (const code of lock) expect(/composer-form|patient-banner|send_message_log|data-thread-list/u.test(code)).toBe(false);
  for (const path of built.filter((one) => one.endsWith(".html"))) expect(/<style|style=|<script(?![^>]*\bsrc=)/u.test(read(path)), path).toBe(false);
});
