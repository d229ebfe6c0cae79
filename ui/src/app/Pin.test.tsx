// Does a PIN let the right person in, say how many tries are left, and what to do when there are none?
import { screen, waitFor } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { FAKE_PIN } from "../backend/fake/base";
import { FAKE_PASSWORD } from "../backend/fake/fake";
import { PinSection } from "../features/preferences/PinSection";
import { expectAccessible, said, show, showLock } from "../test/render";

test("digits, in", async () => {
  const navigate = vi.fn();
  const { user, backend } = showLock({ state: "locked", pin: 5, navigate });
  await user.type(await screen.findByTestId("pin"), "27a18 28");
  expect(screen.getByTestId<HTMLInputElement>("pin").value).toBe(FAKE_PIN);
  await expectAccessible();
  await user.click(screen.getByTestId("sign-in"));
  await waitFor(() => expect(navigate).toHaveBeenCalledWith("main"));
  expect(said(backend, "signInPin")).toEqual([[{ account: "acc-noor", pin: FAKE_PIN }]]);
});

test("five digits are not sent", async () => {
  const { user, backend } = showLock({ state: "locked", pin: 5 });
  await user.type(await screen.findByTestId("pin"), "27182{Enter}");
  expect(said(backend, "signInPin")).toEqual([]);
});

test("wrong ones count down in words, and the last says exactly what to do", async () => {
  const { user, backend } = showLock({ state: "locked", pin: 3 });
  const guess = async (): Promise<void> => user.type(await screen.findByTestId("pin"), "999999{Enter}");
  await guess();
  expect((await screen.findByRole("alert")).textContent).toContain("That PIN is not right.");
  expect(await screen.findByText("2 tries left before the PIN is removed.")).toBeTruthy();
  expect(screen.getByTestId<HTMLInputElement>("pin").value).toBe("");
  await guess();
  expect(await screen.findByText(/^One try left\./u)).toBeTruthy();
  await guess();
  const full = await screen.findByTestId("full-sign-in");
  expect(screen.getByRole("alert").textContent).toContain("Sign in once with your login name, your password and a code from your phone.");
  expect(screen.queryByTestId("pin")).toBeNull();
  expect(screen.queryByTestId("password")).toBeNull();
  await expectAccessible();
  await user.click(full);
  expect(screen.getByRole("heading", { name: "Sign in by name" })).toBeTruthy();
  expect(said(backend, "signInPin")).toHaveLength(3);
});

test("the password is one press away", async () => {
  const { user, backend } = showLock({ state: "locked", pin: 5 });
  await user.click(await screen.findByTestId("use-password"));
  await user.type(screen.getByTestId("password"), `${FAKE_PASSWORD}{Enter}`);
  await waitFor(() => expect(said(backend, "signIn")).toHaveLength(1));
});

test("a PIN is set with the password once more, refused with the reason, and removed", async () => {
  const { user, backend } = show(<PinSection set={false} />);
  await user.click(await screen.findByTestId("pin-set"));
  await user.type(screen.getByTestId("pin-password"), FAKE_PASSWORD);
  await user.type(screen.getByTestId("pin-new"), "123456");
  await user.type(screen.getByTestId("pin-again"), "123457{Enter}");
  expect(await screen.findByText("The two PINs differ.")).toBeTruthy();
  expect(said(backend, "setPin")).toEqual([]);
  await user.clear(screen.getByTestId("pin-again"));
  await user.type(screen.getByTestId("pin-again"), "123456{Enter}");
  expect((await screen.findByRole("alert")).textContent).toContain("it counts up or down");
  expect(screen.getByTestId<HTMLInputElement>("pin-password").value).toBe("");
  await user.type(screen.getByTestId("pin-password"), FAKE_PASSWORD);
  for (const field of ["pin-new", "pin-again"]) {
    await user.clear(screen.getByTestId(field));
    await user.type(screen.getByTestId(field), FAKE_PIN);
  }
  await user.click(screen.getByTestId("pin-save"));
  await waitFor(() => expect(screen.queryByTestId("pin-new")).toBeNull());
  expect(said(backend, "setPin").at(-1)).toEqual([{ password: FAKE_PASSWORD, pin: FAKE_PIN }]);
});

test("who has one can remove it", async () => {
  const { user, backend } = show(<PinSection set />);
  await expectAccessible();
  await user.click(await screen.findByTestId("pin-remove"));
  await waitFor(() => expect(said(backend, "removePin")).toHaveLength(1));
});
