// Does a dialog have a name, and does Escape close it?
import { screen } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { expectAccessible, show } from "../../test/render";
import { Dialog } from "./Dialog";

test("Escape closes, and the title names it", async () => {
  const close = vi.fn();
  const { user } = show(<Dialog title="Keys" closeLabel="Close" onClose={close}><p>body</p></Dialog>);
  expect(screen.getByRole("dialog", { name: "Keys" })).toBeTruthy();
  await expectAccessible(screen.getByRole("dialog"));
  await user.keyboard("{Escape}");
  expect(close).toHaveBeenCalledOnce();
});
