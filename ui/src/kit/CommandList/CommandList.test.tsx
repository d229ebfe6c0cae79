// Do the arrows move the choice while the focus stays in the line?
import { screen } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { expectAccessible, show } from "../../test/render";
import { CommandList } from "./CommandList";

test("arrows and Enter choose, the focus stays", async () => {
  const choose = vi.fn();
  const items = [{ id: "a", section: "People", label: "Noor" }, { id: "b", section: "People", label: "Theo" }];
  const { user } = show(<CommandList label="Jump" placeholder="" query="" onQuery={() => undefined} items={items} onChoose={choose} empty="none" />);
  const line = screen.getByRole("combobox", { name: "Jump" });
  await user.keyboard("{ArrowDown}{Enter}");
  expect(choose).toHaveBeenCalledWith("b");
  expect(document.activeElement).toBe(line);
  expect(document.getElementById(line.getAttribute("aria-activedescendant") ?? "")?.textContent).toContain("Theo");
  await expectAccessible();
});
