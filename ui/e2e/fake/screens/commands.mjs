// Which screens are about commands, receipts and groups?
import { toCommand, toTab } from "./steps.mjs";

/** In the order in which they are looked at. */
export const COMMANDS = [
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
];
