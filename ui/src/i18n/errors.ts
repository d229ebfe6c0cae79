// What does a person read when a call fails? One sentence that says what happened and one that says what to do, for every code.
import type { ErrorCode, ErrorView } from "../backend/bindings";
import type { MessageId, Text } from "./text";

type Sentence = { says: MessageId; next: MessageId };

const of = <C extends ErrorCode>(code: C): { says: `error.${C}`; next: `error.${C}.next` } => ({ says: `error.${code}`, next: `error.${code}.next` });

/** Every code has its two sentences; a code without them fails to compile. */
export const ERROR_SENTENCES: Record<ErrorCode, Sentence> = {
  wrong_password: of("wrong_password"), throttled: of("throttled"), vault_destroyed: of("vault_destroyed"), password_too_short: of("password_too_short"), password_guessable: of("password_guessable"),
  login_malformed: of("login_malformed"), login_taken: of("login_taken"), wrong_code: of("wrong_code"), recovery_code_unknown: of("recovery_code_unknown"), bundle_damaged: of("bundle_damaged"),
  second_factor_needed: of("second_factor_needed"), wrong_pin: of("wrong_pin"), pin_missing: of("pin_missing"), pin_malformed: of("pin_malformed"),
  pin_repeats: of("pin_repeats"), pin_counts: of("pin_counts"),
  invite_malformed: of("invite_malformed"), invite_unknown: of("invite_unknown"), invite_expired: of("invite_expired"), invite_used: of("invite_used"),
  already_enrolled: of("already_enrolled"), not_enrolled: of("not_enrolled"),
  token_malformed: of("token_malformed"), token_unknown: of("token_unknown"), token_expired: of("token_expired"), token_used: of("token_used"),
  device_revoked: of("device_revoked"), account_revoked: of("account_revoked"),
  unknown_root: of("unknown_root"), server_certificate: of("server_certificate"), signature_invalid: of("signature_invalid"),
  workstation_unknown: of("workstation_unknown"), workstation_revoked: of("workstation_revoked"),
  clock_skew: of("clock_skew"), request_replayed: of("request_replayed"), upgrade_required: of("upgrade_required"),
  server_unreachable: of("server_unreachable"), server_busy: of("server_busy"), server_error: of("server_error"),
  disk_full: of("disk_full"), vault_corrupt: of("vault_corrupt"), vault_missing: of("vault_missing"), vault_in_use: of("vault_in_use"),
  vault_rolled_back: of("vault_rolled_back"), keyring_missing: of("keyring_missing"), keyring_locked: of("keyring_locked"), lease_ended: of("lease_ended"),
  too_large: of("too_large"), malformed: of("malformed"), locked: of("locked"), not_found: of("not_found"), not_a_member: of("not_a_member"),
  not_permitted: of("not_permitted"), conflict: of("conflict"), stale_epoch: of("stale_epoch"), cancelled: of("cancelled"), internal: of("internal"), member_not_permitted: of("member_not_permitted"),
  sheet_malformed: of("sheet_malformed"), sheet_foreign: of("sheet_foreign"), sheet_repeated: of("sheet_repeated"), sheets_too_few: of("sheets_too_few"), sheets_unfit: of("sheets_unfit"), wiped: of("wiped"), rule_looser: of("rule_looser"),
  managed_unreadable: of("managed_unreadable"), managed_unsafe: of("managed_unsafe"),
  file_too_large: of("file_too_large"), file_refused: of("file_refused"), file_damaged: of("file_damaged"), image_too_large: of("image_too_large"),
  attachment_too_large: of("attachment_too_large"), attachment_type_forbidden: of("attachment_type_forbidden"),
};

/** The two sentences of an error in the person's language; a wait is spelled out. */
export function sayError(text: Text, error: ErrorView): { says: string; next: string } {
  const sentence = ERROR_SENTENCES[error.code];
  const seconds = error.retry_after_seconds;
  if (error.code === "throttled") {
    const next = seconds === null ? text(sentence.next) : text("error.throttled.wait", { wait: sayWait(text, seconds) });
    return { says: text(sentence.says), next };
  }
  return { says: text(sentence.says), next: text(sentence.next) };
}

/** A wait in words: seconds under two minutes, then whole minutes. */
export function sayWait(text: Text, seconds: number): string {
  return seconds < 120 ? text("time.wait_seconds", { n: seconds }) : text("time.wait_minutes", { n: Math.ceil(seconds / 60) });
}
