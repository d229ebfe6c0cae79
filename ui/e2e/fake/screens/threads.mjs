// Which screens have conversations, search and the palette?
import { fileURLToPath } from "node:url";
import { ADA, scrollAndSend } from "./steps.mjs";

/** A picture to attach. */
const PHOTO = fileURLToPath(new URL("../../../../crates/sotto-testkit/src/journey/files/wound.png", import.meta.url));
/** A report of two pages. */
const REPORT = fileURLToPath(new URL("../../../../crates/sotto-testkit/src/journey/files/report.pdf", import.meta.url));

/** Sends a PDF and opens it. */
const openPdf = (file) => async (page) => {
  await page.locator("[data-testid=composer-form] input[type=file]").setInputFiles(file);
  await page.getByTestId("outgoing-files").waitFor();
  await page.getByTestId("send").click();
  await page.getByTestId("file-open").nth(1).click();
};
/** Fails unless something is drawn on the page. */
const drawn = async (page, number) => {
  await page.locator(`[data-testid=pdf-page][data-drawn="${number}"]`).waitFor();
  const inked = await page.getByTestId("pdf-page").evaluate((canvas) => canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data.some((part) => part < 128));
  if (!inked) throw new Error("the page is white");
};

/** In the order in which they are looked at. */
export const THREADS = [
  { name: "main", page: "index", query: `${ADA}&draft=Her+daughter+is+on+the+way.`, settle: 500 },
  { name: "main-compact", page: "index", query: `${ADA}&density=compact` },
  { name: "main-start", page: "index", query: "" },
  { name: "main-empty", page: "index", query: "empty" },
  { name: "main-loading", page: "index", query: `${ADA}&hang=threads,messages`, settle: 600 },
  { name: "main-opening", page: "index", query: "hang=session", settle: 600 },
  { name: "main-error", page: "index", query: `${ADA}&fail=threads:server_error,messages:vault_corrupt,directory:internal` },
  { name: "main-offline", page: "index", query: `${ADA}&connection=offline&insecure&rolledback`, act: async (page) => { await page.getByTestId("composer").fill("Ambulance is at the door."); await page.getByTestId("send").click(); await page.locator("[data-state=queued]").waitFor(); } },
  { name: "main-team", page: "index", query: "thread=thr-west" },
  { name: "main-warning", page: "index", query: "thread=thr-june" },
  { name: "main-long", page: "index", query: "thread=thr-long" },
  { name: "main-huge", page: "index", query: "thread=thr-huge" },
  { name: "main-huge-scroll", page: "index", query: "thread=thr-huge", act: scrollAndSend },
  { name: "failed-discard", page: "index", query: ADA, act: async (page) => { await page.locator("[data-state=failed] button").first().click(); await page.getByRole("alertdialog").waitFor(); } },
  { name: "file-attached", page: "index", query: "thread=thr-mina", act: async (page) => { await page.locator("[data-testid=composer-form] input[type=file]").setInputFiles(PHOTO); await page.getByTestId("outgoing-files").waitFor(); } },
  { name: "file-cover", page: "index", query: "thread=thr-mina", act: async (page) => { await page.locator("[data-testid=composer-form] input[type=file]").setInputFiles(PHOTO); await page.getByTestId("outgoing-files").getByRole("button").first().click(); await page.getByTestId("cover-canvas").focus(); await page.keyboard.press("ArrowRight"); } },
  { name: "file-refused", page: "index", query: "thread=thr-mina&fail=beginFile:file_too_large", act: async (page) => { await page.locator("[data-testid=composer-form] input[type=file]").setInputFiles(PHOTO); await page.getByRole("alert").waitFor(); } },
  { name: "file-open", page: "index", query: "thread=thr-mina", act: async (page) => { await page.getByTestId("file-open").click(); await page.getByTestId("file-image").waitFor(); } },
  { name: "file-thumbnail", page: "index", query: "thread=thr-mina", act: async (page) => { await page.getByTestId("file-open").click(); await page.getByTestId("file-image").waitFor(); await page.keyboard.press("Escape"); await page.getByTestId("file-thumbnail").waitFor(); } },
  { name: "file-failed", page: "index", query: "thread=thr-mina&fail=fetchFile:file_damaged", act: (page) => page.getByTestId("file-open").click() },
  { name: "file-pdf", page: "index", query: "thread=thr-mina", act: async (page) => { await openPdf(REPORT)(page); await drawn(page, 1); await page.keyboard.press("PageDown"); await drawn(page, 2); await page.keyboard.press("+"); await drawn(page, 2); await page.keyboard.press("PageUp"); await drawn(page, 1); } },
  { name: "file-pdf-damaged", page: "index", query: "thread=thr-mina", act: async (page) => { await openPdf({ name: "scan.pdf", mimeType: "application/pdf", buffer: Buffer.from("%PDF-1.7\nnothing of a document") })(page); await page.getByRole("alert").waitFor(); } },
  { name: "receipts", page: "index", query: ADA, settle: 400 },
  { name: "readers", page: "index", query: ADA, act: async (page) => { await page.locator("[data-entry=thr-ada-5]").focus(); await page.keyboard.press("Shift+V"); await page.getByTestId("readers").waitFor(); } },
  { name: "ask", page: "index", query: ADA, act: async (page) => { await page.getByTestId("ask").click(); await page.getByTestId("ask-words").fill("In 5 min"); } },
  { name: "search", page: "index", query: ADA, act: async (page) => { await page.keyboard.press("/"); await page.locator("[data-pane=list] input").first().fill("bed"); await page.getByTestId("search-hit").first().click(); } },
  { name: "search-none", page: "index", query: "", act: async (page) => { await page.keyboard.press("/"); await page.locator("[data-pane=list] input").first().fill("zzz"); } },
  { name: "search-filters", page: "index", query: ADA, act: async (page) => { await page.keyboard.press("/"); await page.getByTestId("search-filters").click(); await page.getByTestId("filter-from").fill("theo"); await page.getByTestId("filter-person").first().click(); await page.getByTestId("search-hit").first().waitFor(); } },
  { name: "find", page: "index", query: "thread=thr-huge", act: async (page) => { await page.keyboard.press("Control+f"); await page.keyboard.type("pump 49"); await page.locator("[data-hit=true]").first().waitFor(); } },
  { name: "directory", page: "index", query: ADA, act: (page) => page.getByRole("button", { name: /Directory|Directorio/u }).click() },
  { name: "palette", page: "index", query: ADA, act: async (page) => { await page.keyboard.press("Control+k"); await page.getByRole("combobox").waitFor(); } },
  { name: "palette-typed", page: "index", query: ADA, act: async (page) => { await page.keyboard.press("Control+k"); await page.getByRole("combobox").fill("sam"); } },
  { name: "help", page: "index", query: ADA, act: async (page) => { await page.keyboard.press("?"); await page.getByRole("dialog").waitFor(); } },
  { name: "new-thread", page: "index", query: ADA, act: async (page) => { await page.keyboard.press("c"); await page.getByRole("dialog").waitFor(); } },
  { name: "new-thread-patient", page: "index", query: ADA, act: async (page) => { await page.keyboard.press("c"); await page.getByRole("dialog").getByRole("option").nth(1).click(); await page.getByText(/About a patient|Sobre un paciente/u).click(); await page.getByTestId("new-send").click(); } },
];
