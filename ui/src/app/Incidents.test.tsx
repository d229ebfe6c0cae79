// Is a lost machine kept in the register, seen by whoever may, closed as what it was, and given away with its receipts?
import { screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";
import type { IncidentView } from "../backend/bindings";
import { makeCommands } from "../backend/fake/commands";
import { stepStates } from "../features/workstations/lost";
import { machine, NOW } from "../test/fleet";
import { expectAccessible, said, showMain } from "../test/render";

type Options = Parameters<typeof showMain>[0];

const openRegister = async (options: Options = { admin: true }) => {
  const shown = showMain(options);
  await shown.user.click(await screen.findByRole("tab", { name: "Incidents" }));
  return shown;
};
const rows = async () => (await screen.findAllByTestId("incident-row")).map((row) => row.textContent);
const openIncident = async (name: string, options?: Options) => {
  const shown = await openRegister(options);
  await shown.user.click(await screen.findByText(name));
  return { ...shown, panel: within(await screen.findByTestId("incident-panel")) };
};
const openSteps = async (name: string, options: Options = { admin: true }) => {
  const shown = showMain(options);
  await shown.user.click(await screen.findByRole("tab", { name: "Workstations" }));
  await shown.user.type(await screen.findByRole("textbox"), name);
  await waitFor(() => expect(screen.getAllByTestId("workstation-row").length).toBe(1));
  await shown.user.click(screen.getAllByTestId("workstation-row")[0] ?? document.body);
  await shown.user.click(await screen.findByTestId("lost-open"));
  return { ...shown, step: (step: string) => within(screen.getByTestId(`lost-${step}-step`)) };
};

test("the register has the open and the closed, the newest first, and words choose among them", async () => {
  const { user } = await openRegister();
  expect(await rows()).toEqual([
    expect.stringMatching(/Exam-7-Laptop.*Lost.*Lena Sampleton.*Reported, open/u), expect.stringMatching(/Day-Clinic-4.*Stolen.*Wiped, with receipt/u),
    expect.stringMatching(/Front-Desk-2.*Found/u), expect.stringMatching(/Billing-1.*Written off/u),
  ]);
  await expectAccessible();
  await user.type(screen.getByRole("textbox"), "day-clin");
  await waitFor(async () => expect((await rows()).length).toBe(1));
});

test("an incident says what was commanded since, whose keys were there, and has the receipt", async () => {
  const { panel } = await openIncident("Day-Clinic-4", { role: "privacy_officer" });
  expect(panel.getByText("Other files of people")).toBeTruthy();
  expect(panel.getAllByTestId("command-card").length).toBe(1);
  expect(panel.getByTestId("incident-person").textContent).toBe("Luis EjemploSame keys");
  expect(panel.queryByTestId("incident-close")).toBeNull();
  await expectAccessible();
});

test("one that is open ends as found or written off; wiped is not offered without a receipt", async () => {
  const { user, backend, panel } = await openIncident("Exam-7-Laptop");
  expect(panel.getAllByTestId("incident-person").map((one) => one.textContent)).toEqual(["Iris InstanceNew keys", "Omar TestcaseSame keys", "Perry FormerRevoked"]);
  await user.click(panel.getByTestId("incident-close"));
  const dialog = within(await screen.findByRole("dialog"));
  expect(dialog.queryByText("Wiped, with receipt")).toBeNull();
  await user.click(dialog.getByText("Written off"));
  expect(dialog.getByText("1 person still has the keys that were on it.")).toBeTruthy();
  await expectAccessible(screen.getByRole("dialog"));
  await user.click(dialog.getByTestId("incident-close-go"));
  await waitFor(() => expect(said(backend, "closeIncident")).toEqual([[{ incident: "inc-away", outcome: "written_off" }]]));
  expect((await panel.findAllByText("Written off")).length).toBeGreaterThan(0);
  await waitFor(() => expect(screen.queryByTestId("incident-close")).toBeNull());
});

test("who only reviews sees it and may not touch it, and exports it", async () => {
  const { user, backend, panel } = await openIncident("Exam-7-Laptop", { role: "privacy_officer" });
  expect(panel.queryByTestId("incident-close")).toBeNull();
  await user.click(screen.getByTestId("incidents-export"));
  const proof: unknown = JSON.parse((await screen.findByTestId<HTMLTextAreaElement>("incidents-text")).value);
  expect(proof).toEqual(await backend.exportIncidents());
  expect(screen.getByText("sotto fleet receipts verify incidents.json")).toBeTruthy();
  await expectAccessible(screen.getByRole("dialog"));
});

test("a lost machine: the steps show what is so, and it is remembered", async () => {
  const { user, backend, step } = await openSteps("3-West-Cart-1");
  expect(step("report").getByText("Do this now")).toBeTruthy();
  await user.click(screen.getByTestId("lost-report"));
  expect(await step("report").findByText("Done")).toBeTruthy();
  expect(said(backend, "openIncident")).toEqual([[{ workstation: "ws-2", reason: "lost" }]]);
  await user.click(screen.getByTestId("lost-lock"));
  await user.click(await screen.findByTestId("command-give"));
  expect(await step("lock").findByText("Issued, not delivered")).toBeTruthy();
  await user.click(screen.getByTestId("lost-close"));
  await user.click(screen.getByRole("button", { name: "Lost: go on with the steps" }));
  expect(step("report").getByText("Done")).toBeTruthy();
  await user.click(screen.getByTestId("lost-wipe"));
  await user.type(await screen.findByTestId("command-word"), "3-West-Cart-1");
  await user.click(screen.getByTestId("command-give"));
  expect(await step("wipe").findByText("Needs a second administrator")).toBeTruthy();
  expect(step("revoke").getByText("Do this now")).toBeTruthy();
  const wipe = (await backend.commands())[0]?.command ?? "";
  backend.agree(wipe, "Iris Instance");
  backend.hear(wipe);
  backend.emit({ kind: "workstation_changed" });
  expect(await step("receipt").findByText("Complete: everything found is gone")).toBeTruthy();
  expect(step("revoke").getByText("Done")).toBeTruthy();
  await expectAccessible(screen.getByRole("dialog"));
});

test("who opens the steps later finds the report of another administrator, and closes it as found", async () => {
  const { user, backend, step } = await openSteps("Exam-7-Laptop");
  expect(await step("report").findByText(/Reported as Lost by/u)).toBeTruthy();
  expect(step("lock").getByTestId("command-card")).toBeTruthy();
  await user.click(screen.getByTestId("lost-end"));
  const dialog = within((await screen.findAllByRole("dialog")).at(-1) ?? document.body);
  await user.click(dialog.getByText("Found"));
  expect(dialog.getByText(/It stays out of service/u)).toBeTruthy();
  await user.click(dialog.getByTestId("incident-close-go"));
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  expect((await backend.incidents()).find((one) => one.incident === "inc-away")?.closed?.outcome).toBe("found");
  await waitFor(() => expect(screen.getByTestId("lost-open").textContent).toContain("This workstation is lost"));
});

test("a slip is closed as found from the report, and a refusal stays in sight", async () => {
  const { user, backend, step } = await openSteps("3-West-Cart-1");
  await user.click(step("report").getByTestId("lost-report"));
  await user.click(await step("report").findByTestId("lost-undo"));
  await user.click(await screen.findByTestId("incident-close-go"));
  await waitFor(() => expect(said(backend, "closeIncident")).toEqual([[{ incident: expect.stringMatching(/^inc-new/u), outcome: "found" }]]));
});

test("a report that the server refuses reports nothing", async () => {
  const { user, step } = await openSteps("3-West-Cart-1", { admin: true, fail: { openIncident: { code: "server_unreachable" } } });
  await user.click(step("report").getByTestId("lost-report"));
  expect(await step("report").findByRole("alert")).toBeTruthy();
  expect(step("report").getByText("Do this now")).toBeTruthy();
  expect(step("lock").getByTestId<HTMLButtonElement>("lost-lock").disabled).toBe(true);
});

test("where nothing was ever reported, it says where that is done", async () => {
  await openRegister({ admin: true, empty: true });
  expect(await screen.findByText("No machine was ever reported")).toBeTruthy();
  expect(screen.getByText(/This workstation is lost…/u)).toBeTruthy();
  expect(screen.queryByTestId("incidents-export")).toBeNull();
});

test("the steps come from the incident and its commands, and a wipe of before it counts", () => {
  const entry = machine("Exam-7-Laptop");
  const commands = makeCommands(NOW).filter((one) => one.workstation === entry.id);
  const person = { account: "acc-omar", name: "Omar Testcase", revoked: false, renewed: false };
  const incident: IncidentView = { incident: "inc", workstation: entry.id, workstation_name: entry.name, reason: "lost", opened_by: null, opened_at: NOW, commands, shut_out: true, wiped: false, people: [person], closed: null };
  expect(stepStates(incident, entry)).toEqual({ report: "done", lock: "under_way", wipe: "done", revoke: "done", people: "now", receipt: "under_way", close: "later" });
  expect(stepStates({ ...incident, people: [{ ...person, renewed: true }] }, entry)).toMatchObject({ people: "done", close: "now" });
  expect(stepStates(null, machine("Front-Desk-2"))).toEqual({ report: "now", lock: "later", wipe: "later", revoke: "later", people: "later", receipt: "later", close: "later" });
});
