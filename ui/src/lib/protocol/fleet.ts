// What machines were told to do, by whom, and what they signed: the statements about the fleet and the rules they must keep.

import { same, toHex, type Bytes } from "./bytes";
import { continues } from "./directoryHead";
import { ROOT, type Directory, type Issued } from "./known";
import type { StatementError } from "./authority";
import type { Signer } from "./signer";
import type { Approval, Command, GroupPolicy, Receipt } from "./statement";

type Refusal = StatementError | null;

const KINDS = ["keyring_entries", "wrapped_keys", "vaults", "other_files", "app_data"] as const;

/** Whether rules of a group are in form and newer than its last ones. */
export function checkGroup(directory: Directory, next: GroupPolicy): Refusal {
  const { members } = next;
  if (members.kind === "workstations" && !rises(members.workstations.map(toHex))) return "malformed";
  return next.serial > (directory.groups.get(toHex(next.group))?.serial ?? 0n) ? null : "rollback";
}

/** Whether a command is new, to a machine of the clinic, in time and above the machine's last one. */
export function checkCommand(directory: Directory, command: Command): Refusal {
  if (directory.commands.has(toHex(command.command))) return "duplicate";
  if (!directory.workstations.has(toHex(command.workstation))) return "not_permitted";
  if (!continues(directory.hashes, command.directory)) return "other_directory";
  if (command.issued_at > command.not_after) return "expired";
  const last = issuedTo(directory, command.workstation).reduce((highest, one) => (one.command.serial > highest ? one.command.serial : highest), 0n);
  return command.serial > last ? null : "rollback";
}

/** Whether another admin agrees, in time, to a command that waits. */
export function checkApproval(directory: Directory, signer: Signer, approval: Approval): Refusal {
  const issued = directory.commands.get(toHex(approval.command));
  if (issued === undefined) return "not_permitted";
  if (issued.holds) return "duplicate";
  if (adminOf(directory, signer) === issued.by) return "not_permitted";
  return approval.issued_at > issued.command.not_after ? "expired" : null;
}

/** Whether the machine signs for a command that holds, once. */
export function checkReceipt(directory: Directory, workstation: Bytes, receipt: Receipt): Refusal {
  const issued = directory.commands.get(toHex(receipt.command));
  if (issued?.holds !== true) return "not_permitted";
  if (!same(receipt.workstation, workstation) || !same(issued.command.workstation, workstation)) return "not_permitted";
  const places = receipt.erased.map((one) => KINDS.indexOf(one.kind));
  const ordered = places.every((place, index) => index === 0 || place > (places[index - 1] ?? -1));
  if (!ordered || receipt.erased.some((one) => one.left > one.found) || receipt.begun_at > receipt.ended_at) return "malformed";
  return issued.receipt === null ? null : "duplicate";
}

/** The directory with a checked command. */
export function insertCommand(directory: Directory, signer: Signer, command: Command): Directory {
  const waits = command.action === "wipe" && needsTwo(directory, command.workstation);
  const issued: Issued = { command, by: adminOf(directory, signer), holds: false, receipt: null };
  const known = { ...directory, commands: new Map(directory.commands).set(toHex(command.command), issued) };
  return waits ? known : hold(known, issued);
}

/** The directory with a checked approval. */
export function insertApproval(directory: Directory, approval: Approval): Directory {
  const issued = directory.commands.get(toHex(approval.command));
  return issued === undefined ? directory : hold(directory, issued);
}

/** The directory with a checked receipt. */
export function insertReceipt(directory: Directory, receipt: Receipt): Directory {
  const issued = directory.commands.get(toHex(receipt.command));
  return issued === undefined ? directory : keep(directory, { ...issued, receipt });
}

/** From here on the command holds, and what a wipe is about is out. */
function hold(directory: Directory, issued: Issued): Directory {
  const holding = keep(directory, { ...issued, holds: true });
  const { action, workstation, account } = issued.command;
  if (action !== "wipe") return holding;
  const about = [...directory.devices.values()].filter((cert) => same(cert.workstation, workstation) && (account === null || same(cert.account, account)));
  return {
    ...holding,
    wiped: new Set([...directory.wiped, ...about.map((cert) => toHex(cert.device))]),
    wipedWorkstations: account === null ? new Set(directory.wipedWorkstations).add(toHex(workstation)) : directory.wipedWorkstations,
  };
}

function keep(directory: Directory, issued: Issued): Directory {
  return { ...directory, commands: new Map(directory.commands).set(toHex(issued.command.command), issued) };
}

function issuedTo(directory: Directory, workstation: Bytes): Issued[] {
  return [...directory.commands.values()].filter((one) => same(one.command.workstation, workstation));
}

function needsTwo(directory: Directory, workstation: Bytes): boolean {
  const kind = directory.workstations.get(toHex(workstation))?.kind;
  const holdsFor = ({ members }: GroupPolicy): boolean => {
    switch (members.kind) {
      case "everyone": return true;
      case "kind": return members.of === kind;
      case "workstations": return members.workstations.some((one) => same(one, workstation));
    }
  };
  return [...directory.groups.values()].some((group) => group.settings.two_person_wipe === true && holdsFor(group));
}

/** The account that a signer administers with. */
export function adminOf(directory: Directory, signer: Signer): string {
  const grant = signer.kind === "admin" ? directory.grants.get(toHex(signer.grant)) : undefined;
  return grant === undefined ? ROOT : toHex(grant.account);
}

function rises(ids: readonly string[]): boolean {
  return ids.every((one, index) => index === 0 || one > (ids[index - 1] ?? ""));
}
