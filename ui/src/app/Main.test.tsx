// Does the signed-in window hold what it promises: list, thread, send, keys, drafts, lock, return?
import { act, screen, waitFor, within } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import type { ViewState } from "../backend/bindings";
import { expectAccessible, said, showMain } from "../test/render";

const AT_ADA: ViewState = { filter: "mine", thread: "thr-ada", anchor_seq: null, anchor_offset: 0, composer_focused: false, selection_start: 0, selection_end: 0 };
const composer = () => screen.findByTestId<HTMLTextAreaElement>("composer");

test("open a thread, write, send: the row is queued, then on the server", async () => {
  const { user, backend } = showMain({ sendDelay: 1500 });
  await user.click(await screen.findByRole("option", { name: /SAMPLE, Ada\b/u }));
  await user.type(await composer(), "Call her daughter");
  await user.click(screen.getByTestId("send"));
  await waitFor(() => expect(document.querySelector("[data-state='queued']")?.textContent).toContain("Waiting to be sent"));
  await waitFor(() => expect([...document.querySelectorAll("[data-state='on_server']")].at(-1)?.textContent).toContain("Call her daughter"));
  expect(said(backend, "sendMessage")).toEqual([[{ thread: "thr-ada", text: "Call her daughter", priority: "fyi", answers: [] }]]);
  expect((await composer()).value).toBe("");
});

test("what is typed while a message goes out is the next message", async () => {
  const { user, backend } = showMain({ view: AT_ADA });
  await user.type(await composer(), "Call her daughter{Enter}half a thought");
  await waitFor(() => expect(said(backend, "sendMessage")).toHaveLength(1));
  await waitFor(() => expect(said(backend, "saveDraft").at(-1)).toEqual(["thr-ada", { text: "half a thought", priority: "fyi" }]), { timeout: 3000 });
  expect((await composer()).value).toBe("half a thought");
});

test("a message that cannot be kept comes back into the box", async () => {
  const { user } = showMain({ view: AT_ADA, fail: { sendMessage: { code: "disk_full" } } });
  await user.type(await composer(), "Call her daughter{Enter}");
  await waitFor(async () => expect((await composer()).value).toBe("Call her daughter"));
});

test("the window is accessible, and two identifiers stand in the banner and beside Send", async () => {
  showMain({ view: AT_ADA });
  await composer();
  expect(within(screen.getByTestId("patient-banner")).getByText("04 Mar 1961")).toBeTruthy();
  expect(screen.getByTestId("composer-form").textContent).toMatch(/SAMPLE, Ada.*04 Mar 1961/u);
  await expectAccessible();
});

test("a failed message stays, can be discarded only after a question, and retried", async () => {
  const { user, backend } = showMain({ view: AT_ADA });
  await composer();
  await user.click(await screen.findByRole("button", { name: "Discard…" }));
  await user.click(within(await screen.findByRole("alertdialog")).getByRole("button", { name: "Keep it" }));
  expect(said(backend, "discardMessage")).toEqual([]);
  await user.click(screen.getByRole("button", { name: "Try again" }));
  await waitFor(() => expect(said(backend, "retryMessage")).toEqual([["out-failed"]]));
  await waitFor(() => expect(document.querySelector("[data-state='failed']")).toBeNull());
});

test("keys: J opens the next thread, Alt+2 sets Action, nothing acts while typing", async () => {
  const { user } = showMain();
  await screen.findAllByRole("option");
  await user.keyboard("j");
  await waitFor(() => expect(screen.getByRole("option", { selected: true }).textContent).toContain("Iris"));
  await user.keyboard("j");
  await waitFor(() => expect(screen.getByRole("option", { selected: true }).textContent).toContain("SAMPLE, Ada"));
  await composer();
  await user.keyboard("r");
  expect(document.activeElement).toBe(await composer());
  await user.keyboard("jkc?/");
  expect((await composer()).value).toBe("jkc?/");
  expect(screen.queryByRole("dialog")).toBeNull();
  await user.keyboard("{Alt>}2{/Alt}");
  expect(screen.getByRole<HTMLInputElement>("radio", { name: "Action" }).checked).toBe(true);
});

test("Tab in the list walks the filters, and the palette goes to a patient", async () => {
  const { user } = showMain();
  await user.click((await screen.findAllByRole("option"))[0] ?? document.body);
  await user.keyboard("{Tab}");
  await waitFor(() => expect(screen.getByRole("button", { name: /^Unread/u }).getAttribute("aria-current")).toBe("page"));
  await user.keyboard("{Control>}k{/Control}");
  await user.type(await screen.findByRole("combobox"), "lucho{Enter}");
  await waitFor(() => expect(screen.getByTestId("patient-banner").textContent).toContain("EXAMPLE, Luis (Lucho)"));
});

