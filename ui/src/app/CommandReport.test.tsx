// Does a report that was asked for say why a machine does not work, and only where the machine has told it?
import { screen, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { makeCommands } from "../backend/fake/commands";
import { CommandCard } from "../features/workstations/CommandCard";
import { expectAccessible, show } from "../test/render";

const NOW = Date.UTC(2026, 2, 4, 12);
const card = (id: string) => {
  const command = makeCommands(NOW).find((one) => one.command === id) ?? expect.fail(id);
  return show(<><h3>Commands</h3><CommandCard command={command} readOnly /></>);
};

test("what waits, the disk, the clock, and every code with how often", async () => {
  card("cmd-report");
  const report = within(screen.getByTestId("command-report"));
  for (const says of ["7", "412 MB", "95 seconds behind the server", "clock_skew", "3 times", "server_unreachable", "41 times", "late", "1 time"]) expect(report.getAllByText(says, { exact: false }).length, says).toBeGreaterThan(0);
  await expectAccessible();
});

test("a command that is no report, and one that the machine has not done, show none", () => {
  for (const id of ["cmd-done", "cmd-issued"]) {
    const { unmount } = card(id);
    expect(screen.queryByTestId("command-report")).toBeNull();
    unmount();
  }
});
