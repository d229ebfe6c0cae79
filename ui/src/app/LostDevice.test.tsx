// Do the steps for a lost workstation show what is so, and nothing that is not?
import { screen, waitFor } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { makeCommands } from "../backend/fake/commands";
import { lossOf, stepStates } from "../features/workstations/lost";
import { machine, NOW, open, step } from "../test/fleet";
import { expectAccessible } from "../test/render";

test("a lost machine: the steps show what is so, and it is remembered", async () => {
  const { user, backend } = await open("Workstations");
  await user.type(await screen.findByRole("textbox"), "3-West-Cart-1");
  await user.click((await screen.findAllByTestId("workstation-row"))[0] ?? document.body);
  await user.click(await screen.findByTestId("lost-open"));
  expect(step("report").getByText("Do this now")).toBeTruthy();
  await user.click(screen.getByTestId("lost-report"));
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

test("what lies under a command's dialog is up to date before the dialog goes, so that nothing moves under the hand", async () => {
  const { user, backend } = await open("Workstations");
  await user.type(await screen.findByRole("textbox"), "3-West-Cart-1");
  await user.click((await screen.findAllByTestId("workstation-row"))[0] ?? document.body);
  await user.click(await screen.findByTestId("lost-open"));
  await user.click(screen.getByTestId("lost-report"));
  await user.click(screen.getByTestId("lost-lock"));
  const held: (() => void)[] = [];
  const asked = new Promise<void>((resolve) => { held.push(resolve); });
  const commands = backend.commands.bind(backend);
  const list = vi.spyOn(backend, "commands").mockImplementation(() => asked.then(commands));
  await user.click(await screen.findByTestId("command-give"));
  await waitFor(() => expect(list).toHaveBeenCalled());
  expect(screen.queryByTestId("command-give")).not.toBeNull();
  held.forEach((answer) => answer());
  await waitFor(() => expect(screen.queryByTestId("command-give")).toBeNull());
  expect(step("lock").getByText("Issued, not delivered")).toBeTruthy();
});

test("who comes back finds the loss in the commands, and a refused lock is not done", () => {
  const entry = machine("Exam-7-Laptop");
  const all = makeCommands(NOW);
  expect(lossOf({}, all, entry)).toEqual({ reason: "lost", told: false });
  expect(stepStates(lossOf({}, all, entry), all, entry)).toEqual({ report: "done", lock: "under_way", wipe: "done", revoke: "done", people: "now", receipt: "under_way" });
  expect(lossOf({}, all, machine("Front-Desk-2"))).toBeNull();
});
