// Does a machine say what its management sets wrong and whose rule holds, and does what it demands stay on?
import { act, screen, waitFor } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { FAKE_TOKEN } from "../backend/fake/arrival";
import { FakeBackend } from "../backend/fake/fake";
import { BackgroundSection } from "../features/preferences/BackgroundSection";
import { PinSection } from "../features/preferences/PinSection";
import { RuleSource } from "../kit/RuleList/RuleSource";
import { expectAccessible, said, show, showLock } from "../test/render";

const PLACE = "/etc/sotto/managed.json";
const SWITCH = { name: /Start with this computer/u };

test("what is wrong with the management is told with its place, and nobody is kept out", async () => {
  showLock({ state: "locked", managedFault: { code: "managed_unreadable", place: PLACE, key: "rules.idle_lock_s" } });
  const note = await screen.findByTestId("managed-fault");
  expect(note.textContent).toContain("Nothing of it is used.");
  expect(note.textContent).toContain(`At rules.idle_lock_s in ${PLACE}`);
  expect(screen.getByTestId("password")).toBeTruthy();
  await expectAccessible();
});

test("a token of the management that does not hold is told where a machine is let in", async () => {
  showLock({ state: "enrol", managedFault: { code: "token_used", place: PLACE, key: "enrolment_token" } });
  const note = await screen.findByTestId("managed-fault");
  expect(note.textContent).toContain("That workstation token was used already.");
  expect(screen.getByTestId("token")).toBeTruthy();
});

test("a machine that its management lets in goes on to the tiles by itself", async () => {
  const { backend } = showLock({ state: "enrol" });
  await screen.findByTestId("token");
  await act(() => backend.enrolWorkstation({ token: FAKE_TOKEN }));
  expect(await screen.findByTestId("someone-else")).toBeTruthy();
  expect(screen.queryByTestId("token")).toBeNull();
});

test("a machine without a fault says nothing of it", async () => {
  showLock({ state: "enrol" });
  await screen.findByTestId("token");
  expect(screen.queryByTestId("managed-fault")).toBeNull();
});

test("what the management demands is on and cannot be switched off", async () => {
  const backend = new FakeBackend({ background: { on: true, demanded: true, possible: true } });
  const { user } = show(<BackgroundSection />, { backend });
  const control = await screen.findByRole<HTMLInputElement>("switch", SWITCH);
  expect(control.disabled).toBe(true);
  expect(screen.getByText("This computer’s management asks for it, so it stays on.")).toBeTruthy();
  await user.click(control);
  expect(said(backend, "setBackground")).toEqual([]);
});

test("a person switches it off where nobody demands it", async () => {
  const { user, backend } = show(<BackgroundSection />);
  const control = await screen.findByRole<HTMLInputElement>("switch", SWITCH);
  expect(control.checked).toBe(true);
  await user.click(control);
  await waitFor(() => expect(control.checked).toBe(false));
  expect(said(backend, "setBackground")).toEqual([[false]]);
  await expectAccessible();
});

test("there is no switch where nothing can be switched", async () => {
  const backend = new FakeBackend({ background: { on: false, demanded: false, possible: false } });
  show(<BackgroundSection />, { backend });
  await waitFor(() => expect(said(backend, "background")).toHaveLength(1));
  expect(screen.queryByRole("switch")).toBeNull();
});

test("where the management allows no PIN none is offered, and that is not called the clinic’s policy", async () => {
  const backend = new FakeBackend();
  vi.spyOn(backend, "rules").mockResolvedValue([{ setting: "pin", value: false, from: "management" }]);
  show(<PinSection set={false} />, { backend });
  expect(await screen.findByText(/its management says so/u)).toBeTruthy();
  expect(screen.queryByTestId("pin-set")).toBeNull();
});

test("a rule of the machine's management says so, as do one's own and the clinic's, and a group's says its name", () => {
  show(<><RuleSource from="management" /><RuleSource from={{ group: "Carts" }} /><RuleSource from="clinic" /><RuleSource from="own" /></>);
  for (const source of ["this machine’s management", "group Carts", "clinic’s policy", "your own"]) expect(screen.getByText(source)).toBeTruthy();
});
