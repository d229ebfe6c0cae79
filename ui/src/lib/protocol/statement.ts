// What people and organisations assert, signed: read from untrusted bytes and their signatures checked.

import { concat, label, type Bytes } from "./bytes";
import { sealingKey } from "./box";
import { encodeInOrder, parseCanonical } from "./cbor";
import { STATEMENT_BYTES } from "./limits";
import { PERMISSIONS } from "./role";
import { boolean, bytes, bytesOf, directoryHead, id, list, not, optional, struct, tuple, u32, u64, variant, wordOf, type Cbor, type Reader } from "./shape";
import { settings } from "./settings";
import { signer, signerValue } from "./signer";
import { verifySignature } from "./webcrypto";

const key = bytesOf(32);

const adminGrant = struct({
  org: id,
  grant: id,
  account: id,
  generation: u32,
  admin_key: key,
  scopes: list(wordOf("invite", "revoke", "enrol", "roles", "fleet")),
  not_before: u64,
  not_after: u64,
});
const adminRequest = struct({
  org: id,
  account: id,
  generation: u32,
  grant: id,
  admin_key: key,
  issued_at: u64,
});
const deviceEnd = struct({
  org: id,
  account: id,
  generation: u32,
  devices: list(id),
  issued_at: u64,
});
const invite = struct({
  org: id,
  invite: id,
  account: id,
  generation: u32,
  invite_key: key,
  profile: bytes,
  not_before: u64,
  not_after: u64,
});
const accountCert = struct({
  org: id,
  account: id,
  generation: u32,
  invite: id,
  signing_key: key,
  sealing_key: sealingKey,
  issued_at: u64,
});
const deviceCert = struct({
  org: id,
  account: id,
  generation: u32,
  device: id,
  workstation: id,
  device_key: key,
  not_before: u64,
  not_after: u64,
});
const policy = struct({
  org: id,
  version: u64,
  issued_at: u64,
  name: bytes,
  archive_key: sealingKey,
  history_for_new_members: boolean,
  epoch_max_age_ms: u64,
  epoch_max_events: u64,
  idle_lock_shared_s: u32,
  idle_lock_private_s: u32,
  fade_s: u32,
  lease_shared_s: u32,
  lease_private_s: u32,
  session_s: u32,
});
const revocations = struct({
  org: id,
  version: u64,
  issued_at: u64,
  accounts: list(tuple({ account: id, generation: u32 })),
  devices: list(id),
  workstations: list(id),
});
const workstationKind = wordOf("shared", "private");
const workstationToken = struct({
  org: id,
  token: id,
  token_key: key,
  kind: workstationKind,
  profile: bytes,
  not_before: u64,
  not_after: u64,
});
const workstationCert = struct({
  org: id,
  token: id,
  workstation: id,
  workstation_key: key,
  kind: workstationKind,
  issued_at: u64,
});

const roleGrant = struct({
  org: id,
  account: id,
  serial: u64,
  role: wordOf("physician", "nurse", "front_desk", "billing", "it_admin", "privacy_officer", "custom"),
  permissions: list(wordOf(...PERMISSIONS)),
  issued_at: u64,
});

type GroupMembers =
  | { readonly kind: "everyone" }
  | { readonly kind: "kind"; readonly of: "shared" | "private" }
  | { readonly kind: "workstations"; readonly workstations: readonly Bytes[] };
const groupMembers: Reader<GroupMembers> = (value) => {
  const one = variant(value);
  switch (one.name) {
    case "everyone":
      return one.value === null ? { kind: one.name } : not();
    case "kind":
      return { kind: one.name, of: workstationKind(one.value) };
    case "workstations":
      return { kind: one.name, workstations: list(id)(one.value) };
    default:
      return not();
  }
};
const groupPolicy = struct({ org: id, group: id, serial: u64, name: bytes, members: groupMembers, settings, issued_at: u64 });
const command = struct({
  org: id,
  command: id,
  workstation: id,
  account: optional(id),
  action: wordOf("lock", "sign_out", "wipe", "report"),
  directory: directoryHead,
  serial: u64,
  reason: wordOf("lost", "stolen", "leaver", "retired", "suspected", "routine"),
  issued_at: u64,
  not_after: u64,
});
const approval = struct({ org: id, command: id, issued_at: u64 });
const custody = struct({ org: id, workstation: id, serial: u64, custodian: optional(id), location: bytes, issued_at: u64 });
const incident = struct({ org: id, incident: id, workstation: id, reason: wordOf("lost", "stolen"), issued_at: u64 });
const incidentClosed = struct({ org: id, incident: id, outcome: wordOf("found", "wiped", "written_off"), issued_at: u64 });
const receipt = struct({
  org: id,
  command: id,
  workstation: id,
  outcome: wordOf("done", "expired", "nothing"),
  erased: list(struct({ kind: wordOf("keyring_entries", "wrapped_keys", "vaults", "other_files", "app_data"), found: u32, left: u32 })),
  begun_at: u64,
  ended_at: u64,
});

