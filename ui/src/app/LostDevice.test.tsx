// Do the steps for a lost workstation keep still under a dialog that closes? What they show is asked of the register: Incidents.test.tsx.
import { screen, waitFor } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { open, step } from "../test/fleet";

test("what lies under a command's dialog is up to date before the dialog goes, so that nothing moves under the hand", async () => {
  const { user, backend } = await open("Workstations");
  await user.type(await screen.findByRole("textbox"), "3-West-Cart-1");
  await user.click((await screen.findAllByTestId("workstation-row"))[0] ?? document.body);
  await user.click(await screen.findByTestId("lost-open"));
  await user.click(screen.getByTestId("lost-report"));
  expect(await step("report").findByText("Done")).toBeTruthy();
  await user.click(screen.getByTestId("lost-lock"));
  const held: (() => void)[] = [];
  const asked = new Promise<void>((resolve) => { held.push(resolve); });
  const incidents = backend.incidents.bind(backend);
  const list = vi.spyOn(backend, "incidents").mockImplementation(() => asked.then(incidents));
  await user.click(await screen.findByTestId("command-give"));
  await waitFor(() => expect(list).toHaveBeenCalled());
  expect(screen.queryByTestId("command-give")).not.toBeNull();
  held.forEach((answer) => answer());
  await waitFor(() => expect(screen.queryByTestId("command-give")).toBeNull());
  expect(step("lock").getByText("Issued, not delivered")).toBeTruthy();
});
