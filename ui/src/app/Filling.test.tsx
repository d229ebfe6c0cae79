// Is a vault that still fills usable, with the progress in sight and heard, and gone at the end?
import { act, screen, waitFor } from "@testing-library/react";
import { expect, test } from "vitest";
import { expectAccessible, showMain } from "../test/render";

const polite = () => document.querySelector("[aria-live=polite]")?.textContent ?? "";

test("the bar counts, is announced by quarters, and goes", async () => {
  const { backend } = showMain({ filling: { done: 12_400, total: 50_000 } });
  const bar = await screen.findByRole("progressbar", { name: "Fetching earlier messages: 12,400 of 50,000" });
  expect(bar.getAttribute("aria-valuenow")).toBe("12400");
  expect((await screen.findAllByRole("option")).length).toBeGreaterThan(3);
  await expectAccessible();
  act(() => backend.emit({ kind: "filling", done: 26_000, total: 50_000 }));
  await waitFor(() => expect(polite()).toContain("26,000"));
  act(() => backend.emit({ kind: "filling", done: 26_900, total: 50_000 }));
  await screen.findByRole("progressbar", { name: /26,900/u });
  expect(polite()).toContain("26,000");
  act(() => backend.emit({ kind: "filling", done: 50_000, total: 50_000 }));
  await waitFor(() => expect(screen.queryByTestId("fill")).toBeNull());
  expect(polite()).toBe("All earlier messages are here.");
});
