// Is a wrong field said to be wrong, in words that belong to it?
import { screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { expectAccessible, show } from "../../test/render";
import { TextField } from "./TextField";

test("an error is part of the field's description", async () => {
  show(<TextField label="MRN" value="" onChange={() => undefined} error="Required" hint="As in the chart" />);
  const field = screen.getByRole("textbox", { name: "MRN" });
  expect(field.getAttribute("aria-invalid")).toBe("true");
  const described = (field.getAttribute("aria-describedby") ?? "").split(" ").map((id) => document.getElementById(id)?.textContent).join(" ");
  expect(described).toContain("Required");
  expect(described).toContain("As in the chart");
  await expectAccessible();
});