test("a draft is saved within two seconds and once more at lock; then nothing of it is left in the document", async () => {
  const { user, backend } = showMain({ view: AT_ADA });
  await user.type(await composer(), "on my");
  await waitFor(() => expect(said(backend, "saveDraft").length).toBeGreaterThan(0), { timeout: 2000 });
  await user.type(await composer(), " way");
  act(() => backend.emit({ kind: "locking" }));
  expect(screen.getByTestId("lock-cover")).toBeTruthy();
  expect(document.body.textContent).not.toMatch(/SAMPLE|on my|Noor/u);
  await waitFor(() => expect(said(backend, "saveDraft").at(-1)).toEqual(["thr-ada", { text: "on my way", priority: "fyi" }]));
});

test("an unlock comes back to filter, thread, draft, focus and selection", async () => {
  showMain({ view: { ...AT_ADA, filter: "patients", composer_focused: true, selection_start: 2, selection_end: 5 }, draft: ["thr-ada", { text: "on my way", priority: "concern" }] });
  const field = await composer();
  expect(field.value).toBe("on my way");
  await waitFor(() => expect(document.activeElement).toBe(field));
  expect([field.selectionStart, field.selectionEnd]).toEqual([2, 5]);
  expect(screen.getByRole("heading", { name: "Patients" })).toBeTruthy();
  expect(screen.getByRole<HTMLInputElement>("radio", { name: "Concern" }).checked).toBe(true);
});

test("the fade says so, and any input stays awake", async () => {
  const { user, backend } = showMain();
  await screen.findAllByRole("option");
  act(() => backend.emit({ kind: "lock_warning", seconds: 5 }));
  expect((await screen.findByTestId("lock-warning")).textContent).toContain("Locking in 5…");
  await user.keyboard("x");
  await waitFor(() => expect(screen.queryByTestId("lock-warning")).toBeNull());
  expect(said(backend, "stayAwake")).toHaveLength(1);
});

test("a lock that the core refuses says so over the cover", async () => {
  const { user } = showMain({ fail: { lock: { code: "internal" } } });
  await screen.findAllByRole("option");
  await user.keyboard("{Control>}{Shift>}L{/Shift}{/Control}");
  expect(await screen.findByRole("heading", { name: "This workstation could not be locked" })).toBeTruthy();
});

test("what is on screen is told after two seconds with focus, never while peeking, never without focus", async () => {
  const focus = vi.spyOn(document, "hasFocus").mockReturnValue(false);
  const { user, backend } = showMain({ view: AT_ADA });
  await composer();
  await new Promise((resolve) => { setTimeout(resolve, 2600); });
  expect(said(backend, "displayed")).toEqual([]);
  await user.keyboard("z");
  focus.mockReturnValue(true);
  await new Promise((resolve) => { setTimeout(resolve, 2600); });
  expect(said(backend, "displayed")).toEqual([]);
  await user.keyboard("z");
  await waitFor(() => expect(said(backend, "displayed").at(-1)?.[2]).toBe(9), { timeout: 4000 });
  focus.mockRestore();
});

test("offline is calm, an unsafe key store is loud, an empty list says what to do", async () => {
  showMain({ connection: "offline", insecureKeyring: true, empty: true });
  expect(await screen.findByText(/Offline\. You can keep writing/u)).toBeTruthy();
  expect((await screen.findByRole("alert")).textContent).toContain("keeps its keys without protection");
});

test("fifty thousand messages open at the end with few rows drawn", async () => {
  showMain({ view: { ...AT_ADA, thread: "thr-huge" } });
  await composer();
  await waitFor(() => expect(screen.getAllByTestId("message").length).toBeGreaterThan(5));
  expect(screen.getAllByTestId("message").length).toBeLessThan(80);
});

test("search opens a hit, new thread asks for people and a message", async () => {
  const { user, backend } = showMain();
  await screen.findAllByRole("option");
  await user.keyboard("/");
  await user.type(screen.getByRole("textbox", { name: "Search all messages" }), "ambulance");
  await user.click(await screen.findByTestId("search-hit"));
  expect((await screen.findByTestId("patient-banner")).textContent).toContain("SAMPLE, Ada");
  await user.click(screen.getAllByRole("button", { name: "New conversation" })[0] ?? document.body);
  const dialog = within(await screen.findByRole("dialog"));
  await user.click(dialog.getByTestId("new-send"));
  expect(dialog.getByRole("alert").textContent).toBe("Choose at least one person.");
  await user.click(dialog.getByRole("option", { name: /Omar/u }));
  await user.type(dialog.getByTestId("new-message"), "Are you free?");
  await user.click(dialog.getByTestId("new-send"));
  await waitFor(() => expect(said(backend, "createThread")).toEqual([[{ class: "clinical", members: ["acc-omar"], title: null, patient: null, reason: null }]]));
  await waitFor(() => expect(said(backend, "sendMessage")).toHaveLength(1));
});
