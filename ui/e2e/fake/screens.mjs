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

const TOKEN = `sotto-workstation-v1.${"Zm9yIHRoZSBwaWN0dXJlcyBvbmx5".repeat(4)}`;
const INVITE = `sotto-invite-v1.${"bm90IGEgcmVhbCBpbnZpdGUgYXQgYWxs".repeat(40)}`;
const PASSWORD = "correct horse battery";
const submit = (page) => page.locator("button[type=submit]").first().click();

/** From the tiles to the step of a first sign-in where the password is chosen. */
async function toPassword(page) {
  await page.getByRole("button", { name: /Use an invite|Use una invitación/u }).click();
  await page.getByTestId("invite").fill(INVITE);
  await submit(page);
  await page.getByTestId("password").waitFor();
}

/** On to the second factor. */
async function toTotp(page) {
  await toPassword(page);
  await page.getByTestId("password").fill(PASSWORD);
  await page.getByTestId("password-again").fill(PASSWORD);
  await submit(page);
  await page.getByTestId("totp-secret").waitFor();
}

/** On to the recovery codes. */
async function toCodes(page) {
  await toTotp(page);
  await page.getByTestId("code").fill("123456");
  await submit(page);
  await page.getByTestId("recovery-codes").waitFor();
}

const toSomeone = (page) => page.getByTestId("someone-else").click();

/** Somebody without a tile, all three lines filled in. */
async function signInAsSomeone(page) {
  await toSomeone(page);
  await page.getByTestId("login").fill("theo.specimen");
  await page.getByTestId("password").fill(PASSWORD);
  await page.getByTestId("code").fill("654321");
  await page.getByTestId("sign-in").click();
}

const toAdmin = (page) => page.getByRole("button", { name: /People and workstations|Personas y estaciones/u }).click();

/** One of the roles in the open dialog. */
const chooseRole = (page, name) => page.getByRole("dialog").getByText(name).click();

/** A page made for an invite. */
async function makeInvite(page) {
  await toAdmin(page);
  await page.getByTestId("invite-open").click();
  await page.getByTestId("invite-name").fill("Dra. Ana María Ejemplo");
  await page.getByTestId("invite-title").fill("Physician, day clinic");
  await chooseRole(page, /^(Physician|Médico)$/u);
  await page.getByTestId("invite-make").click();
  await page.getByTestId("invite-text").waitFor();
}

/** The question before somebody who is in gets another invite. */
async function inviteAgain(page) {
  await toAdmin(page);
  await page.getByRole("button", { name: /(Invite again|Invitar de nuevo): Omar Testcase/u }).click();
  await page.getByTestId("again-make").waitFor();
}

/** The tab of that number in the administrator's place. */
async function toTab(page, number) {
  await toAdmin(page);
  await page.getByRole("tab").nth(number).click();
}

/** The list of machines. */
async function toFleet(page) {
  await toTab(page, 1);
  await page.getByTestId("workstation-row").first().waitFor();
}

/** One machine's panel, found by its name. */
async function toMachine(page, name) {
  await toFleet(page);
  await page.locator("[data-testid=admin] input").first().fill(name);
  await page.getByTestId("workstation-row").filter({ hasText: name }).first().click();
  await page.getByTestId("machine-panel").waitFor();
  // The rules come after the machine.
  await page.waitForTimeout(200);
}

/** Three machines are chosen by keys alone. */
async function chooseThree(page) {
  await toFleet(page);
  await page.getByTestId("workstation-row").nth(3).focus();
  for (const key of ["Space", "ArrowDown", "Space", "ArrowDown", "Space"]) await page.keyboard.press(key);
  await page.getByTestId("chosen-lock").waitFor();
}

/** The commands, and one of them open. */
async function toCommand(page, name) {
  await toTab(page, 2);
  await page.locator("[data-testid=admin] input").first().fill(name);
  await page.getByTestId("command-row").first().click();
  await page.getByTestId("command-card").waitFor();
}

/** The register, and one of its incidents open. */
async function toIncident(page, name) {
  await toTab(page, 4);
  await page.getByTestId("incident-row").filter({ hasText: name }).click();
  await page.getByTestId("incident-panel").waitFor();
}

