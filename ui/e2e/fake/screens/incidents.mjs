// Which screens does the register of incidents have?
import { toIncident, toTab } from "./steps.mjs";

/** In the order in which they are looked at. */
export const INCIDENTS = [
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
];
