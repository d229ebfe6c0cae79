// Which screens are looked at, and how does one get to each?
const ADA = "thread=thr-ada";

/** Scrolls far up and down again through a long thread: no gap, no jump, and what is sent then comes into sight. */
async function scrollAndSend(page) {
  const log = page.getByRole("log");
  const shown = () => log.evaluate((element) => {
    const box = element.getBoundingClientRect();
    return [...element.querySelectorAll("article")].filter((one) => one.getBoundingClientRect().bottom > box.top && one.getBoundingClientRect().top < box.bottom).map((one) => Number(one.dataset.entry.split("-").at(-1)));
  });
  /** Asks until the answer is one: a list that is blank for a moment on a slow machine is neither a gap nor a jump. */
  const until = async (ask, what) => {
    const end = Date.now() + 10_000;
    for (;;) {
      const answer = await ask();
      if (answer) return answer;
      if (Date.now() > end) throw new Error(what);
      await page.waitForTimeout(20);
    }
  };
  const rowsInSight = () => until(async () => { const rows = await shown(); return rows.length > 0 && rows; }, "the list stays blank");
  await log.hover();
  let [first] = await rowsInSight();
  for (const step of [...Array(30).fill(-500), ...Array(60).fill(600)]) {
    await page.mouse.wheel(0, step);
    await page.waitForTimeout(50);
    const rows = await rowsInSight();
    const [next] = rows;
    if (rows.some((row, index) => index > 0 && row !== (rows[index - 1] ?? 0) + 1)) throw new Error(`a gap in ${rows.join(" ")}`);
    if (step < 0 ? next > first || first - next > 30 : next < first || next - first > 30) throw new Error(`a jump from ${first} to ${next}`);
    first = next;
  }
  await page.getByTestId("composer").fill("Back in ten minutes.");
  await page.getByTestId("send").click();
  const inSight = () => log.getByText("Back in ten minutes.").evaluateAll((all) => all.some((one) => one.getBoundingClientRect().bottom <= (one.closest("[role=log]")?.getBoundingClientRect().bottom ?? 0)));
  await until(inSight, "the sent message is out of sight");
}

/** A screen: its page, its query, and what is done before the picture. */
export const SCREENS = [
  { name: "tiles", page: "lock", query: "state=tiles" },
  { name: "tiles-everybody", page: "lock", query: "state=tiles", act: (page) => page.getByRole("button", { name: /Someone else|Otra persona/u }).click() },
  { name: "password", page: "lock", query: "state=tiles", act: (page) => page.getByTestId("tile-acc-theo").click() },
  { name: "wrong-password", page: "lock", query: "state=locked", act: async (page) => { await page.getByTestId("password").fill("not the password"); await page.getByTestId("sign-in").click(); await page.getByRole("alert").waitFor(); } },
  { name: "throttled", page: "lock", query: "state=locked&fail=signIn:throttled:60", act: async (page) => { await page.getByTestId("password").fill("not the password"); await page.getByTestId("sign-in").click(); await page.getByRole("timer").waitFor(); } },
  { name: "locked", page: "lock", query: "state=locked" },
  { name: "locked-offline-insecure", page: "lock", query: "state=locked&connection=offline&insecure" },
  { name: "enrol", page: "lock", query: "state=enrol" },
  { name: "enrol-wrong", page: "lock", query: "state=enrol&fail=enrol:invite_expired", act: async (page) => {
    const boxes = page.getByRole("textbox");
    await boxes.nth(0).fill("ABCD-EFGH-2345");
    await boxes.nth(1).fill("Front-Desk-2");
    for (const field of await page.locator("input[type=password]").all()) await field.fill("correct horse battery");
    await page.locator("button[type=submit]").click();
    await page.getByRole("alert").waitFor();
  } },
  { name: "lock-error", page: "lock", query: "fail=workstation:vault_corrupt" },
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
  { name: "search", page: "index", query: ADA, act: async (page) => { await page.keyboard.press("/"); await page.locator("[data-pane=list] input").fill("bed"); await page.getByTestId("search-hit").first().click(); } },
  { name: "search-none", page: "index", query: "", act: async (page) => { await page.keyboard.press("/"); await page.locator("[data-pane=list] input").fill("zzz"); } },
  { name: "find", page: "index", query: "thread=thr-huge", act: async (page) => { await page.keyboard.press("Control+f"); await page.keyboard.type("pump 49"); await page.locator("[data-hit=true]").first().waitFor(); } },
  { name: "directory", page: "index", query: ADA, act: (page) => page.getByRole("button", { name: /Directory|Directorio/u }).click() },
  { name: "palette", page: "index", query: ADA, act: async (page) => { await page.keyboard.press("Control+k"); await page.getByRole("combobox").waitFor(); } },
  { name: "palette-typed", page: "index", query: ADA, act: async (page) => { await page.keyboard.press("Control+k"); await page.getByRole("combobox").fill("sam"); } },
  { name: "help", page: "index", query: ADA, act: async (page) => { await page.keyboard.press("?"); await page.getByRole("dialog").waitFor(); } },
  { name: "new-thread", page: "index", query: ADA, act: async (page) => { await page.keyboard.press("c"); await page.getByRole("dialog").waitFor(); } },
  { name: "new-thread-patient", page: "index", query: ADA, act: async (page) => { await page.keyboard.press("c"); await page.getByRole("dialog").getByRole("option").nth(1).click(); await page.getByText(/About a patient|Sobre un paciente/u).click(); await page.getByTestId("new-send").click(); } },
  { name: "preferences", page: "index", query: ADA, act: async (page) => { await page.keyboard.press("Control+k"); await page.getByRole("combobox").fill("prefer"); await page.keyboard.press("Enter"); await page.getByRole("switch").first().waitFor(); } },
  { name: "peek", page: "index", query: ADA, act: (page) => page.keyboard.press("z") },
  { name: "fade", page: "index", query: ADA, act: (page) => page.evaluate(() => window.sottoFake?.emit({ kind: "lock_warning", seconds: 5 })), settle: 1500, alive: true },
  { name: "cover", page: "index", query: `${ADA}&fail=lock:internal`, act: async (page) => { await page.keyboard.press("Control+Shift+L"); await page.getByTestId("lock-cover").waitFor(); } },
];

/** Sizes looked at; the last is 1280x800 at 200 % zoom. */
export const SIZES = { "1280": { width: 1280, height: 800 }, "1920": { width: 1920, height: 1080 }, zoom: { width: 640, height: 400 } };
