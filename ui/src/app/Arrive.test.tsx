// Does a machine, a new person, somebody from elsewhere, and somebody without a password get in, and nobody else?
import { screen, waitFor, within } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { FAKE_CODE, FAKE_CODES, FAKE_INVITE, FAKE_TOKEN } from "../backend/fake/arrival";
import { FAKE_PASSWORD } from "../backend/fake/fake";
import { expectAccessible, said, showLock } from "../test/render";

type User = ReturnType<typeof showLock>["user"];

const paste = async (user: User, field: HTMLElement, text: string): Promise<void> => {
  await user.click(field);
  await user.paste(text);
};
const submit = (user: User) => user.click(document.querySelector("button[type=submit]") ?? document.body);
const choosePassword = async (user: User, password: string): Promise<void> => {
  await paste(user, await screen.findByTestId("password"), password);
  await paste(user, screen.getByTestId("password-again"), password);
};

test("a new machine: nothing, an invite and a used token are refused, a token says whose it is now", async () => {
  const { user, backend } = showLock({ state: "enrol" });
  await screen.findByTestId("token");
  await submit(user);
  expect(screen.getByText("Paste the workstation token.")).toBeTruthy();
  await expectAccessible();
  await paste(user, screen.getByTestId("token"), FAKE_INVITE);
  expect(screen.getByText(/That is a person’s invite/u)).toBeTruthy();
  await user.clear(screen.getByTestId("token"));
  backend.options.fail = { enrolWorkstation: { code: "token_used" } };
  await paste(user, screen.getByTestId("token"), `Your token:\n${FAKE_TOKEN}\n`);
  await submit(user);
  expect((await screen.findByRole("alert")).textContent).toContain("used already");
  backend.options.fail = {};
  await submit(user);
  expect(await screen.findByText("Sample Street Clinic", { selector: "p bdi" })).toBeTruthy();
  expect(said(backend, "enrolWorkstation").at(-1)).toEqual([{ token: FAKE_TOKEN }]);
  await expectAccessible();
  await user.click(screen.getByTestId("go-to-tiles"));
  expect(await screen.findByRole("heading", { name: "Who is signing in?" })).toBeTruthy();
});

test("first sign-in: invite, password, second factor, recovery codes, in", async () => {
  const navigate = vi.fn();
  const { user, backend } = showLock({ navigate });
  await user.click(await screen.findByRole("button", { name: "New here? Use an invite" }));
  await paste(user, screen.getByTestId("invite"), "hello");
  await user.click(screen.getByTestId("next"));
  expect(screen.getByText(/That is no invite/u)).toBeTruthy();
  await user.clear(screen.getByTestId("invite"));
  await paste(user, screen.getByTestId("invite"), FAKE_INVITE);
  await user.click(screen.getByTestId("next"));

  await screen.findByRole("heading", { name: "Choose a password" });
  await choosePassword(user, "password1234");
  await user.click(screen.getByTestId("next"));
  expect(await screen.findByText(/too easy to guess/u)).toBeTruthy();
  await expectAccessible();
  expect(said(backend, "beginEnrol")).toEqual([]);
  await user.clear(screen.getByTestId("password"));
  await user.clear(screen.getByTestId("password-again"));
  await choosePassword(user, FAKE_PASSWORD);
  await user.click(screen.getByTestId("next"));
  await waitFor(() => expect(said(backend, "beginEnrol")).toEqual([[{ invite: FAKE_INVITE, password: FAKE_PASSWORD }]]));

  expect(await screen.findByRole("img", { name: /QR code/u })).toBeTruthy();
  expect(screen.getByTestId<HTMLTextAreaElement>("totp-secret").value).toContain("JBSW Y3DP");
  await expectAccessible();
  await user.type(screen.getByTestId("code"), "000000{Enter}");
  expect((await screen.findByRole("alert")).textContent).toContain("not right");
  expect(screen.getByTestId<HTMLInputElement>("code").value).toBe("");
  await paste(user, screen.getByTestId("code"), ` ${FAKE_CODE.slice(0, 3)} ${FAKE_CODE.slice(3)}`);
  await user.keyboard("{Enter}");

  const list = await screen.findByTestId("recovery-codes");
  expect(within(list).getAllByRole("listitem").map((one) => one.textContent)).toEqual(FAKE_CODES);
  await expectAccessible();
  await user.click(screen.getByTestId("codes-go"));
  expect((await screen.findByRole("alert")).textContent).toContain("tick the box");
  expect(navigate).not.toHaveBeenCalled();
  await user.click(screen.getByRole("button", { name: "Print" }));
  expect(said(backend, "print")).toHaveLength(1);
  await user.click(screen.getByRole("checkbox", { name: "I have them" }));
  await user.click(screen.getByTestId("codes-go"));
  await waitFor(() => expect(navigate).toHaveBeenCalledWith("main"));
});

