// Who is who: folds signed statements into accounts, devices, workstations, policy and revocations, and refuses what does not chain to the root.

import { label, same, toHex, type Bytes } from "./bytes";
import { checkAuthority, type StatementError } from "./authority";
import { insertCustody } from "./custody";
import { insertApproval, insertCommand, insertReceipt } from "./fleet";
import { insertIncident, insertIncidentClosed } from "./incident";
import { nextHash } from "./directoryHead";
import type { Directory } from "./known";
import { fail, ok, type Result } from "./result";
import type { Signer } from "./signer";
import { parseStatement, verifyStatement, type AccountCert, type Signed, type Statement } from "./statement";
import { sha256 } from "./webcrypto";

/** The organisation that a root public key stands for. */
export async function orgId(root: Bytes): Promise<Bytes> {
  return (await sha256(label("sotto/org/v1"), root)).slice(0, 16);
}

/** An empty directory under a pinned root. */
export async function emptyDirectory(root: Bytes): Promise<Directory> {
  return {
    org: await orgId(root),
    root,
    hashes: [],
    grants: new Map(),
    requests: new Map(),
    invites: new Map(),
    used: new Set(),
    accounts: new Map(),
    devices: new Map(),
    ended: new Set(),
    tokens: new Map(),
    usedTokens: new Set(),
    workstations: new Map(),
    roles: new Map(),
    groups: new Map(),
    commands: new Map(),
    custodies: new Map(),
    incidents: new Map(),
    wiped: new Set(),
    wipedWorkstations: new Set(),
    policy: null,
    revocations: null,
  };
}

/** The directory with the statement taken in; on an error there is none and the one given still holds. */
export async function applyStatement(directory: Directory, signed: Signed): Promise<Result<Directory, StatementError>> {
  const statement = parseStatement(signed);
  if (statement === null) return fail("malformed");
  if (!same(statement.of.org, directory.org)) return fail("unknown_signer");
  const key = signerKey(directory, signed.signer);
  if (key === null) return fail("unknown_signer");
  if (!(await verifyStatement(signed, key))) return fail("bad_signature");
  const error = checkAuthority(directory, signed.signer, statement);
  if (error !== null) return fail(error);
  const hashes = [...directory.hashes, await nextHash(directory.hashes, signed)];
  return ok({ ...insert(directory, signed.signer, statement), hashes });
}

function signerKey(directory: Directory, signer: Signer): Bytes | null {
  switch (signer.kind) {
    case "root":
      return directory.root;
    case "admin":
      return directory.grants.get(toHex(signer.grant))?.admin_key ?? null;
    case "invite":
      return directory.invites.get(toHex(signer.invite))?.invite_key ?? null;
    case "account": {
      const certs = directory.accounts.get(toHex(signer.account))?.certs ?? [];
      return certs.find((cert) => cert.generation === signer.generation)?.signing_key ?? null;
    }
    case "token":
      return directory.tokens.get(toHex(signer.token))?.token_key ?? null;
    case "workstation":
      return directory.workstations.get(toHex(signer.workstation))?.workstation_key ?? null;
  }
}

function insert(directory: Directory, signer: Signer, statement: Statement): Directory {
  switch (statement.kind) {
    case "admin_grant":
      return { ...directory, grants: new Map(directory.grants).set(toHex(statement.of.grant), statement.of) };
    case "admin_request":
      return { ...directory, requests: new Map(directory.requests).set(toHex(statement.of.account), statement.of) };
    case "invite":
      return { ...directory, invites: new Map(directory.invites).set(toHex(statement.of.invite), statement.of) };
    case "account_cert":
      return insertAccount(directory, statement.of);
    case "device_cert":
      return { ...directory, devices: new Map(directory.devices).set(toHex(statement.of.device), statement.of) };
    case "device_end":
      return { ...directory, ended: new Set([...directory.ended, ...statement.of.devices.map(toHex)]) };
    case "policy":
      return { ...directory, policy: statement.of };
    case "revocations":
      return { ...directory, revocations: statement.of };
    case "workstation_token":
      return { ...directory, tokens: new Map(directory.tokens).set(toHex(statement.of.token), statement.of) };
    case "role_grant":
      return { ...directory, roles: new Map(directory.roles).set(toHex(statement.of.account), statement.of) };
    case "group_policy":
      return { ...directory, groups: new Map(directory.groups).set(toHex(statement.of.group), statement.of) };
    case "command":
      return insertCommand(directory, signer, statement.of);
    case "approval":
      return insertApproval(directory, statement.of);
    case "receipt":
      return insertReceipt(directory, statement.of);
    case "custody":
      return insertCustody(directory, signer, statement.of);
    case "incident":
      return insertIncident(directory, signer, statement.of);
    case "incident_closed":
      return insertIncidentClosed(directory, signer, statement.of);
    case "workstation_cert":
      return {
        ...directory,
        usedTokens: new Set(directory.usedTokens).add(toHex(statement.of.token)),
        workstations: new Map(directory.workstations).set(toHex(statement.of.workstation), statement.of),
      };
  }
}

function insertAccount(directory: Directory, cert: AccountCert): Directory {
  const [invite, account] = [toHex(cert.invite), toHex(cert.account)];
  const profile = directory.invites.get(invite)?.profile ?? new Uint8Array(0);
  const certs = [...(directory.accounts.get(account)?.certs ?? []), cert];
  return {
    ...directory,
    used: new Set(directory.used).add(invite),
    accounts: new Map(directory.accounts).set(account, { profile, certs }),
  };
}
