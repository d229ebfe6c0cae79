// What is known of an organisation: its accounts, devices, workstations and rules after some number of statements, and who of them is out.

import { same, toHex, type Bytes } from "./bytes";
import { permissionsOf, type Permission } from "./role";
import type { AccountCert, AdminGrant, AdminRequest, Command, Custody, DeviceCert, GroupPolicy, Incident, IncidentClosed, Invite, Policy, Receipt, Revocations, RoleGrant, WorkstationCert, WorkstationToken } from "./statement";

/** An account as the chain knows it: its sealed name and its certificates by rising generation. */
export type Account = { readonly profile: Bytes; readonly certs: readonly AccountCert[] };

/** Who gave a command that no admin gave. */
export const ROOT = "root";

/** A command as the chain knows it: who gave it, whether it holds, and the machine's receipt. */
export type Issued = { readonly command: Command; readonly by: string; readonly holds: boolean; readonly receipt: Receipt | null };

/** A change of who answers for a machine, with who set it. */
export type CustodyChange = { readonly custody: Custody; readonly by: string };

/** A machine that was reported, by whom, and how that ended; each with how many commands the machine had been given by then. */
export type ReportedIncident = {
  readonly incident: Incident;
  readonly by: string;
  readonly end: { readonly closed: IncidentClosed; readonly by: string; readonly commands: number } | null;
  readonly commands: number;
};

/** The verified state of an organisation after some number of statements. Ids are hexadecimal here. */
export type Directory = {
  readonly org: Bytes;
  readonly root: Bytes;
  /** The hash over the statements after each of them. */
  readonly hashes: readonly Bytes[];
  readonly grants: ReadonlyMap<string, AdminGrant>;
  /** Of each account the newest. */
  readonly requests: ReadonlyMap<string, AdminRequest>;
  readonly invites: ReadonlyMap<string, Invite>;
  readonly used: ReadonlySet<string>;
  readonly accounts: ReadonlyMap<string, Account>;
  readonly devices: ReadonlyMap<string, DeviceCert>;
  /** Devices that their own people ended. */
  readonly ended: ReadonlySet<string>;
  readonly tokens: ReadonlyMap<string, WorkstationToken>;
  readonly usedTokens: ReadonlySet<string>;
  readonly workstations: ReadonlyMap<string, WorkstationCert>;
  /** Of each account the grant with the highest serial. */
  readonly roles: ReadonlyMap<string, RoleGrant>;
  /** Of each group the rules with the highest serial. */
  readonly groups: ReadonlyMap<string, GroupPolicy>;
  readonly commands: ReadonlyMap<string, Issued>;
  /** Of each machine every change, oldest first. */
  readonly custodies: ReadonlyMap<string, readonly CustodyChange[]>;
  /** The register, oldest first. */
  readonly incidents: ReadonlyMap<string, ReportedIncident>;
  /** Devices and machines that are out by a wipe. */
  readonly wiped: ReadonlySet<string>;
  readonly wipedWorkstations: ReadonlySet<string>;
  readonly policy: Policy | null;
  readonly revocations: Revocations | null;
};

/** Whether the account's role allows this now. An account without a grant may nothing. */
export function permits(directory: Directory, account: Bytes, permission: Permission): boolean {
  const grant = directory.roles.get(toHex(account));
  return grant !== undefined && permissionsOf(grant).includes(permission);
}

/** Whether the device is out: revoked, ended by its own person or wiped, or the account generation under it or the machine it is on is revoked. */
export function deviceRevoked(directory: Directory, device: DeviceCert): boolean {
  const listed = directory.ended.has(toHex(device.device)) || directory.wiped.has(toHex(device.device)) || (directory.revocations?.devices.some((one) => same(one, device.device)) ?? false);
  return listed || workstationRevoked(directory, device.workstation) || accountRevoked(directory, device.account, device.generation);
}

/** Whether the machine is out: revoked, or told to wipe itself. */
export function workstationRevoked(directory: Directory, workstation: Bytes): boolean {
  return directory.wipedWorkstations.has(toHex(workstation)) || (directory.revocations?.workstations.some((one) => same(one, workstation)) ?? false);
}

/** Whether this generation of the account is out: revoked, or replaced by a newer one. */
export function accountRevoked(directory: Directory, account: Bytes, generation: number): boolean {
  const newest = directory.accounts.get(toHex(account))?.certs.at(-1)?.generation ?? 0;
  return generation < newest || (directory.revocations?.accounts.some((one) => same(one.account, account) && generation <= one.generation) ?? false);
}