/** The steps for a lost machine, reported. */
async function toLost(page) {
  await toMachine(page, "3-West-Cart-1");
  await page.getByTestId("lost-open").click();
  await page.getByTestId("lost-report").click();
}

/** On to the wipe that waits for a colleague. */
async function toLostWipe(page) {
  await toLost(page);
  await page.getByTestId("lost-lock").click();
  await page.getByTestId("command-give").click();
  await page.getByTestId("lost-wipe").click();
  await page.getByTestId("command-word").fill("3-West-Cart-1");
  await page.getByTestId("command-give").click();
  await page.getByTestId("lost-revoke").waitFor();
}

/** What the printer gets, on the screen. */
async function asPrinted(page) {
  await page.emulateMedia({ media: "print" });
}

const LIST = "name,title,login,role\nRosa Ejemplo,Nurse,rosa.ejemplo,nurse\nSam Specimen,Front desk,,front desk\nRose Ejemplo,Nurse,rosa.ejemplo,nurse\n,Billing,nobody.here,billing\nTheo Specimen,Physician,theo.specimen,physician\nKim Muster,Nurse,kím,nurse\nLee Beispiel,Volunteer,lee.b,helper\n";

/** A list with a few slips in it, checked. */
async function toImport(page) {
  await toAdmin(page);
  await page.getByTestId("import-open").click();
  await page.getByTestId("import-text").fill(LIST);
}

