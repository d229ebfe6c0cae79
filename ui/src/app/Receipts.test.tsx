// Does the window say what is known of a message and no more, and does a person take note of one?
import { act, screen, waitFor, within } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import type { ViewState } from "../backend/bindings";
import { expectAccessible, said, showMain } from "../test/render";

const at = (thread: string): ViewState => ({ filter: "mine", thread, anchor_seq: null, anchor_offset: 0, composer_focused: false, selection_start: 0, selection_end: 0 });
const steps = (): (string | null)[] => screen.queryAllByTestId("receipt").map((one) => one.getAttribute("data-step"));

test("each own message says the furthest that is known, and of how many", async () => {
  showMain({ view: at("thr-ada") });
  await waitFor(() => expect(steps()).toEqual(expect.arrayContaining(["acknowledged", "displayed"])));
  expect(screen.getByText("Acknowledged by 1 of 3")).toBeTruthy();
  expect(screen.getByText("Displayed to 2 of 3")).toBeTruthy();
});

test("to one person it is said without numbers, in Spanish too", async () => {
  showMain({ view: at("thr-adam"), preferences: { theme: "light", language: "es", density: "comfortable", single_keys: true, context_open: true, fleet_views: [] } });
  expect(await screen.findByText("Guardado en su equipo")).toBeTruthy();
});

test("an answer that the sender offers is one press, and stands there after it", async () => {
  const { user, backend } = showMain({ view: at("thr-ada") });
  await user.click(await screen.findByRole("button", { name: "I will, to Theo Specimen" }));
  await waitFor(() => expect(said(backend, "acknowledge")).toEqual([[{ thread: "thr-ada", message: "thr-ada-9", answer: { text: "I will" } }]]));
  expect((await screen.findByTestId("own-answer")).textContent).toContain("You answered: I will");
});

test("plus acknowledges the newest message of others once", async () => {
  const { user, backend } = showMain({ view: at("thr-iris") });
  await screen.findByRole("button", { name: "Acknowledge, to Iris Instance" });
  await user.keyboard("+");
  await waitFor(() => expect(said(backend, "acknowledge")).toHaveLength(1));
  await screen.findByTestId("own-answer");
  await user.keyboard("+");
  expect(said(backend, "acknowledge")).toHaveLength(1);
});

test("Shift+V tells who has read, and of whom nothing is known", async () => {
  const { user } = showMain({ view: at("thr-ada") });
  await screen.findByText("Displayed to 2 of 3");
  const rows = document.querySelectorAll<HTMLElement>("[data-entry='thr-ada-6']");
  rows[0]?.focus();
  await user.keyboard("{Shift>}V{/Shift}");
  const panel = await screen.findByRole("dialog", { name: "Who has read" });
  const people = await within(panel).findAllByText(/^(Theo Specimen|Omar Testcase|Iris Instance)$/u);
  expect(people).toHaveLength(3);
  expect(within(panel).getAllByText(/^Displayed at /u)).toHaveLength(2);
  await expectAccessible(panel);
  await user.keyboard("{Escape}");
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
});

test("a sender offers answers, two of them ready and one in their own words", async () => {
  const { user, backend } = showMain({ view: at("thr-ada") });
  await user.click(await screen.findByTestId("ask"));
  await user.click(screen.getByRole("checkbox", { name: "Agree" }));
  await user.type(screen.getByTestId("ask-words"), "In 5 min");
  await user.click(screen.getByRole("button", { name: "Offer it" }));
  await user.type(screen.getByTestId("composer"), "May I start it?");
  await user.click(screen.getByTestId("send"));
  await waitFor(() => expect(said(backend, "sendMessage")).toEqual([[{ thread: "thr-ada", text: "May I start it?", priority: "fyi", answers: ["agree", { text: "In 5 min" }] }]]));
  expect(await screen.findByTestId("ask")).toBeTruthy();
});

test("nothing counts as displayed while the screen fades", async () => {
  const focus = vi.spyOn(document, "hasFocus").mockReturnValue(true);
  const { backend } = showMain({ view: at("thr-ada") });
  await screen.findByText("Displayed to 2 of 3");
  act(() => backend.emit({ kind: "lock_warning", seconds: 5 }));
  await new Promise((resolve) => { setTimeout(resolve, 2600); });
  expect(said(backend, "displayed")).toEqual([]);
  act(() => backend.emit({ kind: "lock_cancelled" }));
  await waitFor(() => expect(said(backend, "displayed").at(-1)?.[2]).toBe(9), { timeout: 4000 });
  focus.mockRestore();
});
