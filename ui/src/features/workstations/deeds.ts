// What can a machine be told, what happens then, and how is a command that was given called?
import type { Action, CommandReason, CommandView } from "../../backend/bindings";
import type { MessageId, Text } from "../../i18n/text";

/** What an administrator chooses between: a wipe is of a machine or of one person on it. */
export const DEEDS = ["lock", "sign_out", "report", "wipe_person", "wipe"] as const;
/** One of them. */
export type Deed = (typeof DEEDS)[number];

/** Every reason, as the command carries it. */
export const REASONS: readonly CommandReason[] = ["lost", "stolen", "leaver", "retired", "suspected", "routine"];

/** The action on the wire. */
export function actionOf(deed: Deed): Action {
  return deed === "wipe_person" ? "wipe" : deed;
}

/** What happens and what does not, in sentences. */
export const SENTENCES: Record<Deed, { does: readonly MessageId[]; not: readonly MessageId[] }> = {
  lock: { does: ["command.lock_does_1"], not: ["command.lock_not_1", "command.lock_not_2"] },
  sign_out: { does: ["command.sign_out_does_1", "command.sign_out_does_2"], not: ["command.sign_out_not_1"] },
  report: { does: ["command.report_does_1"], not: ["command.report_not_1"] },
  wipe: { does: ["command.wipe_does_1", "command.wipe_does_2"], not: ["command.wipe_not_1", "command.wipe_not_2", "command.wipe_not_3"] },
  wipe_person: { does: ["command.wipe_person_does_1", "command.wipe_person_does_2"], not: ["command.wipe_person_not_1", "command.wipe_person_not_2", "command.wipe_not_2", "command.wipe_not_3"] },
};

/** How a command that was given is called. */
export function calledOf(text: Text, command: CommandView): string {
  if (command.action === "wipe" && command.person !== null) return text("command.said_wipe_person", { name: command.person });
  return text(`command.said_${command.action}`);
}

/** How a command stands, in one word and its colour. */
export function standOf(command: CommandView): { says: MessageId; tone: "neutral" | "ok" | "warn" | "bad" | "accent" } {
  switch (command.state) {
    case "requested": return { says: "command.state_requested", tone: "warn" };
    case "issued": return { says: "command.state_issued", tone: "accent" };
    case "delivered": return { says: "command.state_delivered", tone: "accent" };
    case "executing": return { says: "command.state_executing", tone: "accent" };
    case "lapsed": return { says: "command.state_lapsed", tone: "neutral" };
    case "unconfirmed": return { says: "command.state_unconfirmed", tone: "bad" };
    case "receipted":
      if (command.receipt?.outcome === "nothing") return { says: "command.state_nothing", tone: "neutral" };
      if (command.receipt?.outcome === "expired") return { says: "command.state_expired", tone: "warn" };
      return command.action === "wipe" && command.receipt?.complete !== true ? { says: "command.state_incomplete", tone: "warn" } : { says: "command.state_receipted", tone: "ok" };
    default: {
      const never: never = command.state;
      return never;
    }
  }
}
