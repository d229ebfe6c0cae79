// Which rules hold at a machine, and how is a value said?
import type { AttachmentType, RuleSourceView, RuleView } from "../../backend/bindings";
import type { Text } from "../../i18n/text";

/** Rules with a number, in the order of the form. */
export const NUMBERS = ["idle_lock_s", "session_s", "lease_s", "self_wipe_days", "retain_days", "attachment_mb"] as const;
/** Rules that are so or not. */
export const TRUTHS = ["pin", "notifications", "clipboard", "content_protection", "two_person_wipe"] as const;
/** Types of files, in the order in which a rule lists them. */
export const ATTACHMENT_TYPES: readonly AttachmentType[] = ["image", "pdf", "office", "text", "audio", "video"];
/** Every rule. */
export const RULES = [...NUMBERS, "attachment_types", ...TRUTHS] as const;
/** One of those with a number. */
export type NumberName = (typeof NUMBERS)[number];
/** One of those that are so or not. */
export type TruthName = (typeof TRUTHS)[number];
/** Any of them. */
export type RuleName = (typeof RULES)[number];

/** A span in the largest unit that divides it. */
function saySpan(text: Text, seconds: number): string {
  if (seconds % 3600 === 0) return text("time.wait_hours", { n: seconds / 3600 });
  return seconds % 60 === 0 ? text("time.wait_minutes", { n: seconds / 60 }) : text("time.wait_seconds", { n: seconds });
}

/** A group's name, or what stands for one that does not open here. */
export function sayGroup(text: Text, { group }: Exclude<RuleSourceView, string>): string {
  return group === "" ? text("group.unnamed") : group;
}

/** A list of types of files in words. */
function sayTypes(text: Text, types: readonly AttachmentType[]): string {
  if (types.length === 0) return text("rule.types_none");
  return types.length === ATTACHMENT_TYPES.length ? text("rule.types_all") : types.map((one) => text(`rule.type_${one}`)).join(", ");
}

/** A rule's value in words. */
export function sayValue(text: Text, rule: RuleName, value: RuleView["value"]): string {
  if (value === null) return text(rule === "retain_days" ? "rule.retain_all" : "rule.never");
  switch (rule) {
    case "idle_lock_s":
    case "session_s": return saySpan(text, Number(value));
    case "lease_s": return value === 0 ? text("rule.lease_never") : saySpan(text, Number(value));
    case "self_wipe_days":
    case "retain_days": return text("days.of", { n: Number(value) });
    case "attachment_mb": return text("file.size_mb", { n: Number(value) });
    case "attachment_types": return sayTypes(text, Array.isArray(value) ? value : []);
    case "content_protection": return text(value === true ? "rule.protected" : "rule.unprotected");
    case "pin":
    case "notifications":
    case "clipboard": return text(value === true ? "rule.allowed" : "rule.forbidden");
    case "two_person_wipe": return text(value === true ? "rule.two_needed" : "rule.two_one");
    default: {
      const never: never = rule;
      return never;
    }
  }
}
