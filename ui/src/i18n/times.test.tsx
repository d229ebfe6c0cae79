// Can a date of birth or a time be misread?
import { render } from "@testing-library/react";
import { expect, test } from "vitest";
import { TextProvider } from "./text";
import { useTimes } from "./times";

const NOW = new Date("2026-11-22T15:00:00Z").getTime();

function Said() {
  const times = useTimes();
  return <p>{[times.birth("1961-03-04"), times.age("1961-03-04", NOW), times.age("2026-01-30", NOW), times.clock(NOW), times.ago(NOW - 18 * 60_000, NOW), times.day(NOW - 86_400_000, NOW), times.full(NOW)].join(" | ")}</p>;
}

test("English writes the month as a word and names the zone", () => {
  const { container } = render(<TextProvider language="en"><Said /></TextProvider>);
  expect(container.textContent).toBe("04 Mar 1961 | 65 y | 9 mo | 10:00 | 18 min | Yesterday | Sunday, November 22, 2026 at 10:00 EST");
});

test("Spanish does too", () => {
  const { container } = render(<TextProvider language="es"><Said /></TextProvider>);
  expect(container.textContent).toContain("04 mar 1961 | 65 a | 9 m | 10:00 | 18 min | Ayer");
});
