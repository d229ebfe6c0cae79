// Does the window say who answers for a machine, keep every hand it went through, and let only who may hand it on?
import { screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { makeMachines } from "../backend/fake/machines";
import { select, WHOLE } from "../features/workstations/fleetView";
import { expectAccessible, said, showMain } from "../test/render";

const NOW = Date.UTC(2026, 2, 4, 12);

/** The part of a machine's panel that is about custody. */
const openMachine = async (name: string, options: Parameters<typeof showMain>[0] = { admin: true }) => {
  const shown = showMain(options);
  await shown.user.click(await screen.findByRole("tab", { name: "Workstations" }));
  await shown.user.type(await screen.findByRole("textbox"), name);
  await waitFor(() => expect(screen.getAllByTestId("workstation-row").length).toBe(1));
  await shown.user.click(screen.getAllByTestId("workstation-row")[0] ?? document.body);
  return { ...shown, part: await screen.findByTestId("custody") };
};
const changes = (part: HTMLElement) => within(part).queryAllByTestId("custody-change").map((one) => one.textContent);
const firstRows = () => screen.getAllByTestId("workstation-row").slice(0, 3).map((row) => row.textContent);

test("a machine says who answers for it and through whose hands it went, the newest first", async () => {
  const { part } = await openMachine("3-West-Cart-1");
  expect(part.textContent).toContain("CustodianIris Instance");
  await waitFor(() => expect(changes(part)).toEqual([
    expect.stringMatching(/^From Omar Testcase to Iris InstanceSigned by Noor Example/u),
    expect.stringMatching(/^Handed to Omar TestcasePlace: 3 West, medication cartSigned by Noor Example/u),
  ]));
  await expectAccessible();
});

test("it is handed to somebody who is here, with the place, and the log has one more hand", async () => {
  const { user, backend, part } = await openMachine("3-West-Cart-1");
  await user.click(within(part).getByTestId("custody-open"));
  const dialog = within(await screen.findByRole("dialog"));
  expect(await dialog.findByText("Iris Instance")).toBeTruthy();
  await user.click(dialog.getByRole("button", { name: "Choose another" }));
  await user.click(dialog.getByTestId("custody-save"));
  expect(dialog.getByText("Choose a person.")).toBeTruthy();
  expect(dialog.queryByText("Perry Former")).toBeNull();
  await user.click(await dialog.findByText("Luis Ejemplo"));
  await user.clear(dialog.getByTestId("custody-location"));
  await user.type(dialog.getByTestId("custody-location"), " 3 West, desk ");
  await expectAccessible(screen.getByRole("dialog"));
  await user.click(dialog.getByTestId("custody-save"));
  await waitFor(() => expect(said(backend, "setCustody")).toEqual([[{ workstation: "ws-2", custodian: "acc-luis", location: "3 West, desk" }]]));
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  await waitFor(() => expect(changes(part)[0]).toMatch(/^From Iris Instance to Luis EjemploPlace: 3 West, desk/u));
  expect(changes(part).length).toBe(3);
  await waitFor(() => expect(part.textContent).toContain("CustodianLuis Ejemplo"));
});

test("nobody is an answer too, and a refusal keeps the form", async () => {
  const { user, backend, part } = await openMachine("3-West-Cart-1", { admin: true, fail: { setCustody: { code: "server_unreachable" } } });
  await user.click(within(part).getByTestId("custody-open"));
  const dialog = within(await screen.findByRole("dialog"));
  await user.click(dialog.getByText("Nobody"));
  await user.click(dialog.getByTestId("custody-save"));
  expect(await dialog.findByRole("alert")).toBeTruthy();
  expect(said(backend, "setCustody")).toEqual([[{ workstation: "ws-2", custodian: null, location: "3 West, medication cart" }]]);
  await waitFor(() => expect(changes(part).length).toBe(2));
});

test("whoever left is shown as out, and who only reviews changes nothing", async () => {
  const { part } = await openMachine("Billing-1", { role: "privacy_officer" });
  expect(part.textContent).toContain("CustodianPerry FormerRevoked");
  await waitFor(() => expect(changes(part).length).toBe(1));
  expect(within(part).queryByTestId("custody-open")).toBeNull();
});

test("the list has a column for who answers, sorted with those first who are out by now, and goes out as it is seen", async () => {
  const { user } = showMain({ admin: true });
  await user.click(await screen.findByRole("tab", { name: "Workstations" }));
  await user.click(await screen.findByRole("button", { name: "Custodian" }));
  expect(screen.getByRole("columnheader", { name: "Custodian" }).getAttribute("aria-sort")).toBe("ascending");
  await waitFor(() => expect(firstRows()[0]).toContain("Billing-1"));
  expect(firstRows()).toEqual([expect.stringContaining("Perry FormerRevoked"), expect.stringContaining("Iris Instance"), expect.stringContaining("Omar Testcase")]);
  await expectAccessible();
  await user.click(screen.getByTestId("export-open"));
  const lines = (await screen.findByTestId<HTMLTextAreaElement>("export-text")).value.split("\n").map((line) => line.trim());
  expect(lines[0]).toMatch(/,custodian$/u);
  expect(lines.slice(1, 4).map((line) => line.split(",").at(-1))).toEqual(["Perry Former", "Iris Instance", "Omar Testcase"]);
});

test("machines that nobody answers for are found by a press: also where who did is out, and not those out of service", async () => {
  const { user } = showMain({ admin: true, connection: "offline" });
  await user.click(await screen.findByRole("tab", { name: "Workstations" }));
  const found = select(makeMachines(24, NOW), { ...WHOLE, filters: ["no_custodian"] }, NOW).map((one) => one.name);
  expect(found).toContain("Billing-1");
  expect(found).toContain("Front-Desk-2");
  for (const not of ["3-West-Cart-1", "Day-Clinic-Old", "3-West-Cart-2"]) expect(found).not.toContain(not);
  const chip = await screen.findByTestId("chip-no_custodian");
  expect(chip.textContent, "what was signed is known without the server").toContain(String(found.length));
  await user.click(chip);
  expect(await screen.findByText(`${found.length} of 24 workstations`)).toBeTruthy();
});

test("a machine is found by who answers for it", () => {
  const found = select(makeMachines(24, NOW), { ...WHOLE, query: "iris inst" }, NOW);
  expect(found.map((one) => one.name)).toEqual(["3-West-Cart-1"]);
});
