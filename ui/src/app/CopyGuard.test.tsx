// Is text kept from leaving where the clinic or the person says so, and is it said whose rule that is? Is it free everywhere else?
import { fireEvent, screen, waitFor } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import type { RuleSourceView } from "../backend/bindings";
import { FakeBackend } from "../backend/fake/fake";
import { CopyGuard } from "../features/status/CopyGuard";
import { expectAccessible, show } from "../test/render";

function showUnder(allowed: boolean, from: RuleSourceView = { group: "Carts" }) {
  const backend = new FakeBackend();
  const rules = vi.spyOn(backend, "rules").mockResolvedValue([{ setting: "clipboard", value: allowed, from }]);
  show(<><p>Potassium 6.1</p><textarea aria-label="Message" defaultValue="mine" /><CopyGuard /></>, { backend });
  return waitFor(() => expect(rules).toHaveBeenCalled());
}

test("what others wrote is not copied, cut or dragged out, and the window says why", async () => {
  await showUnder(false);
  await waitFor(() => expect(fireEvent.copy(screen.getByText("Potassium 6.1"))).toBe(false));
  expect((await screen.findByRole("status")).textContent).toContain("copy");
  expect(fireEvent.dragStart(screen.getByText("Potassium 6.1"))).toBe(false);
  expect(fireEvent.cut(screen.getByRole("textbox")), "what somebody typed is theirs").toBe(true);
  await expectAccessible();
  fireEvent.click(screen.getByTestId("copy-stopped-read"));
  await waitFor(() => expect(screen.queryByTestId("copy-stopped-read")).toBeNull());
});

test("whoever turned it off for themselves is told so, and not that the clinic did", async () => {
  await showUnder(false, "own");
  await waitFor(() => expect(fireEvent.copy(screen.getByText("Potassium 6.1"))).toBe(false));
  expect(await screen.findByText(/for yourself/u)).toBeTruthy();
  expect(screen.queryByText(/Your clinic lets nobody/u)).toBeNull();
});

test("where it is allowed nothing is stopped", async () => {
  await showUnder(true);
  expect(fireEvent.copy(screen.getByText("Potassium 6.1"))).toBe(true);
  expect(screen.queryByTestId("copy-stopped-read")).toBeNull();
});
