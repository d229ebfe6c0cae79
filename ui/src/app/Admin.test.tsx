// Can an administrator, and nobody else, look after people and workstations?
import { screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { expectAccessible, said, showMain } from "../test/render";

const open = async (options: Parameters<typeof showMain>[0] = {}) => {
  const shown = showMain({ admin: true, ...options });
  await shown.user.click(await screen.findByRole("button", { name: "People and workstations" }));
  return shown;
};
const rowOf = async (name: RegExp) => within((await screen.findAllByTestId("person-row")).find((row) => name.test(row.textContent ?? "")) ?? document.body);

test("who is no administrator has no such place", async () => {
  const { user } = showMain();
  await screen.findAllByRole("option");
  expect(screen.queryByRole("button", { name: "People and workstations" })).toBeNull();
  await user.keyboard("{Control>}k{/Control}");
  await user.type(await screen.findByRole("combobox"), "workstations");
  expect(screen.queryByRole("option", { name: /People and workstations/u })).toBeNull();
});

test("the palette leads there", async () => {
  const { user } = showMain({ admin: true });
  await screen.findByRole("button", { name: "People and workstations" });
  await user.keyboard("{Control>}k{/Control}");
  await user.type(await screen.findByRole("combobox"), "workstations{Enter}");
  expect(await screen.findByRole("heading", { name: "People and workstations" })).toBeTruthy();
  await expectAccessible();
});

test("invite: the login is proposed, a taken one is said, the text is shown once", async () => {
  const { user, backend } = await open();
  await user.click(await screen.findByTestId("invite-open"));
  const dialog = within(await screen.findByRole("dialog"));
  await user.click(dialog.getByTestId("invite-make"));
  expect(dialog.getAllByText("Required")).toHaveLength(2);
  await user.type(dialog.getByTestId("invite-name"), "Dr. Theó Specimen");
  expect(dialog.getByTestId<HTMLInputElement>("invite-login").value).toBe("theo.specimen");
  expect(dialog.getByText("Choose a role.")).toBeTruthy();
  await user.click(dialog.getByText("Physician"));
  await user.click(dialog.getByTestId("invite-make"));
  expect(await dialog.findByText("Somebody else has that login name.")).toBeTruthy();
  await user.clear(dialog.getByTestId("invite-login"));
  await user.type(dialog.getByTestId("invite-login"), "theo.b{Enter}");
  const made = within(await screen.findByRole("dialog", { name: /Invite for Dr\. Theó Specimen/u }));
  expect(made.getByTestId<HTMLTextAreaElement>("invite-text").value).toMatch(/^sotto-invite-v1\./u);
  await expectAccessible(screen.getByRole("dialog"));
  expect(document.querySelector("[data-sheet] svg")).not.toBeNull();
  await user.keyboard("{Escape}");
  await user.click(made.getByTestId("invite-print"));
  expect(said(backend, "print")).toHaveLength(1);
  await user.click(made.getByTestId("invite-done"));
  expect(document.body.innerHTML).not.toContain("sotto-invite-v1.");
  expect((await rowOf(/theo\.b/u)).getByText("Invited")).toBeTruthy();
  expect(said(backend, "invite").at(-1)).toEqual([{ name: "Dr. Theó Specimen", title: "", login: "theo.b", role: "physician", permissions: [], days: 7 }]);
});

test("a role is changed, and administration and conversations exclude each other", async () => {
  const { user, backend } = await open();
  expect((await rowOf(/Omar Testcase/u)).getByText("Physician")).toBeTruthy();
  await user.click((await rowOf(/Omar Testcase/u)).getByRole("button", { name: "Change the role of Omar Testcase" }));
  const dialog = within(await screen.findByRole("dialog"));
  await user.click(dialog.getByText("Custom"));
  await user.click(dialog.getByTestId("role-set"));
  expect(dialog.getByText("Tick at least one.")).toBeTruthy();
  await user.click(dialog.getByText("Clinical conversations"));
  await user.click(dialog.getByText("Look at the lists of people and workstations"));
  await user.click(dialog.getByText("Let workstations in and out"));
  await expectAccessible(screen.getByRole("dialog"));
  await user.click(dialog.getByTestId("role-set"));
  await waitFor(() => expect(said(backend, "setRole")).toEqual([["acc-omar", { role: "custom", permissions: ["workstations", "review"] }]]));
  expect(await (await rowOf(/Omar Testcase/u)).findByText(/^Let workstations in and out, Look at/u)).toBeTruthy();
});

test("an administrator has no inbox, and the officer only the lists", async () => {
  const { unmount } = showMain({ admin: true });
  expect(await screen.findByRole("heading", { name: "People and workstations" })).toBeTruthy();
  expect(screen.queryByRole("button", { name: /New conversation/u })).toBeNull();
  expect(screen.queryByRole("button", { name: "Search" })).toBeNull();
  await expectAccessible();
  unmount();
  showMain({ role: "privacy_officer" });
  expect((await screen.findAllByTestId("person-row")).length).toBeGreaterThan(5);
  expect(screen.queryByTestId("invite-open")).toBeNull();
  expect(screen.queryByRole("button", { name: /^Revoke|^Change the role/u })).toBeNull();
});

test("a new conversation offers the kinds of one's role, and people who may be in it", async () => {
  const { user } = showMain({ role: "front_desk" });
  await user.click((await screen.findAllByRole("button", { name: /New conversation|Compose|New/u }))[0] ?? document.body);
  const dialog = within(await screen.findByRole("dialog"));
  expect(dialog.getAllByRole("radio").map((one) => one.closest("label")?.textContent)).toEqual(["Scheduling", "Staff"]);
  expect(await dialog.findByText("Omar Testcase")).toBeTruthy();
  expect(dialog.queryByText("June Nobody")).toBeNull();
  await user.click(dialog.getByText("Staff"));
  expect(await dialog.findByText("June Nobody")).toBeTruthy();
});

test("revoking a person asks for the login to be typed", async () => {
  const { user, backend } = await open();
  expect((await rowOf(/Noor Example/u)).getAllByRole("button").map((one) => one.getAttribute("aria-label"))).toEqual(["Sign-ins of Noor Example"]);
  await user.click((await rowOf(/Omar Testcase/u)).getByRole("button", { name: "Revoke Omar Testcase" }));
  const dialog = within(await screen.findByRole("alertdialog"));
  await user.click(dialog.getByTestId("confirm"));
  expect(said(backend, "revokePerson")).toEqual([]);
  await user.type(dialog.getByTestId("confirm-word"), "Omar.Testcase{Enter}");
  await waitFor(async () => expect((await rowOf(/Omar Testcase/u)).getByText("Revoked")).toBeTruthy());
  expect(said(backend, "revokePerson")).toEqual([["acc-omar"]]);
});

test("who is in is invited again after being told what ends, and not oneself nor who never came", async () => {
  const { user, backend } = await open();
  const again = /^Invite again/u;
  expect((await rowOf(/Noor Example/u)).queryByRole("button", { name: again })).toBeNull();
  expect((await rowOf(/Bea Beispiel/u)).queryByRole("button", { name: again })).toBeNull();
  await user.click((await rowOf(/Omar Testcase/u)).getByRole("button", { name: "Invite again: Omar Testcase" }));
  const dialog = within(await screen.findByRole("dialog", { name: "Invite Omar Testcase again?" }));
  expect(dialog.getByText(/^Drafts, messages that were not sent yet and read marks/u)).toBeTruthy();
  await expectAccessible(screen.getByRole("dialog"));
  expect(said(backend, "inviteAgain")).toEqual([]);
  await user.click(dialog.getByText("3 days"));
  await user.click(dialog.getByTestId("again-make"));
  const made = within(await screen.findByRole("dialog", { name: /Invite for Omar Testcase/u }));
  expect(made.getByTestId<HTMLTextAreaElement>("invite-text").value).toMatch(/^sotto-invite-v1\./u);
  expect(said(backend, "inviteAgain")).toEqual([["acc-omar", 3]]);
  await user.click(made.getByTestId("invite-done"));
  expect((await rowOf(/Omar Testcase/u)).getByText("Active")).toBeTruthy();
});

test("who is to administer asks with password and code, and takes new codes along", async () => {
  const { user, backend } = await open({ standing: "may_ask" });
  expect(screen.queryByTestId("invite-open")).toBeNull();
  await user.click(await screen.findByTestId("ask-open"));
  const dialog = within(await screen.findByRole("dialog", { name: "Ask to become an administrator?" }));
  await user.click(dialog.getByTestId("ask-admin"));
  expect(said(backend, "askAdmin")).toEqual([]);
  await user.type(dialog.getByTestId("ask-password"), "correct horse battery");
  await user.type(dialog.getByTestId("code"), "123456");
  await expectAccessible(screen.getByRole("dialog"));
  await user.click(dialog.getByTestId("ask-admin"));
  const done = within(await screen.findByRole("dialog", { name: "You asked" }));
  expect(within(done.getByTestId("recovery-codes")).getAllByRole("listitem")).toHaveLength(10);
  await expectAccessible(screen.getByRole("dialog"));
  await user.click(done.getByTestId("codes-go"));
  expect(done.getByRole("alert")).toBeTruthy();
  await user.click(done.getByText(/wrote|printed|have/iu, { selector: "label, label *" }));
  await user.click(done.getByTestId("codes-go"));
  expect(await screen.findByText(/^You asked to become an administrator\./u)).toBeTruthy();
});

test("the founder grants what somebody asked for, and without the root's key the sheets do, with the line of a slip", async () => {
  const { user, backend, unmount } = await open();
  await user.click((await rowOf(/Iris Instance/u)).getByRole("button", { name: "Grant: make Iris Instance an administrator" }));
  expect(screen.queryByTestId("sheet-1")).toBeNull();
  await user.click(screen.getByTestId("grant-admin"));
  await waitFor(() => expect(said(backend, "grantAdmin")).toEqual([[{ account: "acc-iris", sheets: [] }]]));
  expect((await rowOf(/Iris Instance/u)).queryByRole("button", { name: /^Grant/u })).toBeNull();
  unmount();

  const other = await open({ standing: "asked" });
  await other.user.click(await screen.findByTestId("grant-self"));
  const dialog = within(await screen.findByRole("dialog", { name: "Make Noor Example an administrator?" }));
  await other.user.click(dialog.getByTestId("sheet-1"));
  await other.user.paste("SOTTO ROOT SHEET");
  await other.user.click(dialog.getByTestId("grant-admin"));
  expect((await dialog.findByRole("alert")).textContent).toContain("too few");
  await other.user.click(dialog.getByTestId("sheet-2"));
  await other.user.paste("a slip");
  await other.user.click(dialog.getByTestId("grant-admin"));
  expect(await dialog.findByText(/^Line 7: A root sheet is not as it was printed\.$/u)).toBeTruthy();
  await expectAccessible(screen.getByRole("dialog"));
  expect(said(other.backend, "grantAdmin")).toEqual([]);
  await other.user.clear(dialog.getByTestId("sheet-2"));
  await other.user.click(dialog.getByTestId("sheet-2"));
  await other.user.paste("SOTTO ROOT SHEET 2");
  await other.user.click(dialog.getByTestId("grant-admin"));
  await waitFor(() => expect(said(other.backend, "grantAdmin")).toEqual([[{ account: "acc-noor", sheets: ["SOTTO ROOT SHEET", "SOTTO ROOT SHEET 2"] }]]));
  expect(await screen.findByTestId("invite-open")).toBeTruthy();
});

test("import: judged first, then only what fits, then the sheets", async () => {
  const { user, backend } = await open();
  await user.click(await screen.findByTestId("import-open"));
  await user.click(screen.getByTestId("import-check"));
  expect((await screen.findByRole("alert")).textContent).toContain("nobody on the list");
  await user.click(screen.getByTestId("import-text"));
  await user.paste("Name;Title;Login;Role\nRosa Ejemplo;Nurse;;Nurse\nSam Specimen;;x;Front desk\nRose Ejemplo;Nurse;rosa.ejemplo;nurse\n;;nobody;nurse\nIrma Instance;;irma;chief\n");
  await user.click(screen.getByTestId("import-check"));
  const dialog = within(await screen.findByRole("dialog", { name: "What the list would do" }));
  expect(dialog.getByText("1 person can be invited")).toBeTruthy();
  expect(dialog.getByText("An earlier row has this login name")).toBeTruthy();
  expect(dialog.getByText("line 4")).toBeTruthy();
  expect(dialog.getByText("There is no role, or not one that is known")).toBeTruthy();
  await expectAccessible(screen.getByRole("dialog"));
  expect(said(backend, "importPeople")).toHaveLength(1);
  await user.click(dialog.getByTestId("import-invite"));
  expect(await screen.findByRole("button", { name: "Print 1 sheet" })).toBeTruthy();
  expect(said(backend, "importPeople").at(-1)).toEqual([{ rows: [{ name: "Rosa Ejemplo", title: "Nurse", login: "rosa.ejemplo", role: "nurse", permissions: "" }], days: 7, dry_run: false }]);
});

test("workstations: a token is made and shown, this machine can be revoked only by its name", async () => {
  const { user, backend } = await open();
  await user.click(await screen.findByRole("tab", { name: "Workstations" }));
  expect(await screen.findByText("24 of 24 workstations")).toBeTruthy();
  await expectAccessible();
  await user.click(screen.getByTestId("token-open"));
  const dialog = within(await screen.findByRole("dialog"));
  await user.type(dialog.getByTestId("token-name"), "3-West-Cart-3");
  await user.click(dialog.getByText("One person"));
  await user.click(dialog.getByTestId("token-make"));
  expect((await screen.findByTestId<HTMLTextAreaElement>("token-text")).value).toMatch(/^sotto-workstation-v1\./u);
  expect(said(backend, "makeWorkstationToken")).toEqual([[{ name: "3-West-Cart-3", location: "", kind: "private", days: 7 }]]);
  await user.click(screen.getByTestId("token-done"));
  await user.type(screen.getByRole("textbox"), "Front-Desk-2");
  await user.click((await screen.findAllByTestId("workstation-row"))[0] ?? document.body);
  await user.click(await screen.findByTestId("revoke-open"));
  expect(screen.getByText(/the machine you are sitting at/u)).toBeTruthy();
  await user.type(screen.getByTestId("confirm-word"), "front-desk-2");
  await user.click(screen.getByTestId("confirm"));
  await waitFor(() => expect(said(backend, "revokeWorkstation")).toEqual([["ws-1"]]));
});

test("loading, failing and empty are said", async () => {
  await open({ fail: { people: { code: "server_unreachable" } } });
  expect(await screen.findByText("The server cannot be reached.")).toBeTruthy();
});
