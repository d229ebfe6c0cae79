// Do the small things of arriving hold: logins, pasted texts, lists, hard passwords?
import { Blob } from "node:buffer";
import { expect, test } from "vitest";
import { IMPORT_ROWS, readPeople, readText } from "./csv";
import { proposeLogin } from "./login";
import { findText, INVITE_PREFIX } from "./secretText";
import { judge } from "./strength/strength";

test.each([["Dra. Ana María Solís", "ana.solis"], ["Rosa Méndez", "rosa.mendez"], ["Solís, Ana", "ana.solis"], ["cher", "cher"], ["Nguyễn Văn Đức, MD", "nguyen.duc"], ["Jo Ann Smith-Lee", "jo.smith-lee"], ["אבי", ""], ["  ", ""]])("%s is proposed as %s", (name, login) => {
  expect(proposeLogin(name)).toBe(login);
});

test("a long text is found in what was pasted around it, over broken lines", () => {
  const text = `${INVITE_PREFIX}${"aB3_-".repeat(30)}`;
  expect(findText(`  ${text}\n`, INVITE_PREFIX)).toBe(text);
  expect(findText(`Hello Theo,\nyour invite:\n${text}\nRegards`, INVITE_PREFIX)).toBe(text);
  expect(findText(`${text.slice(0, 60)}\n${text.slice(60, 120)}\r\n${text.slice(120)}`, INVITE_PREFIX)).toBe(text);
  expect(findText("hello", INVITE_PREFIX)).toBe("hello");
});

test("a list is read with commas, semicolons or tabs, in any order of columns, with its lines", async () => {
  for (const list of ["name,title,login,role,permissions\r\nRosa Ejemplo,\"Nurse, days\",Rosa.E,Front desk,\r\n\r\nSam,,,custom,\"billing, review\"\r\n", "usuario;nombre;cargo;rol;permisos\nrosa.e;Rosa Ejemplo;\"Nurse, days\";front-desk;\n\n;Sam;;custom;billing review"]) {
    const read = await readPeople(list);
    expect(read).toEqual({ kind: "rows", rows: [
      { line: 2, name: "Rosa Ejemplo", title: "Nurse, days", login: "rosa.e", role: "front_desk", permissions: "", proposed: false },
      { line: 4, name: "Sam", title: "", login: "sam", role: "custom", permissions: "billing review", proposed: true },
    ] });
  }
  expect(await readPeople("")).toEqual({ kind: "problem", problem: "empty" });
  expect(await readPeople("Rosa,Nurse,rosa\nSam,Desk,sam")).toEqual({ kind: "problem", problem: "columns" });
  expect(await readPeople("name\n")).toEqual({ kind: "problem", problem: "empty" });
  expect(await readPeople("name,title\n\"Rosa,x\nSam,y")).toEqual({ kind: "problem", problem: "quotes" });
  expect(await readPeople(`name\n${"x\n".repeat(IMPORT_ROWS + 1)}`)).toEqual({ kind: "problem", problem: "too_many" });
});

test("a spreadsheet of an old Windows keeps its accents", async () => {
  expect(await readText(new Blob([new Uint8Array([0x4d, 0xe9, 0x6e])]))).toBe("Mén");
  expect(await readText(new Blob(["Méndez"]))).toBe("Méndez");
});

test.each([
  ["password1234", "similar"], ["123456789012", "common"], ["qwertyuiop12", "similar"], ["aaaaaaaaaaaa", "repeat"], ["abcdefghijklmnop", "sequence"],
  ["contraseña123", "word"], ["noorexamplenoor", "personal"], ["constructorconstructor", "sequence"], ["toString", "guessable"],
])("%s is refused: %s", async (password, weakness) => {
  const found = await judge(password, ["Noor Example", "sotto", "constructor"]);
  expect(found.accepted).toBe(false);
  if (!["toString", "constructorconstructor"].includes(password)) expect(found.weakness).toBe(weakness);
});

test.each(["correct horse battery", "zebra lamp quiet river", "la casa azul grande"])("%s is taken", async (password) => {
  expect(await judge(password, [])).toMatchObject({ accepted: true, weakness: null });
});
