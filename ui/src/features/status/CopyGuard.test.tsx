// Is text kept from leaving where the clinic says so, and is that said? Is it free everywhere else?
import { fireEvent, screen, waitFor } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { FakeBackend } from "../../backend/fake/fake";
import { expectAccessible, show } from "../../test/render";
import { CopyGuard } from "./CopyGuard";

function showUnder(allowed: boolean) {
  const backend = new FakeBackend();
  const rules = vi.spyOn(backend, "rules").mockResolvedValue([{ setting: "clipboard", value: allowed, from: { group: "Carts" } }]);
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

test("where it is allowed nothing is stopped", async () => {
  await showUnder(true);
  expect(fireEvent.copy(screen.getByText("Potassium 6.1"))).toBe(true);
  expect(screen.queryByTestId("copy-stopped-read")).toBeNull();
});
