// @vitest-environment node
// Whether the directory takes in what the Rust side takes in and refuses what it refuses, for the same reason.
import { describe, expect, it } from "vitest";
import { toHex } from "../bytes";
import type { StatementError } from "../authority";
import { applyStatement, emptyDirectory } from "../directory";
import { incidentCommands } from "../incident";
import { deviceRevoked, ROOT, workstationRevoked, type Directory } from "../known";
import { permissionsOf, ROLES, type Permission, type Role } from "../role";
import { parseSigned } from "../statement";
import { hex, present, vectors } from "./vectors";

type File = {
  root: string;
  org: string;
  accepted: { name: string; signed: string }[];
  after: {
    accounts: { account: string; generation: number; role: Role; signing_key: string; sealing_suite: number; sealing_key: string }[];
    devices: { device: string; revoked: boolean }[];
    workstations: { workstation: string; kind: "shared" | "private"; key: string; revoked: boolean }[];
    policy_version: number;
    revocations_version: number;
  };
  roles: Record<Role, Permission[]>;
  refused: { name: string; before: string[]; signed: string; error: StatementError }[];
  custody: { signed: string[]; workstation: string; log: { custodian: string | null; by: string | null; serial: number; location: string }[] };
  incidents: { signed: string[]; register: { incident: string; workstation: string; reason: string; by: string | null; outcome: string; closed_by: string | null; commands: string[] }[] };
};

const file = vectors<File>("statements.json");

async function after(statements: readonly string[]): Promise<Directory> {
  let directory = await emptyDirectory(hex(file.root));
  for (const bytes of statements) {
    const result = await applyStatement(directory, present(parseSigned(hex(bytes))));
    expect(result.ok ? null : result.error).toBeNull();
    if (result.ok) directory = result.value;
  }
  return directory;
}

const clinic = file.accepted.map((one) => one.signed);

describe("the directory", () => {
  it("takes in the whole clinic", async () => {
    const directory = await after(clinic);
    expect(toHex(directory.org)).toBe(file.org);
    expect(directory.accounts.size).toBe(file.after.accounts.length);
    for (const known of file.after.accounts) {
      const cert = present(directory.accounts.get(known.account)?.certs.at(-1));
      expect(cert.generation).toBe(known.generation);
      const granted = present(directory.roles.get(known.account));
      expect(granted.role).toBe(known.role);
      expect(permissionsOf(granted)).toEqual(file.roles[known.role]);
      expect(toHex(cert.signing_key)).toBe(known.signing_key);
      expect(cert.sealing_key.suite).toBe(known.sealing_suite);
      expect(toHex(cert.sealing_key.key)).toBe(known.sealing_key);
    }
    for (const known of file.after.devices) {
      expect(deviceRevoked(directory, present(directory.devices.get(known.device)))).toBe(known.revoked);
    }
    expect(directory.workstations.size).toBe(file.after.workstations.length);
    for (const known of file.after.workstations) {
      const cert = present(directory.workstations.get(known.workstation));
      expect(cert.kind).toBe(known.kind);
      expect(toHex(cert.workstation_key)).toBe(known.key);
      expect(workstationRevoked(directory, cert.workstation)).toBe(known.revoked);
    }
    expect(directory.policy?.version).toBe(BigInt(file.after.policy_version));
    expect(directory.revocations?.version).toBe(BigInt(file.after.revocations_version));
  });

  it("has the same table of roles", () => {
    expect(ROLES).toEqual(file.roles);
  });

  it.each(file.refused)("refuses $name", async ({ before, signed, error }) => {
    const directory = await after([...clinic, ...before]);
    const result = await applyStatement(directory, present(parseSigned(hex(signed))));
    expect(result).toEqual({ ok: false, error });
  });

  it("keeps every hand that a machine went through, the newest last", async () => {
    const { signed, workstation, log } = file.custody;
    const directory = await after([...clinic, ...signed]);
    const changes = present(directory.custodies.get(workstation));
    expect(changes.map(({ custody, by }) => ({ custodian: custody.custodian === null ? null : toHex(custody.custodian), by: by === ROOT ? null : by, serial: Number(custody.serial), location: toHex(custody.location) }))).toEqual(log);
    expect(directory.custodies.size).toBe(1);
  });

  it("keeps every incident with how it ended and what was told while it was open", async () => {
    const directory = await after([...clinic, ...file.incidents.signed]);
    const who = (by: string | undefined) => (by === ROOT ? null : by);
    const register = [...directory.incidents.values()].map((reported) => ({
      incident: toHex(reported.incident.incident), workstation: toHex(reported.incident.workstation), reason: reported.incident.reason, by: who(reported.by),
      outcome: reported.end?.closed.outcome, closed_by: who(reported.end?.by), commands: incidentCommands(directory, reported).map((one) => toHex(one.command.command)),
    }));
    expect(register).toEqual(file.incidents.register);
  });

  it("takes nothing in under another root", async () => {
    const directory = await emptyDirectory(new Uint8Array(32).fill(7));
    for (const bytes of clinic) {
      const result = await applyStatement(directory, present(parseSigned(hex(bytes))));
      expect(result.ok).toBe(false);
    }
  });
});
