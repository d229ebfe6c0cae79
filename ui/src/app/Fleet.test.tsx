// Can an administrator see thousands of machines, tell them what to do, and never read "wiped" where no receipt says so?
import { screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";
import type { CommandRequest, CommandView, WorkstationEntry } from "../backend/bindings";
import { makeMachines } from "../backend/fake/machines";
import { exportCommands, exportMachines } from "../features/workstations/exported";
import { select, standingOf, WHOLE } from "../features/workstations/fleetView";
import { stepsOf } from "../features/workstations/timeline";
import { makeCsv } from "../lib/csvOut";
import { command, machine, NOW, open } from "../test/fleet";
import { expectAccessible, said, showMain } from "../test/render";

const rows = () => screen.getAllByTestId("workstation-row");
const hows = (one: CommandView) => stepsOf(one).map(({ step, how }) => `${step} ${how}`);

test("of 5,000 machines only what is in sight is drawn, and keys reach the last", async () => {
  const { user } = await open("Workstations", { machines: 5_000 });
  expect(await screen.findByText("5,000 of 5,000 workstations")).toBeTruthy();
  const grid = screen.getByRole("grid", { name: "Workstations" });
  expect(grid.getAttribute("aria-rowcount")).toBe("5001");
  expect(screen.getAllByTestId("workstation-row").length).toBeLessThan(60);
  screen.getAllByTestId("workstation-row")[0]?.focus();
  await user.keyboard("{End}");
  await waitFor(() => expect(document.activeElement?.getAttribute("aria-rowindex")).toBe("5001"));
  await user.keyboard(" {Shift>}{ArrowUp}{/Shift}");
  expect(await screen.findByText("2 workstations chosen")).toBeTruthy();
  await user.keyboard("{Escape}");
  expect(screen.queryByText("2 workstations chosen")).toBeNull();
  await expectAccessible();
});

test("chips, words and a kept view choose what is shown; it is there again after another tab", async () => {
  const { user } = await open("Workstations");
  await user.click(await screen.findByTestId("chip-unencrypted"));
  await waitFor(() => expect(rows().length).toBeLessThan(20));
  for (const row of rows()) expect(row.textContent).toContain("NOT encrypted");
  await user.click(screen.getByTestId("keep-view"));
  await user.type(screen.getByTestId("view-name"), "To encrypt{Enter}");
  await user.click(screen.getByRole("tab", { name: "People" }));
  await user.click(screen.getByRole("tab", { name: "Workstations" }));
  expect((await screen.findByRole("button", { name: "To encrypt" })).getAttribute("aria-pressed")).toBe("true");
  await user.click(screen.getByRole("button", { name: "To encrypt" }));
  expect(await screen.findByText("24 of 24 workstations")).toBeTruthy();
  await user.click(screen.getByRole("button", { name: "Vaults" }));
  await user.click(screen.getByRole("button", { name: "Vaults" }));
  expect(screen.getByRole("columnheader", { name: "Vaults" }).getAttribute("aria-sort")).toBe("descending");
});

test("several machines are wiped only by their number and the word, and each needs somebody else", async () => {
  const { user, backend } = await open("Workstations");
  await user.type(await screen.findByRole("textbox"), "radiology");
  await waitFor(() => expect(screen.getByTestId("choose-all")).toBeTruthy());
  const choices = await screen.findAllByTestId("choose");
  await user.click(choices[0] ?? document.body);
  await user.click(choices[1] ?? document.body);
  await user.click(screen.getByTestId("chosen-wipe"));
  const dialog = within(await screen.findByRole("alertdialog"));
  await user.click(dialog.getByTestId("command-give"));
  expect(dialog.getByText("Choose a reason. It stands in the signed command.")).toBeTruthy();
  await user.click(dialog.getByText("Retired machine"));
  await user.type(dialog.getByTestId("command-word"), "WIPE 2");
  await expectAccessible(screen.getByRole("alertdialog"));
  await user.click(dialog.getByTestId("command-give"));
  expect(await screen.findByText(/2 commands are given/u)).toBeTruthy();
  expect(said(backend, "issueCommand").map(([request]) => request)).toEqual([expect.objectContaining({ action: "wipe", account: null, reason: "retired" }), expect.objectContaining({ action: "wipe", account: null, reason: "retired" })]);
  await user.click(screen.getByTestId("command-done"));
  expect((await backend.commands()).slice(0, 2).map((one) => one.state)).toEqual(["requested", "requested"]);
});

test("of 5,000 machines those without encryption are chosen at once and wiped by typing how many", async () => {
  const { user, backend } = await open("Workstations", { machines: 5_000 });
  await user.click(await screen.findByTestId("chip-unencrypted"));
  const unsafe = makeMachines(5_000, NOW).filter((one) => one.report?.disk_encrypted === false && one.state === "active").length;
  expect(await screen.findByText(`${unsafe} of 5,000 workstations`)).toBeTruthy();
  await user.click(screen.getByTestId("choose-all"));
  await user.click(screen.getByTestId("chosen-wipe"));
  const dialog = within(await screen.findByRole("alertdialog"));
  expect(dialog.getByText(`and ${unsafe - 6} more`)).toBeTruthy();
  await user.click(dialog.getByText("Suspicion"));
  await user.type(dialog.getByTestId("command-word"), `wipe ${unsafe + 1}{Enter}`);
  expect(said(backend, "issueCommand")).toEqual([]);
  expect(dialog.getByText(`That is not the same. Type: wipe ${unsafe}`)).toBeTruthy();
  await user.clear(dialog.getByTestId("command-word"));
  await user.type(dialog.getByTestId("command-word"), `wipe ${unsafe}{Enter}`);
  expect(await screen.findByText(new RegExp(`^${unsafe} commands are given`, "u"))).toBeTruthy();
  const told = said(backend, "issueCommand").map(([request]) => request as CommandRequest);
  expect(new Set(told.map((one) => one.workstation)).size).toBe(unsafe);
  expect(told.every((one) => one.action === "wipe" && one.reason === "suspected")).toBe(true);
});

test("while commands go out the dialog stays, and who is left after Stop is told so and can be told again", async () => {
  const { user, backend } = await open("Workstations");
  await user.type(await screen.findByRole("textbox"), "radiology");
  await user.click(await screen.findByTestId("choose-all"));
  await user.click(screen.getByTestId("chosen-lock"));
  const answers: (() => void)[] = [];
  backend.issueCommand = () => new Promise((resolve) => { answers.push(() => resolve("cmd")); });
  await user.click(screen.getByText("Routine"));
  await user.click(screen.getByTestId("command-give"));
  const stop = await screen.findByRole("button", { name: "Stop" });
  await user.keyboard("{Escape}");
  expect(screen.getByRole("dialog")).toBeTruthy();
  await user.click(stop);
  answers[0]?.();
  expect(await screen.findByText(/^1 command is given/u)).toBeTruthy();
  expect(screen.getByText(/^Stopped: \d+ workstations? (?:was|were) told nothing/u)).toBeTruthy();
  expect(answers.length).toBe(1);
  expect(screen.getByTestId("command-again")).toBeTruthy();
});

test("what is shown goes out as CSV and as JSON, and no cell of it is run by a spreadsheet", async () => {
  const { user } = await open("Workstations");
  await user.click(await screen.findByTestId("chip-unencrypted"));
  await waitFor(() => expect(rows().length).toBeLessThan(20));
  await user.click(screen.getByTestId("export-open"));
  const area = await screen.findByTestId<HTMLTextAreaElement>("export-text");
  const shown = select(makeMachines(24, NOW), { ...WHOLE, filters: ["unencrypted"] }, NOW);
  expect(area.value.split("\n")[0]).toMatch(/^id,name,location,kind,state,connected,stale,last_seen_at,/u);
  expect(area.value.split("\n").filter((line) => line.includes(",")).length).toBe(shown.length + 1);
  await expectAccessible(screen.getByRole("dialog"));
  await user.click(screen.getByText("JSON, for programs"));
  await waitFor(() => expect(screen.getByTestId<HTMLTextAreaElement>("export-text").value.startsWith("[")).toBe(true));
  const entries = JSON.parse(screen.getByTestId<HTMLTextAreaElement>("export-text").value) as WorkstationEntry[];
  expect(entries.map((one) => one.name)).toEqual(shown.map((one) => one.name));
});

test("a name that is a formula stays a text, quotes and line breaks stay one cell, and what is not known is empty", async () => {
  const odd = { ...machine("Billing-1"), name: "=HYPERLINK(\"http://x\")", location: "Room 1,\nleft", report: null, last_seen_at: Date.UTC(2026, 0, 2) };
  const csv = await exportMachines([odd]).textOf("csv");
  expect(csv.split("\r\n")[1]).toBe(`ws-3,"'=HYPERLINK(""http://x"")","Room 1,\nleft",private,active,false,true,2026-01-02T00:00:00.000Z,,false,0,,,,,,,,,Perry Former`);
  expect(csv.endsWith("\r\n")).toBe(true);
  for (const start of ["+1", "-1", "@SUM(A1)", "\t=1", " =1", "\uFF1D1"]) expect(await makeCsv(["a"], [[start]])).toContain(`'${start}`);
  const left = await exportCommands([command("cmd-left")]).textOf("csv");
  expect(left.split("\r\n")[1]?.endsWith(",done,2026-02-27T12:00:02.600Z,false,3")).toBe(true);
});

test("one person's vault: who left can be chosen, and the account is in the command", async () => {
  const { user, backend } = await open("Workstations");
  await user.type(await screen.findByRole("textbox"), "3-West-Cart-1");
  await user.click((await screen.findAllByTestId("workstation-row"))[0] ?? document.body);
  await user.click(await screen.findByTestId("do-wipe_person"));
  const dialog = within(await screen.findByRole("alertdialog"));
  await user.click(dialog.getByTestId("command-give"));
  expect(dialog.getByText("Choose a person.")).toBeTruthy();
  await user.click(await dialog.findByText("Perry Former"));
  await user.click(dialog.getByText("Somebody left"));
  await user.type(dialog.getByTestId("command-word"), "3-west-cart-1{Enter}");
  await waitFor(() => expect(said(backend, "issueCommand")).toEqual([[{ workstation: "ws-2", account: "acc-gone", action: "wipe", reason: "leaver" }]]));
});

test("who gave a command does not see Approve; somebody else does, and types the machine's name", async () => {
  const { user, backend } = await open("Commands");
  await user.click(await screen.findByText("Day-Clinic-3"));
  expect(await screen.findByText(/You gave it, so somebody else must agree/u)).toBeTruthy();
  expect(screen.queryByTestId("approve")).toBeNull();
  await user.click(screen.getByText("Emergency-3"));
  await user.click(await screen.findByTestId("approve"));
  await user.type(await screen.findByTestId("confirm-word"), "emergency-3{Enter}");
  await waitFor(() => expect(said(backend, "approveCommand")).toEqual([["cmd-requested"]]));
  expect(await screen.findByText("Issued: the server’s half is destroyed")).toBeTruthy();
});

test("without a receipt nothing is called done, and complete only when nothing is left", () => {
  expect(hows(command("cmd-requested"))).toEqual(["requested done", "approved waits", "issued ahead", "delivered ahead", "executing ahead", "receipted ahead"]);
  expect(hows(command("cmd-unconfirmed"))).toEqual(["requested done", "approved done", "issued done", "delivered waits", "executing ahead", "receipted ahead"]);
  expect(hows(command("cmd-executing")).slice(-2)).toEqual(["executing done", "receipted waits"]);
  expect(hows(command("cmd-lapsed"))[1]).toBe("approved failed");
});

test("unconfirmed says that nobody knows, and until when the machine would still do it; never that it was done", async () => {
  const { user } = await open("Commands");
  await user.click((await screen.findAllByText("Exam-7-Laptop"))[0] ?? document.body);
  const card = within(await screen.findByTestId("command-card"));
  expect(card.getByText("A day has passed without a receipt. Nobody knows whether it was done.")).toBeTruthy();
  expect(card.getByText(/A machine that is heard before \d\d \w{3} \d{4} still does it\./u)).toBeTruthy();
  expect(card.getByText("none yet, so this is not “wiped”")).toBeTruthy();
  expect(card.queryByText(/signed that it is done/u)).toBeNull();
});

test("a receipt shows its list, and what is left is said", async () => {
  const { user } = await open("Commands");
  await user.click(await screen.findByText("Day-Clinic-4"));
  expect(await screen.findByText(/3 things are still there/u)).toBeTruthy();
  expect(screen.queryByText(/^Complete/u)).toBeNull();
  await user.click(screen.getByText("Day-Clinic-Old"));
  expect(await screen.findByText("Complete: everything found is gone")).toBeTruthy();
  await expectAccessible();
  await user.click(screen.getByTestId("receipts-open"));
  expect((await screen.findByTestId<HTMLTextAreaElement>("receipts-text")).value).toContain("\"sotto_receipts\": 1");
  expect(screen.getByText("sotto fleet receipts verify receipts.json")).toBeTruthy();
});

test("a group: every rule is left as it is, and what is set reaches the core", async () => {
  const { user, backend } = await open("Groups and rules");
  await user.click(await screen.findByTestId("group-new"));
  const dialog = within(await screen.findByRole("dialog"));
  await user.click(dialog.getByTestId("group-set"));
  expect(dialog.getByText("Set at least one rule.")).toBeTruthy();
  await user.type(dialog.getByTestId("group-name"), "Emergency");
  await user.click(dialog.getByText("Chosen ones"));
  await user.click(await dialog.findByText("Front-Desk-2"));
  await user.click(dialog.getByText("30 seconds"));
  await user.click(dialog.getByText("never"));
  await user.click(dialog.getByText("Only these"));
  await user.click(dialog.getByRole("checkbox", { name: "films" }));
  await user.click(dialog.getByText("not blocked"));
  await expectAccessible(screen.getByRole("dialog"));
  await user.click(dialog.getByTestId("group-set"));
  await waitFor(() => expect(said(backend, "setGroup")).toEqual([[{
    group: null, name: "Emergency", members: { workstations: ["ws-1"] },
    settings: { idle_lock_s: 30, session_s: null, lease_s: 0, self_wipe_days: null, retain_days: null, attachment_mb: null, attachment_types: ["image", "pdf", "office", "text", "audio"], pin: null, notifications: null, clipboard: null, content_protection: false, two_person_wipe: null },
  }]]));
  await user.click(screen.getByRole("tab", { name: "Workstations" }));
  await user.type(await screen.findByRole("textbox"), "Front-Desk-2");
  await user.click((await screen.findAllByTestId("workstation-row"))[0] ?? document.body);
  expect((await screen.findAllByText("group Emergency")).length).toBe(4);
});

test("an older version is one older than the newest in service, and a machine that is out or silent is not counted", () => {
  const fleet = makeMachines(140, NOW);
  const found = select(fleet, { ...WHOLE, filters: ["outdated"] }, NOW);
  expect(new Set(found.map((one) => one.report?.app_version))).toEqual(new Set(["1.3.9", "1.4.1"]));
  expect(found.every((one) => one.state === "active")).toBe(true);
  const ten = fleet.map((one) => (one.name === "Front-Desk-2" && one.report !== null ? { ...one, report: { ...one.report, app_version: "1.10.0" } } : one));
  expect(select(ten, { ...WHOLE, filters: ["outdated"] }, NOW).length).toBe(ten.filter((one) => one.state === "active" && one.report !== null).length - 1);
});

test("whoever uses a workstation reads in the preferences what holds there and whose rule it is", async () => {
  const { user, backend } = showMain({ role: "nurse" });
  await user.click(await screen.findByRole("button", { name: "Preferences" }));
  const rule = within(await screen.findByTestId("rule-idle_lock_s"));
  expect(rule.getByText("90 seconds")).toBeTruthy();
  expect(rule.getByText("group Shared machines")).toBeTruthy();
  expect(within(screen.getByTestId("rule-session_s")).getByText("clinic’s policy")).toBeTruthy();
  expect(new Set(said(backend, "rules").flat()), "of no other machine").toEqual(new Set([null]));
});

test("offline nothing is claimed, and the officer may look and not touch", async () => {
  expect(standingOf({ ...machine("3-West-Cart-1"), last_seen_at: null }, "offline", NOW)).toBe("unknown");
  expect(select(makeMachines(140, NOW), { ...WHOLE, filters: ["stale"] }, NOW).every((one) => one.stale)).toBe(true);
  const { unmount } = await open("Workstations", { connection: "offline" });
  expect(await screen.findByText(/commands cannot be given/u)).toBeTruthy();
  unmount();
  const { user } = showMain({ role: "privacy_officer" });
  await user.click(await screen.findByRole("tab", { name: "Workstations" }));
  await user.click((await screen.findAllByTestId("workstation-row"))[0] ?? document.body);
  expect(await screen.findByText("What holds here")).toBeTruthy();
  expect(screen.queryByTestId("lost-open")).toBeNull();
  expect(screen.queryByTestId("choose-all")).toBeNull();
  await user.click(screen.getByRole("tab", { name: "Commands" }));
  await user.click(await screen.findByText("Emergency-3"));
  expect(await screen.findByTestId("command-card")).toBeTruthy();
  expect(screen.queryByTestId("approve")).toBeNull();
});
