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
  return first?.report == null ? expect.fail("no machine") : { ...first, id: name, name, report: { ...first.report, screen_lock } };
};
const FLEET = [telling("locks", true), telling("open", false), telling("silent", null), { ...telling("gone", false), state: "revoked" as const }, { ...telling("new", false), report: null }];

test("the filter finds those in service that say they do not lock, and no other", async () => {
  expect(select(FLEET, { ...WHOLE, filters: ["no_screen_lock"] }, NOW).map((one) => one.name)).toEqual(["open"]);
  const { user } = await showFleet();
  const open = select(makeMachines(140, NOW), { ...WHOLE, filters: ["no_screen_lock"] }, NOW);
  await user.click(await screen.findByTestId("chip-no_screen_lock"));
  expect(open.length).toBeGreaterThan(0);
  expect(await screen.findByText(`${open.length} of 140 workstations`)).toBeTruthy();
});

test("a machine's panel says on, off, or that the system does not tell", async () => {
  for (const [name, said] of [["Front-Desk-2", "On"], ["3-West-Cart-1", "The system does not tell"]] as const) {
    const { user, unmount } = await showFleet();
    await user.type(await screen.findByRole("textbox"), name);
    await user.dblClick(await screen.findByText(name));
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

async function showFleet() {
  const shown = showMain({ admin: true, machines: 140 });
  await shown.user.click(await screen.findByRole("tab", { name: "Workstations" }));
  return shown;
}
