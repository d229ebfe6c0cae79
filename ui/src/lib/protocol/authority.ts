// Which signer may make which statement, and when: the rules that keep a server from adding, swapping or rolling back anybody.

import { publicKeyBytes, type SealingKey } from "./box";
import { same, toHex, type Bytes } from "./bytes";
import { checkCustody } from "./custody";
import { checkApproval, checkCommand, checkGroup, checkReceipt } from "./fleet";
import { checkIncident, checkIncidentClosed } from "./incident";
import { accountRevoked, deviceRevoked, permits, workstationRevoked, type Directory } from "./known";
import { isMixed, isWellFormed, type Permission } from "./role";
import type { Signer } from "./signer";
import type { AccountCert, AdminGrant, AdminRequest, DeviceCert, DeviceEnd, Policy, Revocations, RoleGrant, Statement, WorkstationCert } from "./statement";

/** Why a statement is refused; the words are those of the Rust side. */
export type StatementError =
  | "malformed"
  | "unknown_signer"
  | "bad_signature"
  | "not_permitted"
  | "expired"
  | "duplicate"
  | "other_directory"
  | "rollback";

type Refusal = StatementError | null;

/** Why the signer may not make the statement, or `null` where it may. */
export function checkAuthority(directory: Directory, signer: Signer, statement: Statement): Refusal {
  switch (statement.kind) {
    case "admin_grant":
      return signer.kind === "root" ? checkGrant(directory, statement.of) : "not_permitted";
    case "admin_request":
      return signer.kind === "account" ? checkRequest(directory, signer, statement.of) : "not_permitted";
    case "policy":
      return signer.kind === "root" ? checkPolicy(directory, statement.of) : "not_permitted";
    case "invite":
      return checkAdmin(directory, signer, "invite", statement.of.not_before) ?? unused(directory.invites.has(toHex(statement.of.invite)));
    case "revocations":
      return checkAdmin(directory, signer, "revoke", statement.of.issued_at) ?? checkRevoker(directory, signer, statement.of) ?? checkRevocations(directory, statement.of);
    case "workstation_token":
      return checkAdmin(directory, signer, "enrol", statement.of.not_before) ?? unused(directory.tokens.has(toHex(statement.of.token)));
    case "role_grant":
      return checkAdmin(directory, signer, "roles", statement.of.issued_at) ?? checkGranter(directory, signer, statement.of) ?? checkRole(directory, statement.of);
    case "workstation_cert":
      return signer.kind === "token" ? checkWorkstation(directory, signer.token, statement.of) : "not_permitted";
    case "account_cert":
      return signer.kind === "invite" ? checkAccount(directory, signer.invite, statement.of) : "not_permitted";
    case "device_cert":
      return signer.kind === "account" ? checkDevice(directory, signer, statement.of) : "not_permitted";
    case "group_policy":
      return checkAdmin(directory, signer, "fleet", statement.of.issued_at) ?? checkGroup(directory, statement.of);
    case "command":
      return checkAdmin(directory, signer, "fleet", statement.of.issued_at) ?? checkCommand(directory, statement.of);
    case "approval":
      return checkAdmin(directory, signer, "fleet", statement.of.issued_at) ?? checkApproval(directory, signer, statement.of);
    case "custody":
      return checkAdmin(directory, signer, "fleet", statement.of.issued_at) ?? checkCustody(directory, statement.of);
    case "incident":
      return checkAdmin(directory, signer, "fleet", statement.of.issued_at) ?? checkIncident(directory, statement.of);
    case "incident_closed":
      return checkAdmin(directory, signer, "fleet", statement.of.issued_at) ?? checkIncidentClosed(directory, statement.of);
    case "receipt":
      return signer.kind === "workstation" ? checkReceipt(directory, signer.workstation, statement.of) : "not_permitted";
    case "device_end":
      return signer.kind === "account" ? checkDeviceEnd(directory, signer, statement.of) : "not_permitted";
  }
}

