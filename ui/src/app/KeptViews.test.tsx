// Is a view of the workstations kept with the preferences, by its name and filters only, and is it said when no more fit?
import { screen, waitFor } from "@testing-library/react";
import { expect, test } from "vitest";
import type { FleetView, Preferences } from "../backend/bindings";
import { said, showMain } from "../test/render";

const view = (number: number): FleetView => ({ name: `View ${number}`, query: "", filters: ["stale"], sort: { column: "name", down: false } });
const preferences = (fleet_views: FleetView[]): Preferences => ({ theme: "light", language: "en", density: "comfortable", single_keys: true, context_open: true, fleet_views });

async function open(fleet_views: FleetView[]) {
  const shown = showMain({ admin: true, preferences: preferences(fleet_views) });
  await shown.user.click(await screen.findByRole("tab", { name: "Workstations" }));
  await shown.user.click(await screen.findByTestId("chip-unencrypted"));
  return shown;
}

test("a view is kept by its name and what it looks for, and forgotten again", async () => {
  const { user, backend } = await open([view(1)]);
  await user.click(await screen.findByTestId("keep-view"));
  await user.type(screen.getByTestId("view-name"), "To encrypt{Enter}");
  await waitFor(() => expect(said(backend, "savePreferences")).toEqual([[preferences([view(1), { name: "To encrypt", query: "", filters: ["unencrypted"], sort: { column: "name", down: false } }])]]));
  await user.click(await screen.findByRole("button", { name: "Remove the view To encrypt" }));
  await waitFor(() => expect(said(backend, "savePreferences").at(-1)).toEqual([preferences([view(1)])]));
  expect(screen.queryByRole("button", { name: "To encrypt" })).toBeNull();
});

test("where no more fit that is said, and nothing is offered that would be refused", async () => {
  await open(Array.from({ length: 20 }, (_, number) => view(number)));
  expect(await screen.findByText(/20 views are kept, and no more fit/u)).toBeTruthy();
  expect(screen.queryByTestId("keep-view")).toBeNull();
});
