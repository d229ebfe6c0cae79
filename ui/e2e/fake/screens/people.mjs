// Which screens are about people, invites and the import of a list?
import { asPrinted, chooseRole, inviteAgain, makeInvite, PASSWORD, toAdmin, toImport } from "./steps.mjs";

/** In the order in which they are looked at. */
export const PEOPLE = [
  { name: "admin-people", page: "index", query: "admin", act: toAdmin },
  { name: "admin-empty", page: "index", query: "admin&empty", act: toAdmin },
  { name: "admin-loading", page: "index", query: "admin&hang=people", act: toAdmin, settle: 600 },
  { name: "admin-error", page: "index", query: "admin&fail=people:server_unreachable&connection=offline", act: toAdmin },
  { name: "admin-invite", page: "index", query: "admin", act: async (page) => { await toAdmin(page); await page.getByTestId("invite-open").click(); await page.getByTestId("invite-name").fill("Theo Specimen"); await page.getByTestId("invite-make").click(); } },
  { name: "admin-invite-made", page: "index", query: "admin", act: makeInvite },
  { name: "admin-invite-paper", page: "index", query: "admin", act: async (page) => { await makeInvite(page); await asPrinted(page); }, paper: true },
  { name: "admin-revoke", page: "index", query: "admin", act: async (page) => { await toAdmin(page); await page.getByRole("button", { name: /(Revoke|Revocar a) Omar Testcase/u }).click(); await page.getByTestId("confirm").click(); } },
  { name: "admin-again", page: "index", query: "admin", act: inviteAgain },
  { name: "admin-again-made", page: "index", query: "admin", act: async (page) => { await inviteAgain(page); await page.getByTestId("again-make").click(); await page.getByTestId("invite-text").waitFor(); } },
  { name: "admin-may-ask", page: "index", query: "admin&standing=may_ask", act: async (page) => { await page.getByTestId("ask-open").waitFor(); } },
  { name: "admin-asked", page: "index", query: "admin&standing=asked", act: async (page) => { await page.getByTestId("grant-self").waitFor(); } },
  { name: "admin-ask", page: "index", query: "admin&standing=may_ask", act: async (page) => { await page.getByTestId("ask-open").click(); await page.getByTestId("ask-password").fill(PASSWORD); await page.getByTestId("code").fill("000000"); await page.getByTestId("ask-admin").click(); await page.getByRole("alert").waitFor(); } },
  { name: "admin-ask-codes", page: "index", query: "admin&standing=may_ask", act: async (page) => { await page.getByTestId("ask-open").click(); await page.getByTestId("ask-password").fill(PASSWORD); await page.getByTestId("code").fill("123456"); await page.getByTestId("ask-admin").click(); await page.getByTestId("recovery-codes").waitFor(); } },
  { name: "admin-grant", page: "index", query: "admin", act: async (page) => { await toAdmin(page); await page.getByRole("button", { name: /^(Grant: |Conceder: )/u }).click(); await page.getByTestId("grant-admin").waitFor(); } },
  { name: "admin-sheets", page: "index", query: "admin&standing=asked", act: async (page) => { await page.getByTestId("grant-self").click(); await page.getByTestId("sheet-1").fill("SOTTO ROOT SHEET: sheet 1 of 3, any 2"); await page.getByTestId("sheet-2").fill("a slip"); await page.getByTestId("grant-admin").click(); await page.getByText(/^(Line|Línea) 7:/u).waitFor(); } },
  { name: "admin-role", page: "index", query: "admin", act: async (page) => { await toAdmin(page); await page.getByRole("button", { name: /(role|rol) (of|de) Omar Testcase/u }).click(); await chooseRole(page, /^(Custom|Propio)$/u); await page.getByText(/^(Clinical conversations|Conversaciones clínicas)$/u).click(); } },
  { name: "admin-home", page: "index", query: "admin", act: async (page) => { await page.getByTestId("person-row").first().waitFor(); } },
  { name: "officer-home", page: "index", query: "role=privacy_officer", act: async (page) => { await page.getByTestId("person-row").first().waitFor(); } },
  { name: "new-thread-desk", page: "index", query: "role=front_desk", act: async (page) => { await page.getByRole("option").first().waitFor(); await page.keyboard.press("c"); await page.getByRole("dialog").waitFor(); } },
  { name: "admin-import", page: "index", query: "admin", act: toImport },
  { name: "admin-import-judged", page: "index", query: "admin", act: async (page) => { await toImport(page); await page.getByTestId("import-check").click(); await page.getByTestId("import-invite").waitFor(); } },
  { name: "admin-import-done", page: "index", query: "admin", act: async (page) => { await toImport(page); await page.getByTestId("import-check").click(); await page.getByTestId("import-invite").click(); await page.getByTestId("import-done").waitFor(); } },
];
