// How do tests of the fleet come to its tabs, machines, commands and steps?
import { screen, within } from "@testing-library/react";
import { expect } from "vitest";
import type { CommandView, WorkstationEntry } from "../backend/bindings";
import { makeCommands } from "../backend/fake/commands";
import { makeMachines } from "../backend/fake/machines";
import { showMain } from "./render";

/** When it is. */
export const NOW = Date.UTC(2026, 2, 4, 12);

/** The administrator's window at a tab. */
export async function open(tab: string, options: Parameters<typeof showMain>[0] = {}) {
  const shown = showMain({ admin: true, ...options });
  await shown.user.click(await screen.findByRole("tab", { name: tab }));
  return shown;
}

/** The machine of that name. */
export const machine = (name: string): WorkstationEntry => makeMachines(140, NOW).find((one) => one.name === name) ?? expect.fail(name);
/** The command of that id. */
export const command = (id: string): CommandView => makeCommands(NOW).find((one) => one.command === id) ?? expect.fail(id);
/** A step for a lost machine. */
export const step = (name: string) => within(screen.getByTestId(`lost-${name}-step`));
