// How does one get to a screen, step by step?
export const ADA = "thread=thr-ada";

/** Scrolls far up and down again through a long thread: no gap, no jump, and what is sent then comes into sight. */
export async function scrollAndSend(page) {
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

export const TOKEN = `sotto-workstation-v1.${"Zm9yIHRoZSBwaWN0dXJlcyBvbmx5".repeat(4)}`;
export const INVITE = `sotto-invite-v1.${"bm90IGEgcmVhbCBpbnZpdGUgYXQgYWxs".repeat(40)}`;
export const PASSWORD = "correct horse battery";
export const submit = (page) => page.locator("button[type=submit]").first().click();

/** From the tiles to the step of a first sign-in where the password is chosen. */
export async function toPassword(page) {
  await page.getByRole("button", { name: /Use an invite|Use una invitación/u }).click();
  await page.getByTestId("invite").fill(INVITE);
  await submit(page);
  await page.getByTestId("password").waitFor();
}

/** On to the second factor. */
export async function toTotp(page) {
  await toPassword(page);
  await page.getByTestId("password").fill(PASSWORD);
  await page.getByTestId("password-again").fill(PASSWORD);
  await submit(page);
  await page.getByTestId("totp-secret").waitFor();
}

/** On to the recovery codes. */
export async function toCodes(page) {
  await toTotp(page);
  await page.getByTestId("code").fill("123456");
  await submit(page);
  await page.getByTestId("recovery-codes").waitFor();
}

export const toSomeone = (page) => page.getByTestId("someone-else").click();

/** Somebody without a tile, all three lines filled in. */
export async function signInAsSomeone(page) {
  await toSomeone(page);
  await page.getByTestId("login").fill("theo.specimen");
  await page.getByTestId("password").fill(PASSWORD);
  await page.getByTestId("code").fill("654321");
  await page.getByTestId("sign-in").click();
}

export const toAdmin = (page) => page.getByRole("button", { name: /People and workstations|Personas y estaciones/u }).click();

/** One of the roles in the open dialog. */
export const chooseRole = (page, name) => page.getByRole("dialog").getByText(name).click();

/** A page made for an invite. */
export async function makeInvite(page) {
  await toAdmin(page);
  await page.getByTestId("invite-open").click();
  await page.getByTestId("invite-name").fill("Dra. Ana María Ejemplo");
  await page.getByTestId("invite-title").fill("Physician, day clinic");
  await chooseRole(page, /^(Physician|Médico)$/u);
  await page.getByTestId("invite-make").click();
  await page.getByTestId("invite-text").waitFor();
}

/** The question before somebody who is in gets another invite. */
export async function inviteAgain(page) {
  await toAdmin(page);
  await page.getByRole("button", { name: /(Invite again|Invitar de nuevo): Omar Testcase/u }).click();
  await page.getByTestId("again-make").waitFor();
}

/** The tab of that number in the administrator's place. */
export async function toTab(page, number) {
  await toAdmin(page);
  await page.getByRole("tab").nth(number).click();
}

/** The list of machines. */
export async function toFleet(page) {
  await toTab(page, 1);
  await page.getByTestId("workstation-row").first().waitFor();
}

/** One machine's panel, found by its name. */
export async function toMachine(page, name) {
  await toFleet(page);
  await page.locator("[data-testid=admin] input").first().fill(name);
  await page.getByTestId("workstation-row").filter({ hasText: name }).first().click();
  await page.getByTestId("machine-panel").waitFor();
  // The rules come after the machine.
  await page.waitForTimeout(200);
}

/** Three machines are chosen by keys alone. */
export async function chooseThree(page) {
  await toFleet(page);
  await page.getByTestId("workstation-row").nth(3).focus();
  for (const key of ["Space", "ArrowDown", "Space", "ArrowDown", "Space"]) await page.keyboard.press(key);
  await page.getByTestId("chosen-lock").waitFor();
}

/** The commands, and one of them open. */
export async function toCommand(page, name) {
  await toTab(page, 2);
  await page.locator("[data-testid=admin] input").first().fill(name);
  await page.getByTestId("command-row").first().click();
  await page.getByTestId("command-card").waitFor();
}

/** The register, and one of its incidents open. */
export async function toIncident(page, name) {
  await toTab(page, 4);
  await page.getByTestId("incident-row").filter({ hasText: name }).click();
  await page.getByTestId("incident-panel").waitFor();
}

/** The steps for a lost machine, reported. */
export async function toLost(page) {
  await toMachine(page, "3-West-Cart-1");
  await page.getByTestId("lost-open").click();
  await page.getByTestId("lost-report").click();
}

/** On to the wipe that waits for a colleague. */
export async function toLostWipe(page) {
  await toLost(page);
  await page.getByTestId("lost-lock").click();
  await page.getByTestId("command-give").click();
  await page.getByTestId("lost-wipe").click();
  await page.getByTestId("command-word").fill("3-West-Cart-1");
  await page.getByTestId("command-give").click();
  await page.getByTestId("lost-revoke").waitFor();
}

/** What the printer gets, on the screen. */
export async function asPrinted(page) {
  await page.emulateMedia({ media: "print" });
}

export const LIST = "name,title,login,role\nRosa Ejemplo,Nurse,rosa.ejemplo,nurse\nSam Specimen,Front desk,,front desk\nRose Ejemplo,Nurse,rosa.ejemplo,nurse\n,Billing,nobody.here,billing\nTheo Specimen,Physician,theo.specimen,physician\nKim Muster,Nurse,kím,nurse\nLee Beispiel,Volunteer,lee.b,helper\n";

/** A list with a few slips in it, checked. */
export async function toImport(page) {
  await toAdmin(page);
  await page.getByTestId("import-open").click();
  await page.getByTestId("import-text").fill(LIST);
}