/** Makes an admin. */
export type AdminGrant = ReturnType<typeof adminGrant>;
/** Asks the root for a grant. */
export type AdminRequest = ReturnType<typeof adminRequest>;
/** Ends devices of one's own. */
export type DeviceEnd = ReturnType<typeof deviceEnd>;
/** Invites a person, once. */
export type Invite = ReturnType<typeof invite>;
/** Binds an account to its keys. */
export type AccountCert = ReturnType<typeof accountCert>;
/** Binds a device's transport key to an account. */
export type DeviceCert = ReturnType<typeof deviceCert>;
/** The organisation's rules. */
export type Policy = ReturnType<typeof policy>;
/** Who is out. */
export type Revocations = ReturnType<typeof revocations>;
/** Lets a machine in, once. */
export type WorkstationToken = ReturnType<typeof workstationToken>;
/** Binds a machine to its key. */
export type WorkstationCert = ReturnType<typeof workstationCert>;
/** Gives an account its role. */
export type RoleGrant = ReturnType<typeof roleGrant>;

/** Sets what holds for a group of machines. */
export type GroupPolicy = ReturnType<typeof groupPolicy>;
/** Tells a machine to do something. */
export type Command = ReturnType<typeof command>;
/** Agrees to a command. */
export type Approval = ReturnType<typeof approval>;
/** Says that a command was done. */
export type Receipt = ReturnType<typeof receipt>;
/** Says who answers for a machine. */
export type Custody = ReturnType<typeof custody>;
/** Reports a machine lost or stolen. */
export type Incident = ReturnType<typeof incident>;
/** Says how an incident ended. */
export type IncidentClosed = ReturnType<typeof incidentClosed>;

/** Everything that can be asserted. */
export type Statement =
  | { readonly kind: "admin_grant"; readonly of: AdminGrant }
  | { readonly kind: "invite"; readonly of: Invite }
  | { readonly kind: "account_cert"; readonly of: AccountCert }
  | { readonly kind: "device_cert"; readonly of: DeviceCert }
  | { readonly kind: "policy"; readonly of: Policy }
  | { readonly kind: "revocations"; readonly of: Revocations }
  | { readonly kind: "workstation_token"; readonly of: WorkstationToken }
  | { readonly kind: "workstation_cert"; readonly of: WorkstationCert }
  | { readonly kind: "role_grant"; readonly of: RoleGrant }
  | { readonly kind: "admin_request"; readonly of: AdminRequest }
  | { readonly kind: "device_end"; readonly of: DeviceEnd }
  | { readonly kind: "group_policy"; readonly of: GroupPolicy }
  | { readonly kind: "command"; readonly of: Command }
  | { readonly kind: "approval"; readonly of: Approval }
  | { readonly kind: "receipt"; readonly of: Receipt }
  | { readonly kind: "custody"; readonly of: Custody }
  | { readonly kind: "incident"; readonly of: Incident }
  | { readonly kind: "incident_closed"; readonly of: IncidentClosed };

const statement: Reader<Statement> = (value) => {
  const one = variant(value);
  switch (one.name) {
    case "admin_grant":
      return { kind: one.name, of: adminGrant(one.value) };
    case "invite":
      return { kind: one.name, of: invite(one.value) };
    case "account_cert":
      return { kind: one.name, of: accountCert(one.value) };
    case "device_cert":
      return { kind: one.name, of: deviceCert(one.value) };
    case "policy":
      return { kind: one.name, of: policy(one.value) };
    case "revocations":
      return { kind: one.name, of: revocations(one.value) };
    case "workstation_token":
      return { kind: one.name, of: workstationToken(one.value) };
    case "workstation_cert":
      return { kind: one.name, of: workstationCert(one.value) };
    case "role_grant":
      return { kind: one.name, of: roleGrant(one.value) };
    case "admin_request":
      return { kind: one.name, of: adminRequest(one.value) };
    case "device_end":
      return { kind: one.name, of: deviceEnd(one.value) };
    case "group_policy":
      return { kind: one.name, of: groupPolicy(one.value) };
    case "command":
      return { kind: one.name, of: command(one.value) };
    case "approval":
      return { kind: one.name, of: approval(one.value) };
    case "receipt":
      return { kind: one.name, of: receipt(one.value) };
    case "custody":
      return { kind: one.name, of: custody(one.value) };
    case "incident":
      return { kind: one.name, of: incident(one.value) };
    case "incident_closed":
      return { kind: one.name, of: incidentClosed(one.value) };
    default:
      return not();
  }
};

const signed = struct({ statement: bytes, signer, signature: bytesOf(64) });
/** A statement with its signature. */
export type Signed = ReturnType<typeof signed>;

/** Reads a signed statement; what it says is not yet parsed nor its signature checked. */
export function parseSigned(encoded: Uint8Array): Signed | null {
  return parseCanonical(encoded, STATEMENT_BYTES, signed);
}

/** The bytes that are hashed. */
export function encodeSigned(of: Signed): Bytes {
  return encodeInOrder(new Map<Cbor, Cbor>([["statement", of.statement], ["signer", signerValue(of.signer)], ["signature", of.signature]]));
}

/** What the statement says. */
export function parseStatement(of: Signed): Statement | null {
  return parseCanonical(of.statement, STATEMENT_BYTES, statement);
}

/** Whether the signature fits the signer's key. */
export function verifyStatement(of: Signed, signerKey: Bytes): Promise<boolean> {
  const message = concat(label("sotto/statement/v1"), encodeInOrder(signerValue(of.signer)), of.statement);
  return verifySignature(signerKey, message, of.signature);
}
