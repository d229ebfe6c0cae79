// Does a file go with a message, say how far it is, and open inside the window?
import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { beforeEach, expect, test, vi } from "vitest";
import type { ViewState } from "../backend/bindings";
import { expectAccessible, said, showMain } from "../test/render";

const at = (thread: string): ViewState => ({ filter: "mine", thread, anchor_seq: null, anchor_offset: 0, composer_focused: false, selection_start: 0, selection_end: 0 });
const png = (bytes = 20) => new File([new Uint8Array([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, ...Array.from({ length: bytes }, () => 0)])], "wound.png", { type: "image/png" });
const composer = () => screen.findByTestId<HTMLTextAreaElement>("composer");
const form = () => screen.getByTestId("composer-form");

beforeEach(() => {
  // jsdom has no addresses of its own.
  URL.createObjectURL = vi.fn(() => "blob:picture");
  URL.revokeObjectURL = vi.fn();
});

test("a dropped file waits with the draft, and goes out with the words", async () => {
  const { user, backend } = showMain({ view: at("thr-mina") });
  await composer();
  fireEvent.drop(form(), { dataTransfer: { files: [png()], types: ["Files"] } });
  const waiting = await screen.findByTestId("outgoing-files");
  expect(within(waiting).getByText("wound.png")).toBeTruthy();
  await waitFor(() => expect(waiting.textContent).toContain("Ready to send"));
  await expectAccessible();
  await user.type(await composer(), "Left heel");
  await user.click(screen.getByTestId("send"));
  await waitFor(() => expect(said(backend, "sendFile")).toEqual([[{ file: "file-1", text: "Left heel", priority: "fyi" }]]));
  expect(said(backend, "sendMessage")).toEqual([]);
  await waitFor(() => expect(screen.queryByTestId("outgoing-files")).toBeNull());
  expect((await screen.findAllByRole("group", { name: /File wound\.png/u })).length).toBe(1);
});

test("a pasted file can be sent without a word, and taken out before", async () => {
  const { user, backend } = showMain({ view: at("thr-mina") });
  fireEvent.paste(await composer(), { clipboardData: { files: [png()], types: ["Files"] } });
  await user.click(await screen.findByRole("button", { name: "Remove wound.png" }));
  await waitFor(() => expect(screen.queryByTestId("outgoing-files")).toBeNull());
  expect(said(backend, "discardFile")).toEqual([["file-1"]]);
  fireEvent.paste(await composer(), { clipboardData: { files: [png()], types: ["Files"] } });
  await waitFor(() => expect(screen.getByTestId("outgoing-files").textContent).toContain("Ready to send"));
  await user.click(screen.getByTestId("send"));
  await waitFor(() => expect(said(backend, "sendFile")).toEqual([[{ file: "file-2", text: "", priority: "fyi" }]]));
});

test("parts of a picture that waits can be covered, and it goes out in its place", async () => {
  // jsdom draws nothing: that something was painted is looked at in the pictures.
  const painted = vi.fn();
  vi.spyOn(HTMLCanvasElement.prototype, "getContext").mockReturnValue({ drawImage: vi.fn(), fillRect: painted } as never);
  vi.spyOn(HTMLCanvasElement.prototype, "toBlob").mockImplementation((done) => done(png(30)));
  const { user, backend } = showMain({ view: at("thr-mina") });
  fireEvent.paste(await composer(), { clipboardData: { files: [png()], types: ["Files"] } });
  await user.click(await screen.findByRole("button", { name: "Cover parts of wound.png" }));
  expect(screen.getByTestId<HTMLButtonElement>("cover-keep").disabled).toBe(true);
  screen.getByTestId("cover-canvas").focus();
  await user.keyboard("{ArrowRight}{Enter}");
  expect(painted).toHaveBeenCalledTimes(1);
  await expectAccessible();
  await user.click(screen.getByTestId("cover-keep"));
  await waitFor(() => expect(said(backend, "beginFile")).toHaveLength(2));
  expect(said(backend, "discardFile")).toEqual([["file-1"]]);
});

