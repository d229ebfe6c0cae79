// Does a button have its name, and does a busy one take no second press?
import { screen } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { expectAccessible, show } from "../../test/render";
import { Button } from "./Button";

test("a button is found by its words and can be pressed", async () => {
  const press = vi.fn();
  const { user } = show(<Button label="Lock" onPress={press} />);
  await user.click(screen.getByRole("button", { name: "Lock" }));
  expect(press).toHaveBeenCalledOnce();
  await expectAccessible();
});

test("a busy button takes no press", async () => {
  const press = vi.fn();
  const { user } = show(<Button label="Send" busy onPress={press} />);
  await user.click(screen.getByRole("button", { name: /Send/u }));
  expect(press).not.toHaveBeenCalled();
});