/** Nobody has keys yet when an organisation is founded, so nobody can ask: those grants alone need no request. */
function checkGrant(directory: Directory, grant: AdminGrant): Refusal {
  if (directory.grants.has(toHex(grant.grant))) return "duplicate";
  if (directory.accounts.size === 0) return null;
  const asked = directory.requests.get(toHex(grant.account));
  const met = asked !== undefined && asked.generation === grant.generation && same(asked.grant, grant.grant) && same(asked.admin_key, grant.admin_key);
  return met && !accountRevoked(directory, grant.account, grant.generation) ? null : "not_permitted";
}

function checkRequest(directory: Directory, signer: Signer & { kind: "account" }, request: AdminRequest): Refusal {
  const own = same(request.account, signer.account) && request.generation === signer.generation;
  if (!own || accountRevoked(directory, signer.account, signer.generation)) return "not_permitted";
  if (!permits(directory, signer.account, "people") && !permits(directory, signer.account, "workstations")) return "not_permitted";
  const taken = [...directory.requests.values()].some((one) => same(one.grant, request.grant));
  if (taken || directory.grants.has(toHex(request.grant))) return "duplicate";
  const last = directory.requests.get(toHex(request.account));
  return last === undefined || request.issued_at > last.issued_at ? null : "rollback";
}

function unused(taken: boolean): Refusal {
  return taken ? "duplicate" : null;
}

function within(at: bigint, notBefore: bigint, notAfter: bigint): Refusal {
  return at >= notBefore && at <= notAfter ? null : "expired";
}

function fits(key: SealingKey): boolean {
  return key.key.length === publicKeyBytes(key.suite);
}

/** What an admin must be permitted now, one of them, to sign what a scope names; of a revocation the listed tells which. */
const NEEDED: Readonly<Record<AdminGrant["scopes"][number], readonly Permission[]>> = {
  invite: ["people"],
  roles: ["people"],
  enrol: ["workstations"],
  fleet: ["workstations"],
  revoke: ["people", "workstations"],
};

function checkAdmin(directory: Directory, signer: Signer, scope: AdminGrant["scopes"][number], at: bigint): Refusal {
  if (signer.kind === "root") return null;
  if (signer.kind !== "admin") return "not_permitted";
  const grant = directory.grants.get(toHex(signer.grant));
  if (grant === undefined) return "unknown_signer";
  if (!grant.scopes.includes(scope)) return "not_permitted";
  // An admin whose account is revoked signs nothing any more, whatever the grant's dates say, and a stolen admin key does not
  // come back to life when its owner is enrolled anew.
  if (accountRevoked(directory, grant.account, grant.generation)) return "not_permitted";
  // A grant names what an admin's key can sign; whether its owner still administers is what their role says now.
  if (!NEEDED[scope].some((permission) => permits(directory, grant.account, permission))) return "not_permitted";
  return within(at, grant.not_before, grant.not_after);
}

/** Shutting out people and devices takes the right over people, machines that over machines. */
function checkRevoker(directory: Directory, signer: Signer, next: Revocations): Refusal {
  if (signer.kind !== "admin") return null;
  const account = directory.grants.get(toHex(signer.grant))?.account;
  if (account === undefined) return "unknown_signer";
  const old = directory.revocations;
  const isNew = (one: Revocations["accounts"][number]) =>
    !(old?.accounts.some((was) => same(was.account, one.account) && was.generation === one.generation) ?? false);
  const people = next.accounts.some(isNew) || next.devices.some((one) => !(old?.devices.some((was) => same(was, one)) ?? false));
  const machines = next.workstations.some((one) => !(old?.workstations.some((was) => same(was, one)) ?? false));
  if (people && !permits(directory, account, "people")) return "not_permitted";
  return machines && !permits(directory, account, "workstations") ? "not_permitted" : null;
}

/** Nobody sets their own role. */
function checkGranter(directory: Directory, signer: Signer, next: RoleGrant): Refusal {
  if (signer.kind !== "admin") return null;
  const grant = directory.grants.get(toHex(signer.grant));
  return grant !== undefined && !same(grant.account, next.account) ? null : "not_permitted";
}