test("a program under the name of a picture is refused with a sentence", async () => {
  const { backend } = showMain({ view: at("thr-mina") });
  await composer();
  fireEvent.drop(form(), { dataTransfer: { files: [new File(["MZ\u0090"], "wound.png")], types: ["Files"] } });
  const why = await screen.findByRole("alert");
  expect(why.textContent).toMatch(/wound\.png.*what is in them decides, not their name/u);
  expect(screen.queryByTestId("outgoing-files")).toBeNull();
  expect(said(backend, "sendFile")).toEqual([]);
  // The next choice is a new one: what was said of the last goes.
  fireEvent.drop(form(), { dataTransfer: { files: [png(), new File(["MZ\u0090"], "a.exe"), new File(["PK"], "b.zip")], types: ["Files"] } });
  await waitFor(() => expect(screen.getAllByRole("alert").map((one) => one.textContent?.slice(0, 5))).toEqual(["a.exe", "b.zip"]));
  await waitFor(() => expect(screen.getByTestId("outgoing-files").textContent).toContain("Ready to send"));
  fireEvent.paste(await composer(), { clipboardData: { files: [png()], types: ["Files"] } });
  await waitFor(() => expect(screen.queryByRole("alert")).toBeNull());
});

test.each([
  ["beginFile", "attachment_too_large", /let nobody send a file that large/u],
  ["putFilePart", "attachment_type_forbidden", /let nobody send files of that type/u],
  ["sendFile", "attachment_too_large", /let nobody send a file that large/u],
] as const)("what the rules refuse at %s is said", async (call, code, sentence) => {
  const { user } = showMain({ view: at("thr-mina"), fail: { [call]: { code } } });
  await composer();
  fireEvent.drop(form(), { dataTransfer: { files: [png()], types: ["Files"] } });
  if (call === "sendFile") {
    await waitFor(() => expect(screen.getByTestId("outgoing-files").textContent).toContain("Ready to send"));
    await user.click(screen.getByTestId("send"));
  }
  await screen.findByText(sentence);
});

test("a picture is fetched, shown inside the window, and forgotten when it is closed", async () => {
  const { user, backend } = showMain({ view: at("thr-mina") });
  await user.click(await screen.findByRole("button", { name: "Open wound-day-4.png" }));
  const image = await screen.findByTestId<HTMLImageElement>("file-image");
  expect(image.alt).toBe("wound-day-4.png");
  expect(said(backend, "fetchFile")).toEqual([["thr-mina", 2]]);
  await expectAccessible();
  await user.click(screen.getByRole("button", { name: "Close" }));
  await waitFor(() => expect(URL.revokeObjectURL).toHaveBeenCalledWith("blob:picture"));
});

test("a picture that is here is shown small beside its name, and one that is not is not fetched for that", async () => {
  const { user, backend } = showMain({ view: at("thr-mina") });
  await screen.findByRole("button", { name: "Open wound-day-4.png" });
  expect(screen.queryByTestId("file-thumbnail")).toBeNull();
  await user.click(screen.getByRole("button", { name: "Open wound-day-4.png" }));
  await user.click(await screen.findByRole("button", { name: "Close" }));
  const small = await screen.findByTestId<HTMLImageElement>("file-thumbnail");
  expect(small.src).toBe("blob:picture");
  expect(said(backend, "fetchFile")).toHaveLength(1);
});

test("a fetch under way can be ended, and one that fails says why", async () => {
  const { user, backend } = showMain({ view: at("thr-mina"), hang: ["fetchFile"] });
  await user.click(await screen.findByRole("button", { name: "Open wound-day-4.png" }));
  await user.click(await screen.findByRole("button", { name: "Cancel wound-day-4.png" }));
  expect(said(backend, "cancelFetch")).toEqual([["thr-mina", 2]]);
});

test("a damaged file says so", async () => {
  const { user } = showMain({ view: at("thr-mina"), fail: { fetchFile: { code: "file_damaged" } } });
  await user.click(await screen.findByRole("button", { name: "Open wound-day-4.png" }));
  await screen.findByText(/is not what was sent/u);
});
