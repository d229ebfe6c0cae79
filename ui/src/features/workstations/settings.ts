// Which rules can a group make stricter, which values are offered, and how is a value said?
import type { RuleView, Settings } from "../../backend/bindings";
import type { Text } from "../../i18n/text";

/** Rules with a number, in the order of the form. */
export const NUMBERS = ["idle_lock_s", "session_s", "lease_s", "self_wipe_days"] as const;
/** Rules that are so or not. */
export const TRUTHS = ["pin", "notifications", "clipboard", "two_person_wipe"] as const;
/** Every rule. */
export const RULES = [...NUMBERS, ...TRUTHS] as const;
/** One of them. */
export type RuleName = (typeof RULES)[number];

/** The values that are offered; one that is set already is offered too. */
export const OFFERED: Record<(typeof NUMBERS)[number], readonly number[]> = {
  idle_lock_s: [30, 60, 120, 300, 600], session_s: [14_400, 28_800, 43_200, 86_400], lease_s: [0, 3_600, 14_400, 43_200, 86_400], self_wipe_days: [3, 7, 14, 30, 60],
};

/** Everything left as it is. */
export const UNTOUCHED: Settings = { idle_lock_s: null, session_s: null, lease_s: null, self_wipe_days: null, pin: null, notifications: null, clipboard: null, two_person_wipe: null };

/** What a truth is set to where it is made stricter. */
export function strictOf(rule: (typeof TRUTHS)[number]): boolean {
  return rule === "two_person_wipe";
}

/** Whether a group with these settings would say nothing. */
export function saysNothing(settings: Settings): boolean {
  return RULES.every((rule) => settings[rule] === null);
}

/** A span in the largest unit that divides it. */
function saySpan(text: Text, seconds: number): string {
  if (seconds % 3600 === 0) return text("time.wait_hours", { n: seconds / 3600 });
  return seconds % 60 === 0 ? text("time.wait_minutes", { n: seconds / 60 }) : text("time.wait_seconds", { n: seconds });
}

/** A rule's value in words. */
export function sayValue(text: Text, rule: RuleName, value: RuleView["value"]): string {
  if (value === null) return text("rule.never");
  switch (rule) {
    case "idle_lock_s":
    case "session_s": return saySpan(text, Number(value));
    case "lease_s": return value === 0 ? text("rule.lease_never") : saySpan(text, Number(value));
    case "self_wipe_days": return text("days.of", { n: Number(value) });
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