function checkRole(directory: Directory, next: RoleGrant): Refusal {
  if (!isWellFormed(next)) return "malformed";
  if (isMixed(next)) return "not_permitted";
  return next.serial > (directory.roles.get(toHex(next.account))?.serial ?? 0n) ? null : "rollback";
}

function checkPolicy(directory: Directory, next: Policy): Refusal {
  if (!fits(next.archive_key)) return "malformed";
  return directory.policy !== null && next.version <= directory.policy.version ? "rollback" : null;
}

function checkRevocations(directory: Directory, next: Revocations): Refusal {
  const old = directory.revocations;
  if (old === null) return null;
  const keepsDevices = old.devices.every((device) => next.devices.some((one) => same(one, device)));
  const keepsAccounts = old.accounts.every((was) =>
    next.accounts.some((one) => same(one.account, was.account) && one.generation >= was.generation),
  );
  const keepsWorkstations = old.workstations.every((workstation) => next.workstations.some((one) => same(one, workstation)));
  return next.version > old.version && keepsDevices && keepsAccounts && keepsWorkstations ? null : "rollback";
}

function checkWorkstation(directory: Directory, token: Bytes, cert: WorkstationCert): Refusal {
  const asked = directory.tokens.get(toHex(token));
  if (asked === undefined) return "unknown_signer";
  if (directory.usedTokens.has(toHex(token))) return "duplicate";
  if (!same(cert.token, token) || cert.kind !== asked.kind) return "not_permitted";
  const refusal = unused(directory.workstations.has(toHex(cert.workstation))) ?? within(cert.issued_at, asked.not_before, asked.not_after);
  if (refusal !== null) return refusal;
  // A token is withdrawn by its id among the revoked workstations.
  return workstationRevoked(directory, token) ? "not_permitted" : null;
}

function checkAccount(directory: Directory, invite: Bytes, cert: AccountCert): Refusal {
  const asked = directory.invites.get(toHex(invite));
  if (asked === undefined) return "unknown_signer";
  if (directory.used.has(toHex(invite))) return "duplicate";
  const named = same(cert.invite, invite) && same(cert.account, asked.account) && cert.generation === asked.generation;
  if (!named) return "not_permitted";
  if (!fits(cert.sealing_key)) return "malformed";
  const newest = directory.accounts.get(toHex(cert.account))?.certs.at(-1)?.generation ?? 0;
  if (cert.generation <= newest) return "rollback";
  // An open invite is withdrawn by revoking the generation it would make.
  if (accountRevoked(directory, cert.account, cert.generation)) return "not_permitted";
  return within(cert.issued_at, asked.not_before, asked.not_after);
}

function checkDevice(directory: Directory, signer: Signer & { kind: "account" }, cert: DeviceCert): Refusal {
  const own = same(cert.account, signer.account) && cert.generation === signer.generation;
  if (!own || accountRevoked(directory, signer.account, signer.generation)) return "not_permitted";
  // A password that was watched is of no use on a machine that IT did not let in, or has shut out.
  const letIn = directory.workstations.has(toHex(cert.workstation)) && !workstationRevoked(directory, cert.workstation);
  if (!letIn) return "not_permitted";
  return unused(directory.devices.has(toHex(cert.device)));
}

function checkDeviceEnd(directory: Directory, signer: Signer & { kind: "account" }, end: DeviceEnd): Refusal {
  const own = same(end.account, signer.account) && end.generation === signer.generation;
  if (!own || accountRevoked(directory, signer.account, signer.generation)) return "not_permitted";
  const ids = end.devices.map(toHex);
  const certs = ids.map((device) => directory.devices.get(device));
  if (certs.some((cert) => cert === undefined || !same(cert.account, signer.account))) return "not_permitted";
  // Rising, each once, and at least one: one list has one encoding.
  if (ids.length === 0 || ids.some((device, index) => index > 0 && device <= (ids[index - 1] ?? ""))) return "malformed";
  return unused(certs.every((cert) => cert !== undefined && deviceRevoked(directory, cert)));
}