/** A screen: its page, its query, and what is done before the picture. */
export const SCREENS = [
  { name: "tiles", page: "lock", query: "state=tiles" },
  { name: "tiles-nobody", page: "lock", query: "state=tiles&nobody" },
  { name: "password", page: "lock", query: "state=tiles", act: (page) => page.getByTestId("tile-acc-theo").click() },
  { name: "wrong-password", page: "lock", query: "state=locked", act: async (page) => { await page.getByTestId("password").fill("not the password"); await page.getByTestId("sign-in").click(); await page.getByRole("alert").waitFor(); } },
  { name: "throttled", page: "lock", query: "state=locked&fail=signIn:throttled:60", act: async (page) => { await page.getByTestId("password").fill("not the password"); await page.getByTestId("sign-in").click(); await page.getByRole("timer").waitFor(); } },
  { name: "locked", page: "lock", query: "state=locked" },
  { name: "locked-shut-out", page: "lock", query: "state=locked&shutout=account_revoked&pin=5" },
  { name: "locked-offline-insecure", page: "lock", query: "state=locked&connection=offline&insecure" },
  { name: "vault-gone", page: "lock", query: "state=locked&fail=signIn:vault_destroyed", act: async (page) => { await page.getByTestId("password").fill("not the password"); await page.getByTestId("sign-in").click(); await page.getByTestId("full-sign-in").waitFor(); } },
  { name: "pin", page: "lock", query: "state=locked&pin=5" },
  { name: "pin-wrong", page: "lock", query: "state=locked&pin=5", act: async (page) => { await page.getByTestId("pin").fill("999999"); await page.getByTestId("sign-in").click(); await page.getByRole("alert").waitFor(); } },
  { name: "pin-last", page: "lock", query: "state=locked&pin=1" },
  { name: "pin-over", page: "lock", query: "state=locked&pin=1", act: async (page) => { await page.getByTestId("pin").fill("999999"); await page.getByTestId("sign-in").click(); await page.getByTestId("full-sign-in").waitFor(); } },
  { name: "workstation-new", page: "lock", query: "state=enrol" },
  { name: "workstation-managed", page: "lock", query: "state=enrol&managed=token_used" },
  { name: "locked-managed", page: "lock", query: "state=locked&managed" },
  { name: "wiped", page: "lock", query: "state=enrol&wiped", act: (page) => page.getByTestId("wiped").waitFor() },
  { name: "workstation-invite", page: "lock", query: "state=enrol", act: (page) => page.getByTestId("token").fill(INVITE) },
  { name: "workstation-used", page: "lock", query: "state=enrol&fail=enrolWorkstation:token_used", act: async (page) => { await page.getByTestId("token").fill(TOKEN); await submit(page); await page.getByRole("alert").waitFor(); } },
  { name: "workstation-working", page: "lock", query: "state=enrol&hang=enrolWorkstation", act: async (page) => { await page.getByTestId("token").fill(TOKEN); await submit(page); } },
  { name: "workstation-done", page: "lock", query: "state=enrol", act: async (page) => { await page.getByTestId("token").fill(TOKEN); await submit(page); await page.getByTestId("go-to-tiles").waitFor(); } },
  { name: "enrol-invite", page: "lock", query: "state=tiles", act: async (page) => { await page.getByRole("button", { name: /Use an invite|Use una invitación/u }).click(); await submit(page); } },
  { name: "enrol-expired", page: "lock", query: "state=tiles&fail=beginEnrol:invite_expired", act: async (page) => { await toPassword(page); await page.getByTestId("password").fill(PASSWORD); await page.getByTestId("password-again").fill(PASSWORD); await submit(page); await page.getByRole("alert").waitFor(); } },
  { name: "enrol-password", page: "lock", query: "state=tiles", act: toPassword },
  { name: "enrol-password-weak", page: "lock", query: "state=tiles", act: async (page) => { await toPassword(page); await page.getByTestId("password").fill("password1234"); await page.getByTestId("password-again").fill("password123"); await submit(page); await page.waitForTimeout(2500); } },
  { name: "enrol-password-strong", page: "lock", query: "state=tiles", act: async (page) => { await toPassword(page); await page.getByTestId("password").fill(PASSWORD); await page.getByTestId("password-again").fill(PASSWORD); await page.waitForTimeout(2500); } },
  { name: "enrol-totp", page: "lock", query: "state=tiles", act: toTotp },
  { name: "enrol-totp-wrong", page: "lock", query: "state=tiles", act: async (page) => { await toTotp(page); await page.getByTestId("code").fill("000000"); await submit(page); await page.getByRole("alert").waitFor(); } },
  { name: "enrol-codes", page: "lock", query: "state=tiles", act: toCodes },
  { name: "enrol-codes-unticked", page: "lock", query: "state=tiles", act: async (page) => { await toCodes(page); await page.getByTestId("codes-go").click(); } },
  { name: "enrol-codes-paper", page: "lock", query: "state=tiles", act: async (page) => { await toCodes(page); await asPrinted(page); }, paper: true },
  { name: "enrol-gone", page: "lock", query: "state=tiles&fail=enter:locked", act: async (page) => { await toCodes(page); await page.getByTestId("codes-have").click(); await page.getByTestId("codes-go").click(); await page.getByTestId("someone-else").waitFor(); } },
  { name: "someone", page: "lock", query: "state=tiles", act: toSomeone },
  { name: "someone-offline", page: "lock", query: "state=tiles&connection=offline", act: toSomeone },
  { name: "someone-wrong-code", page: "lock", query: "state=tiles", act: async (page) => { await signInAsSomeone(page); await page.getByRole("alert").waitFor(); } },
  { name: "someone-throttled", page: "lock", query: "state=tiles&fail=signInNew:throttled:300", act: async (page) => { await signInAsSomeone(page); await page.getByRole("timer").waitFor(); } },
  { name: "someone-revoked", page: "lock", query: "state=tiles&fail=signInNew:account_revoked", act: async (page) => { await signInAsSomeone(page); await page.getByRole("alert").waitFor(); } },
  { name: "recover", page: "lock", query: "state=tiles", act: async (page) => { await toSomeone(page); await page.getByRole("button", { name: /Lost your|Perdió su/u }).click(); await page.getByTestId("login").fill("noor.example"); await page.getByTestId("recovery-code").fill("7kq2m 9x4td"); await submit(page); } },
  { name: "recover-password", page: "lock", query: "state=tiles", act: async (page) => { await toSomeone(page); await page.getByRole("button", { name: /Lost your|Perdió su/u }).click(); await page.getByTestId("login").fill("noor.example"); await page.getByTestId("recovery-code").fill("7kq2m9x4tdb3vnp6hjwr"); await submit(page); await page.getByTestId("code").waitFor(); } },
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
  { name: "pin-set", page: "index", query: `${ADA}&pin=5`, act: async (page) => { await page.keyboard.press("Control+k"); await page.getByRole("combobox").fill("prefer"); await page.keyboard.press("Enter"); await page.getByTestId("pin-set").click(); await page.getByTestId("pin-password").fill(PASSWORD); await page.getByTestId("pin-new").fill("123456"); await page.getByTestId("pin-again").fill("123456"); await page.getByTestId("pin-save").click(); await page.getByRole("alert").waitFor(); await page.getByTestId("pin-save").scrollIntoViewIfNeeded(); } },
  { name: "preferences", page: "index", query: ADA, act: async (page) => { await page.keyboard.press("Control+k"); await page.getByRole("combobox").fill("prefer"); await page.keyboard.press("Enter"); await page.getByRole("switch").first().waitFor(); } },
  { name: "preferences-rules", page: "index", query: ADA, act: async (page) => { await page.keyboard.press("Control+k"); await page.getByRole("combobox").fill("prefer"); await page.keyboard.press("Enter"); await page.getByTestId("rule-idle_lock_s").waitFor(); await page.getByTestId("rule-two_person_wipe").scrollIntoViewIfNeeded(); } },
  { name: "preferences-own-rules", page: "index", query: ADA, act: async (page) => { await page.keyboard.press("Control+k"); await page.getByRole("combobox").fill("prefer"); await page.keyboard.press("Enter"); await page.getByTestId("own-rules").getByRole("radio").first().check({ force: true }); await page.getByTestId("own-rules").scrollIntoViewIfNeeded(); } },
  { name: "new-sign-in", page: "index", query: `${ADA}&newsignin` },
  { name: "new-sign-in-denied", page: "index", query: `${ADA}&newsignin`, act: async (page) => { await page.getByTestId("sign-in-not-mine").focus(); await page.keyboard.press("Enter"); await page.locator("[data-denied=true]").waitFor(); } },
  { name: "sign-in-ended", page: "index", query: `${ADA}&newsignin=denied`, act: async (page) => { await page.getByTestId("sign-in-end").focus(); await page.keyboard.press("Enter"); await page.getByTestId("sign-in-ended").waitFor(); } },
  { name: "sign-in-end-fails", page: "index", query: `${ADA}&newsignin=denied&fail=endDevice:server_unreachable`, act: async (page) => { await page.getByTestId("sign-in-end").focus(); await page.keyboard.press("Enter"); await page.locator("[data-denied=true]").getByRole("alert").waitFor(); } },
  { name: "sign-out-everywhere", page: "index", query: ADA, act: async (page) => { await page.keyboard.press("Control+k"); await page.getByRole("combobox").fill("prefer"); await page.keyboard.press("Enter"); await page.getByTestId("sign-out-everywhere").click(); await page.getByTestId("sign-out-everywhere-confirm").scrollIntoViewIfNeeded(); } },
  { name: "sign-ins", page: "index", query: ADA, act: async (page) => { await page.keyboard.press("Control+k"); await page.getByRole("combobox").fill("prefer"); await page.keyboard.press("Enter"); await page.getByTestId("sign-in-row").last().scrollIntoViewIfNeeded(); } },
  { name: "admin-sign-ins", page: "index", query: "admin", act: async (page) => { await toAdmin(page); await page.getByRole("button", { name: /(Sign-ins of|Accesos de) Omar Testcase/u }).click(); await page.getByTestId("sign-in-row").first().waitFor(); } },
  { name: "filling", page: "index", query: `${ADA}&filling=12400` },
  { name: "admin-people", page: "index", query: "admin", act: toAdmin },
  { name: "admin-empty", page: "index", query: "admin&empty", act: toAdmin },
  { name: "admin-loading", page: "index", query: "admin&hang=people", act: toAdmin, settle: 600 },
  { name: "admin-error", page: "index", query: "admin&fail=people:server_unreachable&connection=offline", act: toAdmin },
  { name: "admin-invite", page: "index", query: "admin", act: async (page) => { await toAdmin(page); await page.getByTestId("invite-open").click(); await page.getByTestId("invite-name").fill("Theo Specimen"); await page.getByTestId("invite-make").click(); } },
  { name: "admin-invite-made", page: "index", query: "admin", act: makeInvite },
  { name: "admin-invite-paper", page: "index", query: "admin", act: async (page) => { await makeInvite(page); await asPrinted(page); }, paper: true },
  { name: "admin-revoke", page: "index", query: "admin", act: async (page) => { await toAdmin(page); await page.getByRole("button", { name: /(Revoke|Revocar a) Omar Testcase/u }).click(); await page.getByTestId("confirm").click(); } },
  { name: "admin-again", page: "index", query: "admin", act: inviteAgain },
  { name: "admin-again-made", page: "index", query: "admin", act: async (page) => { await inviteAgain(page); await page.getByTestId("again-make").click(); await page.getByTestId("invite-text").waitFor(); } },
  { name: "admin-may-ask", page: "index", query: "admin&standing=may_ask", act: async (page) => { await page.getByTestId("ask-open").waitFor(); } },
  { name: "admin-asked", page: "index", query: "admin&standing=asked", act: async (page) => { await page.getByTestId("grant-self").waitFor(); } },
  { name: "admin-ask", page: "index", query: "admin&standing=may_ask", act: async (page) => { await page.getByTestId("ask-open").click(); await page.getByTestId("ask-password").fill(PASSWORD); await page.getByTestId("code").fill("000000"); await page.getByTestId("ask-admin").click(); await page.getByRole("alert").waitFor(); } },
  { name: "admin-ask-codes", page: "index", query: "admin&standing=may_ask", act: async (page) => { await page.getByTestId("ask-open").click(); await page.getByTestId("ask-password").fill(PASSWORD); await page.getByTestId("code").fill("123456"); await page.getByTestId("ask-admin").click(); await page.getByTestId("recovery-codes").waitFor(); } },
  { name: "admin-grant", page: "index", query: "admin", act: async (page) => { await toAdmin(page); await page.getByRole("button", { name: /^(Grant: |Conceder: )/u }).click(); await page.getByTestId("grant-admin").waitFor(); } },
  { name: "admin-sheets", page: "index", query: "admin&standing=asked", act: async (page) => { await page.getByTestId("grant-self").click(); await page.getByTestId("sheet-1").fill("SOTTO ROOT SHEET: sheet 1 of 3, any 2"); await page.getByTestId("sheet-2").fill("a slip"); await page.getByTestId("grant-admin").click(); await page.getByText(/^(Line|Línea) 7:/u).waitFor(); } },
  { name: "admin-role", page: "index", query: "admin", act: async (page) => { await toAdmin(page); await page.getByRole("button", { name: /(role|rol) (of|de) Omar Testcase/u }).click(); await chooseRole(page, /^(Custom|Propio)$/u); await page.getByText(/^(Clinical conversations|Conversaciones clínicas)$/u).click(); } },
  { name: "admin-home", page: "index", query: "admin", act: async (page) => { await page.getByTestId("person-row").first().waitFor(); } },
  { name: "officer-home", page: "index", query: "role=privacy_officer", act: async (page) => { await page.getByTestId("person-row").first().waitFor(); } },
  { name: "new-thread-desk", page: "index", query: "role=front_desk", act: async (page) => { await page.getByRole("option").first().waitFor(); await page.keyboard.press("c"); await page.getByRole("dialog").waitFor(); } },
  { name: "admin-import", page: "index", query: "admin", act: toImport },
  { name: "admin-import-judged", page: "index", query: "admin", act: async (page) => { await toImport(page); await page.getByTestId("import-check").click(); await page.getByTestId("import-invite").waitFor(); } },
  { name: "admin-import-done", page: "index", query: "admin", act: async (page) => { await toImport(page); await page.getByTestId("import-check").click(); await page.getByTestId("import-invite").click(); await page.getByTestId("import-done").waitFor(); } },
  { name: "admin-workstations", page: "index", query: "admin", act: async (page) => { await toAdmin(page); await page.getByRole("tab").nth(1).click(); await page.getByTestId("workstation-row").first().waitFor(); } },
  { name: "admin-token", page: "index", query: "admin", act: async (page) => { await toAdmin(page); await page.getByRole("tab").nth(1).click(); await page.getByTestId("token-open").click(); await page.getByTestId("token-make").click(); } },
  { name: "admin-token-made", page: "index", query: "admin", act: async (page) => { await toAdmin(page); await page.getByRole("tab").nth(1).click(); await page.getByTestId("token-open").click(); await page.getByTestId("token-name").fill("3-West-Cart-3"); await page.getByTestId("token-location").fill("3 West"); await page.getByTestId("token-make").click(); await page.getByTestId("token-text").waitFor(); } },
  { name: "fleet-5000", page: "index", query: "admin&machines=5000", act: async (page) => { await toFleet(page); await page.getByTestId("workstation-row").first().focus(); await page.keyboard.press("End"); await page.keyboard.press("PageUp"); } },
  { name: "fleet-filter", page: "index", query: "admin", act: async (page) => { await toFleet(page); await page.getByTestId("chip-unencrypted").click(); await page.getByTestId("keep-view").click(); await page.getByTestId("view-name").fill("To encrypt"); await page.getByTestId("view-keep").click(); } },
  { name: "fleet-none", page: "index", query: "admin", act: async (page) => { await toFleet(page); await page.locator("[data-testid=admin] input").first().fill("zzz"); } },
  { name: "command-report", page: "index", query: "admin", act: async (page) => { await toCommand(page, "Front-Desk-5"); await page.getByTestId("command-report").scrollIntoViewIfNeeded(); } },
  { name: "fleet-loading", page: "index", query: "admin&hang=workstations", act: (page) => toTab(page, 1), settle: 600 },
  { name: "fleet-error", page: "index", query: "admin&fail=workstations:not_permitted", act: (page) => toTab(page, 1) },
  { name: "fleet-empty", page: "index", query: "admin&empty", act: (page) => toTab(page, 1) },
  { name: "fleet-offline", page: "index", query: "admin&connection=offline", act: toFleet },
  { name: "fleet-stale", page: "index", query: "admin", act: async (page) => { await toFleet(page); await page.getByTestId("chip-stale").click(); await page.getByTestId("workstation-row").first().click(); await page.getByTestId("machine-panel").waitFor(); } },
  { name: "fleet-export", page: "index", query: "admin", act: async (page) => { await toFleet(page); await page.getByTestId("export-open").click(); await page.getByTestId("export-text").waitFor(); } },
  { name: "fleet-5000-wipe", page: "index", query: "admin&machines=5000", act: async (page) => { await toFleet(page); await page.getByTestId("choose-all").click(); await page.getByTestId("chosen-wipe").click(); await page.getByTestId("command-word").fill("wipe"); } },
  { name: "fleet-5000-busy", page: "index", query: "admin&machines=5000&hang=issueCommand", act: async (page) => { await toFleet(page); await page.getByTestId("choose-all").click(); await page.getByTestId("chosen-report").click(); await page.getByTestId("command-give").click(); await page.getByRole("button", { name: /^(Stop|Detener|Parar)$/u }).waitFor(); } },
  { name: "fleet-many-refused", page: "index", query: "admin&fail=issueCommand:conflict", act: async (page) => { await chooseThree(page); await page.getByTestId("chosen-report").click(); await page.getByTestId("command-give").click(); await page.getByRole("alert").first().waitFor(); } },
  { name: "fleet-chosen", page: "index", query: "admin", act: chooseThree },
  { name: "fleet-chosen-wipe", page: "index", query: "admin", act: async (page) => { await chooseThree(page); await page.getByTestId("chosen-wipe").click(); await page.getByTestId("command-give").click(); } },
  { name: "fleet-chosen-done", page: "index", query: "admin", act: async (page) => { await chooseThree(page); await page.getByTestId("chosen-report").click(); await page.getByTestId("command-give").click(); await page.getByTestId("command-done").waitFor(); } },
  { name: "fleet-machine", page: "index", query: "admin", act: (page) => toMachine(page, "Exam-7-Laptop") },
  { name: "fleet-machine-rules", page: "index", query: "admin", act: async (page) => { await toMachine(page, "3-West-Cart-1"); await page.getByTestId("machine-panel").getByRole("heading").last().scrollIntoViewIfNeeded(); await page.getByTestId("machine-panel").evaluate((panel) => panel.scrollTo(0, 10_000)); } },
  { name: "fleet-lock", page: "index", query: "admin", act: async (page) => { await toMachine(page, "3-West-Cart-1"); await page.getByTestId("do-lock").click(); await page.getByTestId("command-give").click(); } },
  { name: "fleet-wipe", page: "index", query: "admin", act: async (page) => { await toMachine(page, "3-West-Cart-1"); await page.getByTestId("do-wipe").click(); await page.getByTestId("command-word").fill("3-west"); await page.getByTestId("command-give").click(); } },
  { name: "fleet-wipe-person", page: "index", query: "admin", act: async (page) => { await toMachine(page, "3-West-Cart-1"); await page.getByTestId("do-wipe_person").click(); } },
  { name: "fleet-wipe-refused", page: "index", query: "admin&fail=issueCommand:server_unreachable", act: async (page) => { await toMachine(page, "3-West-Cart-1"); await page.getByTestId("do-report").click(); await page.getByTestId("command-give").click(); await page.getByRole("alert").waitFor(); } },
  { name: "fleet-custody", page: "index", query: "admin", act: async (page) => { await toMachine(page, "3-West-Cart-1"); await page.getByTestId("custody-open").click(); await page.getByTestId("custody-location").waitFor(); } },
  { name: "fleet-custody-out", page: "index", query: "admin&fail=setCustody:server_unreachable", act: async (page) => { await toMachine(page, "Billing-1"); await page.getByTestId("custody-open").click(); await page.getByText(/^(Nobody|Nadie)$/u).last().click(); await page.getByTestId("custody-save").click(); await page.getByRole("alert").waitFor(); } },
  { name: "fleet-officer", page: "index", query: "role=privacy_officer", act: async (page) => { await toMachine(page, "Exam-7-Laptop"); } },
  { name: "commands", page: "index", query: "admin", act: async (page) => { await toTab(page, 2); await page.getByTestId("command-row").first().waitFor(); } },
  { name: "commands-waits", page: "index", query: "admin", act: (page) => toCommand(page, "Emergency-3") },
  { name: "commands-approve", page: "index", query: "admin", act: async (page) => { await toCommand(page, "Emergency-3"); await page.getByTestId("approve").click(); } },
  { name: "commands-unconfirmed", page: "index", query: "admin", act: (page) => toCommand(page, "Exam-7-Laptop") },
  { name: "commands-receipt", page: "index", query: "admin", act: (page) => toCommand(page, "Day-Clinic-Old") },
  { name: "commands-left", page: "index", query: "admin", act: (page) => toCommand(page, "Day-Clinic-4") },
  { name: "commands-mine", page: "index", query: "admin", act: (page) => toCommand(page, "Day-Clinic-3") },
  { name: "commands-lapsed", page: "index", query: "admin", act: (page) => toCommand(page, "Billing-1") },
  { name: "commands-nothing", page: "index", query: "admin", act: (page) => toCommand(page, "3-West-Cart-1") },
  { name: "commands-executing", page: "index", query: "admin", act: (page) => toCommand(page, "3-West-Nurse-4") },
  { name: "commands-export", page: "index", query: "admin", act: async (page) => { await toTab(page, 2); await page.getByTestId("export-open").click(); await page.getByTestId("export-text").waitFor(); } },
  { name: "commands-loading", page: "index", query: "admin&hang=commands", act: (page) => toTab(page, 2), settle: 600 },
  { name: "commands-offline", page: "index", query: "admin&connection=offline", act: async (page) => { await toTab(page, 2); await page.getByTestId("command-row").first().waitFor(); } },
  { name: "commands-none", page: "index", query: "admin", act: async (page) => { await toTab(page, 2); await page.locator("[data-testid=admin] input").first().fill("zzz"); } },
  { name: "commands-empty", page: "index", query: "admin&empty", act: (page) => toTab(page, 2) },
  { name: "commands-error", page: "index", query: "admin&fail=commands:server_error", act: (page) => toTab(page, 2) },
  { name: "receipts", page: "index", query: "admin", act: async (page) => { await toTab(page, 2); await page.getByTestId("receipts-open").click(); await page.getByTestId("receipts-text").waitFor(); } },
  { name: "groups", page: "index", query: "admin", act: async (page) => { await toTab(page, 3); await page.getByTestId("group-row").first().waitFor(); } },
  { name: "groups-loading", page: "index", query: "admin&hang=groups", act: (page) => toTab(page, 3), settle: 600 },
  { name: "groups-error", page: "index", query: "admin&fail=groups:server_unreachable", act: (page) => toTab(page, 3) },
  { name: "group-give-up", page: "index", query: "admin", act: async (page) => { await toTab(page, 3); await page.getByRole("button", { name: /Medication carts/u }).last().click(); await page.getByRole("alertdialog").waitFor(); } },
  { name: "groups-empty", page: "index", query: "admin&empty", act: (page) => toTab(page, 3) },
  { name: "group-form", page: "index", query: "admin", act: async (page) => { await toTab(page, 3); await page.getByTestId("group-new").click(); await page.getByTestId("group-set").click(); } },
  { name: "group-edit", page: "index", query: "admin", act: async (page) => { await toTab(page, 3); await page.getByRole("button", { name: /(group|grupo) Medication carts/u }).first().click(); await page.getByTestId("group-set").waitFor(); } },
  { name: "lost", page: "index", query: "admin", act: toLost },
  { name: "lost-wipe", page: "index", query: "admin", act: toLostWipe },
  { name: "lost-end", page: "index", query: "admin", act: async (page) => {
    await toLostWipe(page);
    await page.evaluate(() => { const [wipe] = window.sottoFake?.told ?? []; if (wipe) { window.sottoFake.agree(wipe.command, "Iris Instance"); window.sottoFake.hear(wipe.command); } });
    await page.getByTestId("lost-export").waitFor({ timeout: 20_000 });
    await page.getByTestId("lost-export").scrollIntoViewIfNeeded();
  } },
  { name: "lost-closed", page: "index", query: "admin", act: async (page) => {
    await toMachine(page, "Exam-7-Laptop");
    await page.getByTestId("lost-open").click();
    await page.getByTestId("lost-end").click();
    await page.getByTestId("incident-close-go").waitFor();
  } },
  { name: "incidents", page: "index", query: "admin", act: async (page) => { await toTab(page, 4); await page.getByTestId("incident-row").first().waitFor(); } },
  { name: "incidents-open", page: "index", query: "admin", act: (page) => toIncident(page, "Exam-7-Laptop") },
  { name: "incidents-wiped", page: "index", query: "role=privacy_officer", act: (page) => toIncident(page, "Day-Clinic-4") },
  { name: "incidents-close", page: "index", query: "admin", act: async (page) => { await toIncident(page, "Exam-7-Laptop"); await page.getByTestId("incident-close").click(); await page.getByTestId("incident-close-go").waitFor(); } },
  { name: "incidents-export", page: "index", query: "admin", act: async (page) => { await toTab(page, 4); await page.getByTestId("incidents-export").click(); await page.getByTestId("incidents-text").waitFor(); } },
  { name: "incidents-loading", page: "index", query: "admin&hang=incidents", act: (page) => toTab(page, 4), settle: 600 },
  { name: "incidents-offline", page: "index", query: "admin&connection=offline", act: async (page) => { await toTab(page, 4); await page.getByTestId("incident-row").first().waitFor(); } },
  { name: "incidents-none", page: "index", query: "admin", act: async (page) => { await toTab(page, 4); await page.locator("[data-testid=admin] input").first().fill("zzz"); } },
  { name: "incidents-empty", page: "index", query: "admin&empty", act: (page) => toTab(page, 4) },
  { name: "incidents-error", page: "index", query: "admin&fail=incidents:server_error", act: (page) => toTab(page, 4) },
  { name: "peek", page: "index", query: ADA, act: (page) => page.keyboard.press("z") },
  { name: "fade", page: "index", query: ADA, act: (page) => page.evaluate(() => window.sottoFake?.emit({ kind: "lock_warning", seconds: 5 })), settle: 1500, alive: true },
  { name: "cover", page: "index", query: `${ADA}&fail=lock:internal`, act: async (page) => { await page.keyboard.press("Control+Shift+L"); await page.getByTestId("lock-cover").waitFor(); } },
];

/** Sizes looked at; the last is 1280x800 at 200 % zoom. */
export const SIZES = { "1280": { width: 1280, height: 800 }, "1920": { width: 1920, height: 1080 }, zoom: { width: 640, height: 400 } };
