// Do the controls of signing in have names, take a paste, and say what is wrong?
import { act, screen, waitFor } from "@testing-library/react";
import { useState } from "react";
import { expect, test, vi } from "vitest";
import { FAKE_CODES } from "../backend/fake/arrival";
import { expectAccessible, said, show } from "../test/render";
import { Announcer } from "./Announcer/Announcer";
import { Button } from "./Button/Button";
import { Checkbox } from "./Checkbox/Checkbox";
import { CodeField } from "./CodeField/CodeField";
import { CopyText } from "./CopyText/CopyText";
import { DaysField } from "./DaysField/DaysField";
import { FileButton } from "./FileButton/FileButton";
import { PasswordField } from "./PasswordField/PasswordField";
import { PasteField } from "./PasteField/PasteField";
import { Progress } from "./Progress/Progress";
import { QrCode } from "./QrCode/QrCode";
import { RecoveryCodes } from "./RecoveryCodes/RecoveryCodes";
import { Tabs } from "./Tabs/Tabs";
import { TypedConfirm } from "./TypedConfirm/TypedConfirm";
import { useWait } from "./Wait/useWait";
import { Wait } from "./Wait/Wait";

test("a code keeps its digits, whatever was pasted around them", async () => {
  const change = vi.fn();
  const { user } = show(<CodeField label="Code" value="" onChange={change} error="Enter all six digits." />);
  const field = screen.getByRole("textbox", { name: "Code" });
  expect(field.getAttribute("inputmode")).toBe("numeric");
  await user.click(field);
  await user.paste(" 123 456-7");
  expect(change).toHaveBeenLastCalledWith("123456");
  await expectAccessible();
});

test("a password can be looked at", async () => {
  const { user } = show(<PasswordField label="Password" value="secret" onChange={() => undefined} testId="p" error="Wrong" />);
  expect(screen.getByTestId<HTMLInputElement>("p").type).toBe("password");
  await user.click(screen.getByRole("button", { name: "Show password" }));
  expect(screen.getByTestId<HTMLInputElement>("p").type).toBe("text");
  await expectAccessible();
});

test("boxes, ticks, days, files and tabs have their names", async () => {
  show(<>
    <PasteField label="Invite" hint="Paste it" value="" onChange={() => undefined} error="Paste it." />
    <Checkbox label="I have them" on={false} onChange={() => undefined} invalid />
    <DaysField label="Good for" value={7} onChange={() => undefined} />
    <FileButton label="Choose a file" accept={[".csv"]} onFile={() => undefined} />
    <Tabs label="Places" tabs={[{ id: "a", label: "People", content: <p>people</p> }, { id: "b", label: "Machines", content: <p>machines</p> }]} />
    <Progress label="Half of it" done={1} total={2} />
  </>);
  expect(screen.getByRole("textbox", { name: "Invite" }).getAttribute("aria-invalid")).toBe("true");
  expect(screen.getByRole("radio", { name: "7 days" })).toBeTruthy();
  expect(screen.getByRole("progressbar", { name: "Half of it" }).getAttribute("aria-valuetext")).toBe("Half of it");
  await expectAccessible();
});

test("a QR code is a picture with a name, and too long a text draws nothing", async () => {
  const { container } = show(<><QrCode text="otpauth://totp/Sotto:a" label="QR code" /><QrCode text={"x".repeat(4000)} label="too long" /></>);
  expect(screen.getByRole("img", { name: "QR code" })).toBeTruthy();
  expect(screen.queryByRole("img", { name: "too long" })).toBeNull();
  expect(container.innerHTML).not.toContain("style=");
  await expectAccessible();
});

test("a text is copied, or marked where copying is refused", async () => {
  const { user } = show(<><CopyText label="Invite" value="sotto-invite" testId="t" /><Announcer /></>);
  const write = vi.spyOn(navigator.clipboard, "writeText").mockResolvedValueOnce().mockRejectedValueOnce(new Error("no"));
  await user.click(screen.getByRole("button", { name: "Copy" }));
  expect(await screen.findByRole("button", { name: "Copied" })).toBeTruthy();
  expect(write).toHaveBeenCalledWith("sotto-invite");
  await user.click(screen.getByRole("button", { name: "Copied" }));
  expect((await screen.findAllByText(/press Ctrl\+C/u)).length).toBeGreaterThan(0);
  const area = screen.getByTestId<HTMLTextAreaElement>("t");
  expect(area.value.slice(area.selectionStart, area.selectionEnd)).toBe("sotto-invite");
  await expectAccessible();
});

test("recovery codes are on the sheet, and the sheet is not on the screen", async () => {
  const { user, backend } = show(<RecoveryCodes codes={FAKE_CODES} login="theo.specimen" organisation="Sample Street Clinic" onDone={() => undefined} busy={false} reason={null} />, { language: "es" });
  const sheet = document.querySelector("body > [data-sheet]");
  for (const code of FAKE_CODES) expect(sheet?.textContent).toContain(code);
  expect(sheet?.textContent).toContain("theo.specimen");
  expect(sheet?.getAttribute("aria-hidden")).toBe("true");
  await user.click(screen.getByRole("button", { name: "Imprimir" }));
  expect(said(backend, "print")).toHaveLength(1);
  await expectAccessible();
});

test("what cannot be undone has to be typed", async () => {
  const confirm = vi.fn();
  const { user } = show(<TypedConfirm title="Revoke?" body="Really?" word="omar.testcase" action="Revoke" busy={false} reason={null} onConfirm={confirm} onClose={() => undefined} />);
  await user.type(screen.getByRole("textbox", { name: "To go on, type: omar.testcase" }), "omar{Enter}");
  expect(confirm).not.toHaveBeenCalled();
  expect(screen.getByText(/That is not the same/u)).toBeTruthy();
  await expectAccessible(screen.getByRole("alertdialog"));
  await user.type(screen.getByRole("textbox"), ".testcase{Enter}");
  expect(confirm).toHaveBeenCalledOnce();
});

function Waiting({ at }: { at: number }) {
  const left = useWait({ reason: { code: "throttled", retry_after_seconds: 60 }, at });
  return left > 0 ? <Wait seconds={left} /> : <p>go on</p>;
}

test("a wait counts down and ends", async () => {
  vi.useFakeTimers();
  show(<><Announcer /><Waiting at={Date.now()} /></>);
  expect(screen.getByRole("timer").textContent).toContain("60 seconds");
  await act(() => vi.advanceTimersByTimeAsync(31_000));
  expect(screen.getByRole("timer").textContent).toContain("29 seconds");
  expect(document.querySelector("[aria-live=assertive]")?.textContent).toContain("60 seconds");
  await act(() => vi.advanceTimersByTimeAsync(30_000));
  expect(screen.getByText("go on")).toBeTruthy();
});

function Working() {
  const [busy, setBusy] = useState(false);
  return <><Button label={busy ? "Working…" : "Go"} busy={busy} onPress={() => setBusy(true)} /><Announcer /></>;
}

test("a button that begins to work says so, keeps the focus and takes no second press", async () => {
  const { user } = show(<Working />);
  await user.click(screen.getByRole("button", { name: "Go" }));
  const button = screen.getByRole("button", { name: "Working…" });
  expect(button.getAttribute("aria-disabled")).toBe("true");
  expect(document.activeElement).toBe(button);
  await waitFor(() => expect(document.querySelector("[aria-live=polite]")?.textContent).toBe("Working…"));
  await expectAccessible();
});
