// Can an administrator see whose system does not lock its screen by itself, and is nothing guessed where it does not tell?
import { screen, within } from "@testing-library/react";
import { expect, test } from "vitest";
import type { WorkstationEntry } from "../backend/bindings";
import { makeMachines } from "../backend/fake/machines";
import { exportMachines } from "../features/workstations/exported";
import { select, WHOLE } from "../features/workstations/fleetView";
import { showMain } from "../test/render";

const NOW = Date.UTC(2026, 2, 4, 12);
const telling = (name: string, screen_lock: boolean | null): WorkstationEntry => {
  const [first] = makeMachines(1, NOW);
  if (first === undefined || first.report === null) return expect.fail("no machine");
  return { ...first, id: name, name, location: "", report: { ...first.report, screen_lock } };
};
const FLEET = [telling("locks", true), telling("open", false), telling("silent", null), { ...telling("gone", false), state: "revoked" as const }, { ...telling("new", false), report: null }];

test("the filter finds those in service that say they do not lock, and no other", async () => {
  expect(select(FLEET, { ...WHOLE, filters: ["no_screen_lock"] }, NOW).map((one) => one.name)).toEqual(["open"]);
  const { user } = await showFleet(140);
  const open = select(makeMachines(140, NOW), { ...WHOLE, filters: ["no_screen_lock"] }, NOW);
  await user.click(await screen.findByTestId("chip-no_screen_lock"));
  expect(open.length).toBeGreaterThan(0);
  expect(await screen.findByText(`${open.length} of 140 workstations`)).toBeTruthy();
});

test("a machine's panel says on, off, or that the system does not tell", async () => {
  for (const [name, said] of [["Front-Desk-2", "On"], ["3-West-Cart-1", "The system does not tell"]] as const) {
    const { user, unmount } = await showFleet(24);
    await user.type(await screen.findByRole("textbox"), name);
    await user.click((await screen.findAllByTestId("workstation-row"))[0] ?? expect.fail(name));
    const facts = within((await screen.findByText("Screen lock")).parentElement ?? expect.fail("no facts"));
    expect(facts.getByText(said)).toBeTruthy();
    unmount();
  }
});

test("the export has a column for it, empty where nothing is told", async () => {
  const [head, ...rows] = (await exportMachines(FLEET).textOf("csv")).trim().split(/\r?\n/u).map((line) => line.split(","));
  const at = head?.indexOf("screen_lock") ?? -1;
  expect(rows.map((row) => row[at])).toEqual(["true", "false", "", "false", ""]);
});

async function showFleet(machines: number) {
  const shown = showMain({ admin: true, machines });
  await shown.user.click(await screen.findByRole("tab", { name: "Workstations" }));
  return shown;
}
