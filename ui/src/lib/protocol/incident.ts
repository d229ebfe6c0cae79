// Which machines were reported lost or stolen, and how did each end? What was reported stays in the register.

import { same, toHex, type Bytes } from "./bytes";
import { adminOf } from "./fleet";
import type { Directory, Issued, ReportedIncident } from "./known";
import type { StatementError } from "./authority";
import type { Signer } from "./signer";
import type { Incident, IncidentClosed } from "./statement";

type Refusal = StatementError | null;

/** Whether an incident is new, of a machine of the clinic that is not missed already. */
export function checkIncident(directory: Directory, next: Incident): Refusal {
  if (!directory.workstations.has(toHex(next.workstation))) return "not_permitted";
  if (directory.incidents.has(toHex(next.incident))) return "duplicate";
  const missed = [...directory.incidents.values()].some((one) => one.end === null && same(one.incident.workstation, next.workstation));
  return missed ? "duplicate" : null;
}

/** Whether what ends is open; "wiped" is what the machine's receipt says, and nothing else. */
export function checkIncidentClosed(directory: Directory, next: IncidentClosed): Refusal {
  const reported = directory.incidents.get(toHex(next.incident));
  if (reported === undefined) return "not_permitted";
  if (reported.end !== null) return "duplicate";
  if (next.outcome !== "wiped") return null;
  const receipted = commandsTo(directory, reported.incident.workstation).some((one) => isWholeWipe(one) && one.receipt?.outcome === "done");
  return receipted ? null : "not_permitted";
}

/** The directory with a checked incident. */
export function insertIncident(directory: Directory, signer: Signer, incident: Incident): Directory {
  const commands = commandsTo(directory, incident.workstation).length;
  return keep(directory, { incident, by: adminOf(directory, signer), end: null, commands });
}

/** The directory with a checked end. */
export function insertIncidentClosed(directory: Directory, signer: Signer, closed: IncidentClosed): Directory {
  const reported = directory.incidents.get(toHex(closed.incident));
  if (reported === undefined) return directory;
  const commands = commandsTo(directory, reported.incident.workstation).length;
  return keep(directory, { ...reported, end: { closed, by: adminOf(directory, signer), commands } });
}

/** What the machine was told while the incident was open, oldest first; and a wipe of it whenever it was told. */
export function incidentCommands(directory: Directory, reported: ReportedIncident): Issued[] {
  const until = reported.end?.commands ?? Number.POSITIVE_INFINITY;
  return commandsTo(directory, reported.incident.workstation).filter((one, place) => isWholeWipe(one) || (place >= reported.commands && place < until));
}

function keep(directory: Directory, reported: ReportedIncident): Directory {
  return { ...directory, incidents: new Map(directory.incidents).set(toHex(reported.incident.incident), reported) };
}

/** In the order in which they were taken in, which a map keeps. */
function commandsTo(directory: Directory, workstation: Bytes): Issued[] {
  return [...directory.commands.values()].filter((one) => same(one.command.workstation, workstation));
}

function isWholeWipe(issued: Issued): boolean {
  return issued.command.action === "wipe" && issued.command.account === null;
}