test("an invite that was used says so where the invite is asked for", async () => {
  const { user } = showLock({ fail: { beginEnrol: { code: "invite_used" } } });
  await user.click(await screen.findByRole("button", { name: "New here? Use an invite" }));
  await paste(user, screen.getByTestId("invite"), FAKE_INVITE);
  await user.click(screen.getByTestId("next"));
  await choosePassword(user, FAKE_PASSWORD);
  await user.click(screen.getByTestId("next"));
  expect((await screen.findByRole("alert")).textContent).toContain("used already");
  expect(screen.getByTestId("invite")).toBeTruthy();
});

test("an enrolment that the screen's lock let go of begins again with the same invite", async () => {
  const { user } = showLock({ fail: { finishEnrol: { code: "not_found" } } });
  await user.click(await screen.findByRole("button", { name: "New here? Use an invite" }));
  await paste(user, screen.getByTestId("invite"), FAKE_INVITE);
  await user.click(screen.getByTestId("next"));
  await choosePassword(user, FAKE_PASSWORD);
  await user.click(screen.getByTestId("next"));
  await user.type(await screen.findByTestId("code"), `${FAKE_CODE}{Enter}`);
  expect((await screen.findByRole("alert")).textContent).toContain("same invite");
  expect(screen.getByTestId<HTMLTextAreaElement>("invite").value).toBe("");
});

test("a session that is gone before the codes are ticked off leads to the tiles, and says what to do", async () => {
  const { user } = showLock({ fail: { enter: { code: "locked" } } });
  await user.click(await screen.findByRole("button", { name: "New here? Use an invite" }));
  await paste(user, screen.getByTestId("invite"), FAKE_INVITE);
  await user.click(screen.getByTestId("next"));
  await choosePassword(user, FAKE_PASSWORD);
  await user.click(screen.getByTestId("next"));
  await user.type(await screen.findByTestId("code"), `${FAKE_CODE}{Enter}`);
  await user.click(await screen.findByRole("checkbox"));
  await user.click(screen.getByTestId("codes-go"));
  expect(await screen.findByText(/Now choose your name/u)).toBeTruthy();
  expect(document.body.textContent).not.toContain(FAKE_CODES[0]);
});

test("someone else: an unknown name and a wrong password are one answer, a wrong code costs only the code", async () => {
  const navigate = vi.fn();
  const { user, backend } = showLock({ navigate });
  await user.click(await screen.findByTestId("someone-else"));
  await expectAccessible();
  await user.click(screen.getByTestId("sign-in"));
  expect(screen.getByText("Enter your login name.")).toBeTruthy();
  const fill = async (login: string, password: string, code: string): Promise<void> => {
    for (const [id, text] of [["login", login], ["password", password], ["code", code]] as const) if (text !== "") await paste(user, screen.getByTestId(id), text);
    await user.click(screen.getByTestId("sign-in"));
  };
  await fill("nobody.here", FAKE_PASSWORD, FAKE_CODE);
  expect((await screen.findByRole("alert")).textContent).toContain("The login name or the password is not right.");
  await user.clear(screen.getByTestId("login"));
  await fill("Theo.Specimen ", FAKE_PASSWORD, "654321");
  await waitFor(() => expect(screen.getByRole("alert").textContent).toContain("That six-digit code is not right."));
  expect(screen.getByTestId<HTMLInputElement>("password").value).toBe(FAKE_PASSWORD);
  await waitFor(() => expect(document.activeElement).toBe(screen.getByTestId("code")));
  await fill("", "", FAKE_CODE);
  await waitFor(() => expect(navigate).toHaveBeenCalledWith("main"));
  expect(said(backend, "signInNew").at(-1)).toEqual([{ login: "theo.specimen", password: FAKE_PASSWORD, code: FAKE_CODE }]);
  expect(screen.getByTestId<HTMLInputElement>("password").value).toBe("");
});

