// Who answers for each machine, and who did before? Of each the newest change holds, and all of them are kept.

import { toHex } from "./bytes";
import { adminOf } from "./fleet";
import { accountRevoked, type Directory } from "./known";
import type { StatementError } from "./authority";
import type { Signer } from "./signer";
import type { Custody } from "./statement";

/** Whether a change is of a machine of the clinic, to nobody or somebody who is in it, and newer than the machine's last one. */
export function checkCustody(directory: Directory, next: Custody): StatementError | null {
  const workstation = toHex(next.workstation);
  if (!directory.workstations.has(workstation)) return "not_permitted";
  if (next.custodian !== null) {
    const current = directory.accounts.get(toHex(next.custodian))?.certs.at(-1);
    if (current === undefined || accountRevoked(directory, next.custodian, current.generation)) return "not_permitted";
  }
  return next.serial > (directory.custodies.get(workstation)?.at(-1)?.custody.serial ?? 0n) ? null : "rollback";
}

/** The directory with a checked change. */
export function insertCustody(directory: Directory, signer: Signer, custody: Custody): Directory {
  const workstation = toHex(custody.workstation);
  const changes = [...(directory.custodies.get(workstation) ?? []), { custody, by: adminOf(directory, signer) }];
  return { ...directory, custodies: new Map(directory.custodies).set(workstation, changes) };
}
