// Can a person tighten for themselves what holds here, is only what is stricter offered, and who is named where a rule forbids something?
import { screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { NO_OWN, NO_SETTINGS } from "../backend/fake/commands";
import { FakeBackend } from "../backend/fake/fake";
import type { Settings } from "../backend/bindings";
import { OwnRulesSection } from "../features/preferences/OwnRulesSection";
import { PinSection } from "../features/preferences/PinSection";
import { RulesSection } from "../features/preferences/RulesSection";
import { expectAccessible, said, show } from "../test/render";

/** A clinic whose group of this machine says this. */
async function under(settings: Partial<Settings>): Promise<FakeBackend> {
  const backend = new FakeBackend({ admin: true });
  await backend.setGroup({ group: "grp-shared", name: "Shared machines", members: { kind: "shared" }, settings: { ...NO_SETTINGS, ...settings } });
  return backend;
}

const spans = async (name: string) => within(await screen.findByRole("radiogroup", { name }));

test("only what is stricter is offered; it holds at once, is called one’s own, and is given back", async () => {
  const backend = await under({ idle_lock_s: 90, notifications: false, clipboard: false });
  const { user } = show(<><RulesSection /><OwnRulesSection /></>, { backend });
  const idle = await spans("Locks when idle for");
  expect(idle.getAllByRole("radio")).toHaveLength(3);
  expect(idle.queryByRole("radio", { name: "2 minutes" }), "looser than the group’s 90 seconds").toBeNull();
  expect(screen.queryByRole("switch"), "the group forbids both already").toBeNull();
  await user.click(idle.getByRole("radio", { name: "30 seconds" }));
  await waitFor(() => expect(said(backend, "setOwnRules")).toEqual([[{ ...NO_OWN, idle_lock_s: 30 }]]));
  const rule = within(await screen.findByTestId("rule-idle_lock_s"));
  expect(await rule.findByText("your own")).toBeTruthy();
  expect(rule.getByText("30 seconds")).toBeTruthy();
  await expectAccessible();
  await user.click(idle.getByRole("radio", { name: "As the clinic (90 seconds)" }));
  expect(await rule.findByText("group Shared machines")).toBeTruthy();
  expect((await backend.ownRules()).own).toEqual(NO_OWN);
});

test("notifications and copying are turned off for oneself, and another rule that was set stays", async () => {
  const backend = await under({});
  const { user } = show(<OwnRulesSection />, { backend });
  await user.click(await screen.findByRole("switch", { name: /No copying/u }));
  await user.click(screen.getByRole("switch", { name: /No notifications/u }));
  await waitFor(async () => expect((await backend.ownRules()).own).toEqual({ ...NO_OWN, no_clipboard: true, no_notifications: true }));
  expect((await backend.rules(null)).filter((rule) => rule.from === "own").map((rule) => rule.setting)).toEqual(["notifications", "clipboard"]);
});

test("a refusal says what to do, and the screen shows again what holds", async () => {
  const { user } = show(<OwnRulesSection />, { backend: new FakeBackend({ fail: { setOwnRules: { code: "rule_looser" } } }) });
  const idle = await spans("Locks when idle for");
  await user.click(idle.getByRole("radio", { name: "1 minute" }));
  expect((await screen.findByRole("alert")).textContent).toContain("looser than what your clinic set");
  await waitFor(() => expect(idle.getByRole<HTMLInputElement>("radio", { name: /As the clinic/u }).checked).toBe(true));
});

test("only files that may be sent here can be ticked away for oneself, down to none", async () => {
  const backend = await under({ attachment_mb: 10, attachment_types: ["image", "pdf"] });
  const { user } = show(<OwnRulesSection />, { backend });
  const size = await spans("Largest file that may be sent");
  expect(size.getAllByRole("radio").map((one) => one.closest("label")?.textContent)).toEqual(["1 MB", "5 MB", "As the clinic (10 MB)"]);
  await user.click(size.getByRole("radio", { name: "1 MB" }));
  await user.click(screen.getByRole("radio", { name: "Only these" }));
  expect(screen.getAllByRole("checkbox")).toHaveLength(2);
  await user.click(screen.getByRole("checkbox", { name: "PDF" }));
  await waitFor(async () => expect((await backend.ownRules()).own).toEqual({ ...NO_OWN, attachment_mb: 1, attachment_types: ["image"] }));
  expect((await backend.rules(null)).filter((rule) => rule.from === "own").map((rule) => [rule.setting, rule.value])).toEqual([["attachment_mb", 1], ["attachment_types", ["image"]]]);
  await user.click(screen.getByRole("checkbox", { name: "pictures" }));
  expect(await screen.findByText("Nothing is ticked: no file can be sent.")).toBeTruthy();
  await expectAccessible();
});

test("where everything is as strict as it can be, that is said", async () => {
  show(<OwnRulesSection />, { backend: await under({ idle_lock_s: 30, session_s: 3600, attachment_mb: 1, attachment_types: [], notifications: false, clipboard: false }) });
  expect(await screen.findByText("The clinic’s rules are as strict as they can be here.")).toBeTruthy();
});

test("where a group allows no PIN none is offered, and the group is named", async () => {
  show(<PinSection set={false} />, { backend: await under({ pin: false }) });
  expect(await screen.findByText(/a rule of the group Shared machines/u)).toBeTruthy();
  expect(screen.queryByTestId("pin-set")).toBeNull();
});

test("a PIN that is still there where none is allowed any more can only be removed", async () => {
  show(<PinSection set />, { backend: await under({ pin: false }) });
  expect(await screen.findByText(/a rule of the group Shared machines/u)).toBeTruthy();
  expect(screen.queryByTestId("pin-set")).toBeNull();
  expect(screen.getByTestId("pin-remove")).toBeTruthy();
});
