// Is a weak password said to be weak, with the reason, and never handed out?
import { screen, waitFor } from "@testing-library/react";
import { useState } from "react";
import { expect, test } from "vitest";
import { expectAccessible, show } from "../../test/render";
import { Button } from "../Button/Button";
import { NewPassword } from "./NewPassword";
import { useNewPassword } from "./useNewPassword";

function Harness() {
  const form = useNewPassword(["sotto"]);
  const [taken, setTaken] = useState<string | null>("");
  return <><NewPassword form={form} asked /><Button label="Take" onPress={() => void form.take().then(setTaken)} /><output>{taken === null ? "refused" : taken}</output></>;
}

test("weak, different, good", async () => {
  const { user } = show(<Harness />);
  await user.type(screen.getByTestId("password"), "mariposa1234");
  expect(await screen.findByText(/close to a common password/u)).toBeTruthy();
  expect(screen.getByText("The two passwords are not the same.")).toBeTruthy();
  await user.type(screen.getByTestId("password-again"), "mariposa1234");
  await user.click(screen.getByRole("button", { name: "Take" }));
  await waitFor(() => expect(document.querySelector("output")?.textContent).toBe("refused"));
  await expectAccessible();
  for (const field of ["password", "password-again"]) {
    await user.clear(screen.getByTestId(field));
    await user.type(screen.getByTestId(field), "zebra lamp quiet river");
  }
  await user.click(screen.getByRole("button", { name: "Take" }));
  await waitFor(() => expect(document.querySelector("output")?.textContent).toBe("zebra lamp quiet river"));
  expect(screen.getAllByText("done")).toHaveLength(3);
});
