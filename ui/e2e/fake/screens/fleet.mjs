// Which screens are about workstations?
import { chooseThree, toAdmin, toCommand, toFleet, toMachine, toTab } from "./steps.mjs";

/** In the order in which they are looked at. */
export const FLEET = [
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
];
