// Is every screen reachable, free of axe and CSP violations, and what does it look like?
// `node e2e/fake/run.mjs [NAME...] [--all]`: pictures go to ../target/screens/ui.
import { mkdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { SCREENS, SIZES } from "./screens.mjs";
import { serve } from "./server.mjs";

const ui = join(dirname(fileURLToPath(import.meta.url)), "../..");
const out = join(ui, "../target/screens/ui");
const axe = readFileSync(join(ui, "node_modules/axe-core/axe.min.js"), "utf8");
const names = process.argv.slice(2).filter((one) => !one.startsWith("--"));
const all = process.argv.includes("--all");
const FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"];
mkdirSync(out, { recursive: true });

/** What goes wrong on a page: CSP reports and errors, from the first script on, with Object.prototype frozen. */
async function watch(page, problems) {
  page.on("pageerror", (error) => problems.push(`error: ${error.message}`));
  page.on("console", (message) => { if (message.type() === "error") problems.push(`console: ${message.text()}`); });
  await page.addInitScript(() => {
    window.violations = [];
    document.addEventListener("securitypolicyviolation", (event) => window.violations.push(`${event.violatedDirective}: ${event.blockedURI} ${event.sample}`));
    Object.freeze(Object.prototype);
  });
}

/** axe with contrast, WCAG 2.2 AA, on what is shown. */
async function checkAxe(page) {
  await page.evaluate(axe);
  const violations = await page.evaluate(async () => {
    const result = await window.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] });
    return result.violations.map((one) => `${one.id}: ${one.nodes.slice(0, 3).map((node) => `${node.target.join(" ")} ${node.any[0]?.message ?? node.failureSummary ?? ""}`).join(" | ")}`);
  });
  return violations.map((one) => `axe ${one}`);
}

/** Nothing but what scrolls on purpose may be wider than the window. */
function checkWidth() {
  const root = document.documentElement;
  return root.scrollWidth > root.clientWidth ? [`wider than the window by ${root.scrollWidth - root.clientWidth}`] : [];
}

async function visit(browser, origin, screen, { theme, language, size }) {
  const context = await browser.newContext({ viewport: SIZES[size], bypassCSP: false, reducedMotion: screen.alive ? "no-preference" : "reduce", timezoneId: "America/New_York", locale: language });
  const page = await context.newPage();
  const problems = [];
  await watch(page, problems);
  const name = `${screen.name}.${theme}.${language}.${size}`;
  try {
    await page.goto(`${origin}/${screen.page}.html?${screen.query}&theme=${theme}&language=${language}`);
    await page.locator("#root > *").first().waitFor({ timeout: 30_000 });
    await page.evaluate(() => document.fonts.ready);
    await page.waitForTimeout(250);
    await screen.act?.(page);
    await page.waitForTimeout(screen.settle ?? 300);
    problems.push(...(await page.evaluate(checkWidth)));
    await page.screenshot({ path: join(out, `${name}.png`) });
    // A sheet of paper has no landmarks to go to.
    if (size === "1280" && !screen.paper) problems.push(...(await checkAxe(page)));
    problems.push(...(await page.evaluate(() => window.violations)).map((one) => `csp ${one}`));
  } catch (error) {
    await page.screenshot({ path: join(out, `${name}.png`) }).catch(() => undefined);
    problems.push(`could not be reached: ${error instanceof Error ? error.message.split("\n")[0] : error}`);
  }
  await context.close();
  return problems.map((problem) => `${name}: ${problem}`);
}

const looks = ["light", "dark"].flatMap((theme) => ["en", "es"].map((language) => ({ theme, language, size: "1280" })));
/** Both themes and both languages in two looks: contrast is a matter of the theme, width of the language; the pairs take turns. */
const few = (at) => looks.filter((look) => (look.theme === "light") === ((look.language === "en") === (at % 2 === 0)));
const extra = [{ theme: "high_contrast", language: "en", size: "1280" }, { theme: "light", language: "en", size: "1920" }, { theme: "light", language: "es", size: "zoom" }];
// `--all`, or naming screens, looks at light and dark in both languages, high contrast, 1920x1080 and 200 % zoom.
const chosen = SCREENS.filter((one) => names.length === 0 || names.includes(one.name));
const jobs = chosen.flatMap((screen, at) => (all || names.length > 0 ? [...looks, ...extra] : few(at)).map((how) => ({ screen, how })));
const server = await serve(join(ui, "dist-fake"));
const browser = await chromium.launch({ executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium", args: FLAGS });
const problems = [];
const work = async () => {
  for (let job = jobs.shift(); job !== undefined; job = jobs.shift()) {
    const found = await visit(browser, server.origin, job.screen, job.how);
    for (const problem of found) console.log(problem);
    problems.push(...found);
  }
};
await Promise.all([work(), work()]);
await browser.close();
server.close();
console.log(problems.length === 0 ? "every screen is reachable and clean" : `${problems.length} problems`);
process.exit(problems.length === 0 ? 0 : 1);
