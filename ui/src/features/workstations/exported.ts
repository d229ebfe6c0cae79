// What of machines and commands goes into a file for other programs? The names are those of `sotto --json`, in every language.
import type { CommandView, WorkstationEntry } from "../../backend/bindings";
import { makeCsv, type Cell } from "../../lib/csvOut";

/** A form of file. */
export type Form = "csv" | "json";
/** What is exported: its file's name without the ending, how many rows, and its text in each form. */
export type Exported = { file: string; rows: number; textOf: (form: Form) => Promise<string> };

const MACHINE = ["id", "name", "location", "kind", "state", "connected", "stale", "last_seen_at", "expires_at", "here", "pending", "app_version", "os", "disk_encrypted", "screen_lock", "insecure_keyring", "vaults", "lease_until", "behind", "custodian"] as const;
const COMMAND = ["command", "workstation", "workstation_name", "person", "action", "reason", "state", "issued_by", "approved_by", "issued_at", "not_after", "delivered_at", "begun_at", "outcome", "ended_at", "complete", "left"] as const;

/** A moment by ISO 8601 in UTC: every program reads it, and none guesses a zone. */
const moment = (at: number | null | undefined): string | null => (at === null || at === undefined ? null : new Date(at).toISOString());

function machineCells(one: WorkstationEntry): Record<(typeof MACHINE)[number], Cell> {
  const { id, name, location, kind, state, connected, stale, here, pending, report } = one;
  return {
    id, name, location, kind, state, connected, stale, last_seen_at: moment(one.last_seen_at), expires_at: moment(one.expires_at), here, pending,
    app_version: report?.app_version ?? null, os: report?.os ?? null, disk_encrypted: report?.disk_encrypted ?? null, screen_lock: report?.screen_lock ?? null,
    insecure_keyring: report?.insecure_keyring ?? null, vaults: report?.vaults ?? null, lease_until: moment(report?.lease_until), behind: report?.behind ?? null,
    custodian: one.custodian?.name ?? null,
  };
}

function commandCells(one: CommandView): Record<(typeof COMMAND)[number], Cell> {
  const { command, workstation, workstation_name, person, action, reason, state, issued_by, approved_by, receipt } = one;
  return {
    command, workstation, workstation_name, person, action, reason, state, issued_by, approved_by, issued_at: moment(one.issued_at), not_after: moment(one.not_after), delivered_at: moment(one.delivered_at), begun_at: moment(one.begun_at),
    outcome: receipt?.outcome ?? null, ended_at: moment(receipt?.ended_at), complete: receipt?.complete ?? null, left: receipt === null ? null : receipt.erased.reduce((sum, kind) => sum + kind.left, 0),
  };
}

const json = (rows: readonly unknown[]): string => `${JSON.stringify(rows, null, 1)}\n`;

/** Machines: of people only who answers for each; nothing of a patient is in it. */
export function exportMachines(rows: readonly WorkstationEntry[]): Exported {
  return { file: "workstations", rows: rows.length, textOf: async (form) => (form === "json" ? json(rows) : makeCsv(MACHINE, rows.map((one) => { const cells = machineCells(one); return MACHINE.map((name) => cells[name]); }))) };
}

/** Commands: of people only those of the clinic who gave, agreed to, or are meant by one. */
export function exportCommands(rows: readonly CommandView[]): Exported {
  return { file: "commands", rows: rows.length, textOf: async (form) => (form === "json" ? json(rows) : makeCsv(COMMAND, rows.map((one) => { const cells = commandCells(one); return COMMAND.map((name) => cells[name]); }))) };
}
