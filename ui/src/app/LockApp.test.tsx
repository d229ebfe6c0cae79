// Does the lock window let the right person in, say what went wrong, and name nobody?
import { screen, waitFor } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { FAKE_PASSWORD } from "../backend/fake/fake";
import { expectAccessible, said, showLock } from "../test/render";

test("tile, password, in", async () => {
  const navigate = vi.fn();
  const { user, backend } = showLock({ navigate });
  await user.click(await screen.findByTestId("tile-acc-theo"));
  await expectAccessible();
  await user.type(screen.getByTestId("password"), `${FAKE_PASSWORD}{Enter}`);
  await waitFor(() => expect(navigate).toHaveBeenCalledWith("main"));
  expect(said(backend, "signIn")).toEqual([[{ account: "acc-theo", password: FAKE_PASSWORD }]]);
});

test("a wrong password is said, the line is empty and focused again", async () => {
  const { user } = showLock({ state: "locked" });
  await user.type(await screen.findByTestId("password"), "wrong{Enter}");
  expect((await screen.findByRole("alert")).textContent).toContain("That password is not right.");
  const field = screen.getByTestId<HTMLInputElement>("password");
  expect(field.value).toBe("");
  await waitFor(() => expect(document.activeElement).toBe(field));
});

test("while throttled nothing can be sent", async () => {
  const { user, backend } = showLock({ state: "locked", fail: { signIn: { code: "throttled", after: 60 } } });
  await user.type(await screen.findByTestId("password"), "wrong{Enter}");
  expect((await screen.findByRole("timer")).textContent).toContain("60 seconds");
  await user.type(screen.getByTestId("password"), "again{Enter}");
  expect(said(backend, "signIn")).toHaveLength(1);
  expect(screen.getByTestId<HTMLButtonElement>("sign-in").disabled).toBe(true);
});

test("locked shows counts, and everybody else is one press away", async () => {
  const { user } = showLock({ state: "locked" });
  expect(await screen.findByText("1 STAT")).toBeTruthy();
  expect(document.body.textContent).not.toContain("SAMPLE");
  await user.click(screen.getByRole("button", { name: "Not you? Switch user" }));
  expect(await screen.findByTestId("tile-acc-theo")).toBeTruthy();
  await user.click(screen.getByTestId("someone-else"));
  expect(screen.getByRole("heading", { name: "Sign in by name" })).toBeTruthy();
});

test("a wiped workstation says where to go on, what is safe and what is gone, and whom to call; IT gets to the token", async () => {
  const { user } = showLock({ state: "enrol", wiped: true });
  expect(await screen.findByRole("heading", { name: "This workstation was wiped" })).toBeTruthy();
  expect(screen.getByTestId("wiped").textContent).toBe("Go on at another workstation.");
  expect(screen.getByText(/^Every message that was sent is kept/u)).toBeTruthy();
  expect(screen.getByText(/^What was written here and not sent is gone/u)).toBeTruthy();
  expect(screen.getByText(/^Is this a mistake\? Call IT/u)).toBeTruthy();
  expect(document.querySelectorAll("input, textarea")).toHaveLength(0);
  await expectAccessible();
  await user.click(screen.getByTestId("wiped-enrol"));
  expect(await screen.findByTestId("token")).toBeTruthy();
});

test("Spanish is whole, and a broken start says what to do", async () => {
  showLock({ fail: { workstation: { code: "keyring_locked" } } });
  expect((await screen.findByRole("alert")).textContent).toContain("key store is locked");
});
