// Does the search find what it is kept to, and does a thread lead to what is unread?
import { act, screen, waitFor, within } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import type { ViewState } from "../backend/bindings";
import { expectAccessible, said, showMain } from "../test/render";

const AT_ADA: ViewState = { filter: "mine", thread: "thr-ada", anchor_seq: null, anchor_offset: 0, composer_focused: false, selection_start: 0, selection_end: 0 };
const NONE = { from: null, role: null, patient: null, since: null, until: null, priority: null };

async function openFilters() {
  const shown = showMain();
  await screen.findAllByRole("option");
  await shown.user.keyboard("/");
  await shown.user.click(screen.getByTestId("search-filters"));
  return { ...shown, panel: within(screen.getByRole("group", { name: "Search filters" })) };
}

test("a person is chosen by a part of the name, and their messages come without a word", async () => {
  const { user, backend, panel } = await openFilters();
  await user.type(panel.getByTestId("filter-from"), "theo");
  await user.click(await panel.findByRole("button", { name: "Theo Specimen" }));
  const hits = await screen.findAllByTestId("search-hit");
  for (const hit of hits) expect(hit.textContent).toContain("Theo Specimen");
  expect(said(backend, "search").at(-1)).toEqual([{ query: "", thread: null, before: null, limit: 40, filter: { ...NONE, from: "acc-theo" } }]);
  await expectAccessible();
});

test("filters add up, are counted, and all go at once", async () => {
  const { user, backend, panel } = await openFilters();
  await user.click(panel.getByRole("button", { name: "Concern" }));
  await user.click(panel.getByRole("button", { name: "Physician" }));
  await user.type(panel.getByTestId("filter-patient"), "sample");
  await waitFor(() => expect(said(backend, "search").at(-1)).toEqual([{ query: "", thread: null, before: null, limit: 40, filter: { ...NONE, role: "physician", patient: "sample", priority: "concern" } }]));
  expect(screen.getByTestId("search-filters").textContent).toContain("3");
  await user.click(panel.getByRole("button", { name: "Clear filters" }));
  expect(screen.getByTestId("search-filters").textContent).toContain("0");
  expect(screen.getByText("Search everything you may read")).toBeTruthy();
});

test("a closed panel keeps to what was chosen", async () => {
  const { user, backend, panel } = await openFilters();
  await user.click(panel.getByRole("button", { name: "STAT" }));
  await user.click(screen.getByTestId("search-filters"));
  await user.type(screen.getByRole("textbox", { name: "Search all messages" }), "bed");
  await waitFor(() => expect(said(backend, "search").at(-1)).toEqual([expect.objectContaining({ query: "bed", filter: { ...NONE, priority: "stat" } })]));
});

test("what was marked as unread elsewhere is not read again by standing on a screen", async () => {
  const focus = vi.spyOn(document, "hasFocus").mockReturnValue(true);
  const { backend } = showMain({ view: AT_ADA });
  await screen.findByTestId("composer");
  const readTo = async (): Promise<number> => (await backend.thread("thr-ada")).read_seq;
  await waitFor(async () => expect(await readTo()).toBe(9), { timeout: 4000 });
  await act(() => backend.markUnread("thr-ada", 8));
  await new Promise((resolve) => { setTimeout(resolve, 3000); });
  expect(await readTo()).toBe(7);
  focus.mockRestore();
}, 12_000);

test("unread from here is said as what it is, and never as reading", async () => {
  const { user, backend } = showMain({ view: AT_ADA });
  await screen.findByTestId("composer");
  await screen.findAllByTestId("message");
  await user.keyboard("{Shift>}U{/Shift}");
  await waitFor(() => expect(said(backend, "markUnread")).toHaveLength(1));
  expect(said(backend, "markRead")).toEqual([]);
});
