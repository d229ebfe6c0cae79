// Can a choice be made with the arrow keys alone?
import { screen } from "@testing-library/react";
import { useState } from "react";
import { expect, test } from "vitest";
import { expectAccessible, show } from "../../test/render";
import { Segmented } from "./Segmented";

function Example() {
  const [value, setValue] = useState<"fyi" | "stat">("fyi");
  return <Segmented label="Priority" value={value} onChange={setValue} segments={[{ value: "fyi", label: "FYI" }, { value: "stat", label: "STAT", tone: "stat" }]} />;
}

test("arrows choose", async () => {
  const { user } = show(<Example />);
  await user.tab();
  await user.keyboard("{ArrowRight}");
  expect(screen.getByRole<HTMLInputElement>("radio", { name: "STAT" }).checked).toBe(true);
  await expectAccessible();
});
