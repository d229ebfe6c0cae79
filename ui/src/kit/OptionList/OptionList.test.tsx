// Is a list of ten thousand drawn only where it is seen, with one focus stop?
import { screen } from "@testing-library/react";
import { useState } from "react";
import { expect, test } from "vitest";
import { expectAccessible, show } from "../../test/render";
import { OptionList } from "./OptionList";

const OPTIONS = Array.from({ length: 10_000 }, (_, index) => ({ id: `o${index}`, content: <span>{`Row ${index}`}</span> }));

function Example() {
  const [selected, setSelected] = useState<string | null>("o0");
  return <OptionList label="Rows" options={OPTIONS} selected={selected} onSelect={setSelected} estimate={70} />;
}

test("few rows are drawn, one is a focus stop, arrows move it", async () => {
  const { user } = show(<Example />);
  expect(screen.getAllByRole("option").length).toBeLessThan(60);
  await user.tab();
  await user.keyboard("{ArrowDown}");
  const chosen = screen.getByRole("option", { selected: true });
  expect(chosen.textContent).toBe("Row 1");
  expect(document.activeElement).toBe(chosen);
  expect(chosen.getAttribute("aria-setsize")).toBe("10000");
  expect(screen.getAllByRole("option").filter((one) => one.tabIndex === 0)).toHaveLength(1);
  await expectAccessible();
});
