// Which values of a rule are offered to a group, and what is stricter?
import type { Settings } from "../../backend/bindings";
import { RULES, type NumberName, type TruthName } from "../../kit/RuleList/rules";

/** The values that are offered; one that is set already is offered too. */
export const OFFERED: Record<NumberName, readonly number[]> = {
  idle_lock_s: [30, 60, 120, 300, 600], session_s: [14_400, 28_800, 43_200, 86_400], lease_s: [0, 3_600, 14_400, 43_200, 86_400], self_wipe_days: [3, 7, 14, 30, 60], retain_days: [7, 14, 30, 90, 365], attachment_mb: [1, 5, 10, 25, 50],
};

/** Everything left as it is. */
export const UNTOUCHED: Settings = { idle_lock_s: null, session_s: null, lease_s: null, self_wipe_days: null, retain_days: null, attachment_mb: null, attachment_types: null, pin: null, notifications: null, clipboard: null, content_protection: null, two_person_wipe: null };

/** What a truth is set to where it is made stricter. */
export function strictOf(rule: TruthName): boolean {
  return rule === "two_person_wipe" || rule === "content_protection";
}

/** What a truth may be set to: the stricter one, and of the window's protection, which is on where nobody says anything, also the other. */
export function offeredOf(rule: TruthName): readonly boolean[] {
  return rule === "content_protection" ? [true, false] : [strictOf(rule)];
}

/** Whether a group with these settings would say nothing. */
export function saysNothing(settings: Settings): boolean {
  return RULES.every((rule) => settings[rule] === null);
}
