// Which screens are a person's own: preferences, rules, sign-ins?
import { ADA, PASSWORD, toAdmin } from "./steps.mjs";

/** In the order in which they are looked at. */
export const OWN = [
  { name: "pin-set", page: "index", query: `${ADA}&pin=5`, act: async (page) => { await page.keyboard.press("Control+k"); await page.getByRole("combobox").fill("prefer"); await page.keyboard.press("Enter"); await page.getByTestId("pin-set").click(); await page.getByTestId("pin-password").fill(PASSWORD); await page.getByTestId("pin-new").fill("123456"); await page.getByTestId("pin-again").fill("123456"); await page.getByTestId("pin-save").click(); await page.getByRole("alert").waitFor(); await page.getByTestId("pin-save").scrollIntoViewIfNeeded(); } },
  { name: "preferences", page: "index", query: ADA, act: async (page) => { await page.keyboard.press("Control+k"); await page.getByRole("combobox").fill("prefer"); await page.keyboard.press("Enter"); await page.getByRole("switch").first().waitFor(); } },
  { name: "preferences-rules", page: "index", query: ADA, act: async (page) => { await page.keyboard.press("Control+k"); await page.getByRole("combobox").fill("prefer"); await page.keyboard.press("Enter"); await page.getByTestId("rule-idle_lock_s").waitFor(); await page.getByTestId("rule-two_person_wipe").scrollIntoViewIfNeeded(); } },
  { name: "preferences-own-rules", page: "index", query: ADA, act: async (page) => { await page.keyboard.press("Control+k"); await page.getByRole("combobox").fill("prefer"); await page.keyboard.press("Enter"); await page.getByTestId("own-rules").locator("label:has([type=radio])").first().click(); await page.getByTestId("own-rules").scrollIntoViewIfNeeded(); } },
  { name: "new-sign-in", page: "index", query: `${ADA}&newsignin` },
  { name: "new-sign-in-denied", page: "index", query: `${ADA}&newsignin`, act: async (page) => { await page.getByTestId("sign-in-not-mine").focus(); await page.keyboard.press("Enter"); await page.locator("[data-denied=true]").waitFor(); } },
  { name: "sign-in-ended", page: "index", query: `${ADA}&newsignin=denied`, act: async (page) => { await page.getByTestId("sign-in-end").focus(); await page.keyboard.press("Enter"); await page.getByTestId("sign-in-ended").waitFor(); } },
  { name: "sign-in-end-fails", page: "index", query: `${ADA}&newsignin=denied&fail=endDevice:server_unreachable`, act: async (page) => { await page.getByTestId("sign-in-end").focus(); await page.keyboard.press("Enter"); await page.locator("[data-denied=true]").getByRole("alert").waitFor(); } },
  { name: "sign-out-everywhere", page: "index", query: ADA, act: async (page) => { await page.keyboard.press("Control+k"); await page.getByRole("combobox").fill("prefer"); await page.keyboard.press("Enter"); await page.getByTestId("sign-out-everywhere").click(); await page.getByTestId("sign-out-everywhere-confirm").scrollIntoViewIfNeeded(); } },
  { name: "sign-ins", page: "index", query: ADA, act: async (page) => { await page.keyboard.press("Control+k"); await page.getByRole("combobox").fill("prefer"); await page.keyboard.press("Enter"); await page.getByTestId("sign-in-row").last().scrollIntoViewIfNeeded(); } },
  { name: "admin-sign-ins", page: "index", query: "admin", act: async (page) => { await toAdmin(page); await page.getByRole("button", { name: /(Sign-ins of|Accesos de) Omar Testcase/u }).click(); await page.getByTestId("sign-in-row").first().waitFor(); } },
  { name: "filling", page: "index", query: `${ADA}&filling=12400` },
];