test.each([["throttled", "Too many wrong tries. Try again in"], ["lease_ended", "offline for too long"], ["account_revoked", "Your access has ended"], ["workstation_revoked", "taken out of service"], ["server_unreachable", "cannot be reached"]] as const)("someone else, refused: %s", async (code, words) => {
  const { user, backend } = showLock({ fail: { signInNew: { code, after: code === "throttled" ? 60 : undefined } } });
  await user.click(await screen.findByTestId("someone-else"));
  await paste(user, screen.getByTestId("login"), "theo.specimen");
  await paste(user, screen.getByTestId("password"), FAKE_PASSWORD);
  await paste(user, screen.getByTestId("code"), FAKE_CODE);
  await user.click(screen.getByTestId("sign-in"));
  const note = await screen.findByRole(code === "throttled" ? "timer" : "alert");
  expect(note.textContent).toContain(words);
  if (code === "throttled") expect(screen.getByTestId<HTMLButtonElement>("sign-in").disabled).toBe(true);
  expect(said(backend, "signInNew")).toHaveLength(1);
});

test("recovery: tolerant code, new password, new codes, in", async () => {
  const navigate = vi.fn();
  const { user, backend } = showLock({ navigate });
  await user.click(await screen.findByTestId("someone-else"));
  await user.click(screen.getByRole("button", { name: "Lost your password?" }));
  await paste(user, screen.getByTestId("login"), "noor.example");
  await paste(user, screen.getByTestId("recovery-code"), "7kq2m 9x4td");
  await user.click(screen.getByTestId("next"));
  expect(screen.getByText(/has 20 letters and digits; this has 10/u)).toBeTruthy();
  await expectAccessible();
  await paste(user, screen.getByTestId("recovery-code"), " b3vnp 6hjwx");
  await user.click(screen.getByTestId("next"));
  const secondStep = async (): Promise<void> => {
    await choosePassword(user, "zebra lamp quiet river");
    await paste(user, screen.getByTestId("code"), FAKE_CODE);
    await user.click(screen.getByTestId("next"));
  };
  await secondStep();
  expect((await screen.findByRole("alert")).textContent).toContain("login name or the recovery code is not right");
  expect(screen.getByTestId<HTMLInputElement>("login").value).toBe("noor.example");
  await paste(user, screen.getByTestId("recovery-code"), "7kq2m-9x4td b3vnp6hjwr");
  await user.click(screen.getByTestId("next"));
  await secondStep();
  expect(await screen.findByText(/Destroy the old sheet/u)).toBeTruthy();
  expect(said(backend, "recover").at(-1)).toEqual([{ login: "noor.example", recovery_code: "7kq2m-9x4td b3vnp6hjwr", code: FAKE_CODE, password: "zebra lamp quiet river" }]);
  await user.click(screen.getByRole("checkbox"));
  await user.click(screen.getByTestId("codes-go"));
  await waitFor(() => expect(navigate).toHaveBeenCalledWith("main"));
});

test("a vault that is gone leads to the full sign-in", async () => {
  const { user } = showLock({ state: "locked", fail: { signIn: { code: "vault_destroyed" } } });
  await user.type(await screen.findByTestId("password"), "wrong{Enter}");
  await user.click(await screen.findByTestId("full-sign-in"));
  expect(screen.getByRole("heading", { name: "Sign in by name" })).toBeTruthy();
});
