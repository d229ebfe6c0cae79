// Is a person told that they are signed in elsewhere, until they say what that was, and can they and who reviews see where?
import { screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { expectAccessible, said, show, showLock, showMain } from "../test/render";
import type { Preferences } from "../backend/bindings";
import { PreferencesDialog } from "../features/preferences/PreferencesDialog";

const PREFERENCES: Preferences = { theme: "light", language: "en", density: "comfortable", single_keys: true, context_open: true, fleet_views: [] };

test("a new sign-in is asked about until it was the person", async () => {
  const { user, backend } = showMain({ newSignIn: "told" });
  const notice = await screen.findByTestId("new-sign-in");
  expect(notice.closest("[role=alert]")?.textContent).toMatch(/^.+, \d\d:\d\d: your account was signed in at 3-West-Cart-1 \(3 West, medication cart\)\. Was that you\?/u);
  await expectAccessible();
  await user.click(within(notice).getByRole("button", { name: "That was me" }));
  await waitFor(() => expect(screen.queryByTestId("new-sign-in")).toBeNull());
  expect(said(backend, "answerSignIn")).toEqual([["dev-cart", true]]);
});

test("whoever says no ends it there and reads what that means", async () => {
  const { user, backend } = showMain({ newSignIn: "denied" });
  await user.click(await screen.findByRole("button", { name: "End it there" }));
  const ended = await screen.findByTestId("sign-in-ended");
  expect(ended.textContent).toMatch(/at 3-West-Cart-1 \(3 West, medication cart\) has ended.*stays read.*new password.*call IT/u);
  expect(screen.queryByTestId("new-sign-in")).toBeNull();
  await expectAccessible();
  await user.click(within(ended).getByRole("button", { name: "Done" }));
  await waitFor(() => expect(screen.queryByTestId("sign-in-ended")).toBeNull());
  expect(said(backend, "endDevice")).toEqual([["dev-cart"]]);
});

test("what it means is said although the question was gone before the answer", async () => {
  const { user, backend } = showMain({ newSignIn: "denied" });
  const end = backend.endDevice.bind(backend);
  const waiting: (() => void)[] = [];
  const answered = new Promise<void>((done) => { waiting.push(done); });
  backend.endDevice = (device) => end(device).then(() => answered);
  await user.click(await screen.findByTestId("sign-in-end"));
  await waitFor(() => expect(screen.queryByTestId("new-sign-in")).toBeNull());
  expect(screen.queryByTestId("sign-in-ended")).toBeNull();
  for (const done of waiting) done();
  expect(await screen.findByTestId("sign-in-ended")).toBeTruthy();
});

test("an end that did not come about says so and can be tried again", async () => {
  const { user } = showMain({ newSignIn: "denied", fail: { endDevice: { code: "server_unreachable" } } });
  await user.click(await screen.findByTestId("sign-in-end"));
  const notice = screen.getByTestId("new-sign-in");
  expect(await within(notice).findByRole("alert")).toBeTruthy();
  expect(screen.queryByTestId("sign-in-ended")).toBeNull();
  expect(within(notice).getByRole("button", { name: "End it there" })).toBeTruthy();
});

test("signing out everywhere else is asked once more, and says how many it was", async () => {
  const { user, backend } = show(<PreferencesDialog preferences={PREFERENCES} onClose={() => undefined} />);
  await user.click(await screen.findByRole("button", { name: "Sign out everywhere else…" }));
  expect(screen.getByText(/Drafts and messages that still wait there to be sent are lost/u)).toBeTruthy();
  await user.click(screen.getByRole("button", { name: "Cancel" }));
  expect(said(backend, "signOutElsewhere")).toEqual([]);
  for (const words of ["Signed out on 2 other computers.", "You were signed in nowhere else."]) {
    await user.click(screen.getByRole("button", { name: "Sign out everywhere else…" }));
    await expectAccessible();
    await user.click(screen.getByRole("button", { name: "Sign out everywhere else" }));
    expect((await screen.findByTestId("signed-out-everywhere")).textContent).toBe(words);
  }
});

test("whoever says no reads what to do, and may take it back", async () => {
  const { user, backend } = showMain({ newSignIn: "told" });
  await user.click(await screen.findByRole("button", { name: "That was not me" }));
  expect(await screen.findByText(/End that sign-in now, and call IT/u)).toBeTruthy();
  await expectAccessible();
  await user.click(screen.getByRole("button", { name: "It was me after all" }));
  await waitFor(() => expect(screen.queryByTestId("new-sign-in")).toBeNull());
  expect(said(backend, "answerSignIn")).toEqual([["dev-cart", false], ["dev-cart", true]]);
});

test("an answer that is not kept says so and the question stays", async () => {
  const { user } = showMain({ newSignIn: "told", fail: { answerSignIn: { code: "disk_full" } } });
  await user.click(await screen.findByTestId("sign-in-mine"));
  const notice = screen.getByTestId("new-sign-in");
  expect((await within(notice).findByRole("alert")).textContent).toContain("full");
});

test("the preferences list where one signed in", async () => {
  show(<PreferencesDialog preferences={PREFERENCES} onClose={() => undefined} />);
  const list = await screen.findByRole("list", { name: "Where I signed in" });
  expect(within(list).getAllByTestId("sign-in-row").map((row) => row.textContent)).toEqual([expect.stringContaining("3-West-Cart-1"), expect.stringMatching(/Front-Desk-2.*This computer.*With a recovery code/u)]);
});

test("who reviews sees where somebody signed in, and changes nothing", async () => {
  const { user, backend } = showMain({ role: "privacy_officer" });
  await user.click(await screen.findByRole("button", { name: "Sign-ins of Omar Testcase" }));
  const dialog = await screen.findByRole("dialog", { name: "Where Omar Testcase signed in" });
  expect(await within(dialog).findAllByTestId("sign-in-row")).toHaveLength(2);
  await expectAccessible();
  expect(said(backend, "signInsOf")).toHaveLength(1);
  expect(screen.queryByRole("button", { name: /Revoke/u })).toBeNull();
});

test("whom the server shut out reads why, and is asked for no password", async () => {
  showLock({ state: "locked", pin: 5, shutOut: "account_revoked" });
  expect((await screen.findByRole("alert")).textContent).toContain("Your access has ended.");
  expect(screen.queryByTestId("pin")).toBeNull();
  expect(screen.queryByTestId("password")).toBeNull();
  expect(screen.getByTestId("full-sign-in")).toBeTruthy();
  await expectAccessible();
});
