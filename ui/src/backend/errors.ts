// Which error code does a rejected call carry? Anything that is not an ErrorView counts as `internal`.
import type { ErrorCode, ErrorView } from "./bindings";

/** Every code of the contract; a code missing here fails to compile. */
const CODES: Record<ErrorCode, true> = {
  wrong_password: true, throttled: true, vault_destroyed: true, password_too_short: true,
  login_malformed: true, login_taken: true, wrong_code: true, recovery_code_unknown: true, bundle_damaged: true,
  second_factor_needed: true, wrong_pin: true, pin_missing: true, pin_malformed: true, pin_repeats: true, pin_counts: true,
  invite_malformed: true, invite_unknown: true, invite_expired: true, invite_used: true, already_enrolled: true, not_enrolled: true,
  token_malformed: true, token_unknown: true, token_expired: true, token_used: true,
  device_revoked: true, account_revoked: true, unknown_root: true, server_certificate: true, signature_invalid: true, workstation_unknown: true, workstation_revoked: true,
  clock_skew: true, request_replayed: true, upgrade_required: true, server_unreachable: true, server_busy: true, server_error: true,
  disk_full: true, vault_corrupt: true, vault_missing: true, vault_in_use: true, vault_rolled_back: true,
  keyring_missing: true, keyring_locked: true, lease_ended: true,
  too_large: true, malformed: true, locked: true, not_found: true, not_a_member: true, not_permitted: true,
  conflict: true, stale_epoch: true, cancelled: true, internal: true, member_not_permitted: true, password_guessable: true,
  sheet_malformed: true, sheet_foreign: true, sheet_repeated: true, sheets_too_few: true, sheets_unfit: true, wiped: true, rule_looser: true,
  managed_unreadable: true, managed_unsafe: true, file_too_large: true, file_refused: true, file_damaged: true, image_too_large: true, attachment_too_large: true, attachment_type_forbidden: true,
};

/** The codes in their order of declaration, for tests that visit each. */
export const ERROR_CODES = Object.keys(CODES).filter(isCode);

function isCode(value: unknown): value is ErrorCode {
  return typeof value === "string" && Object.hasOwn(CODES, value);
}

/** Reads what a call rejected with. Never throws; unknown shapes become `internal`. */
export function errorView(reason: unknown): ErrorView {
  if (typeof reason === "object" && reason !== null && "code" in reason && isCode(reason.code)) {
    const after = "retry_after_seconds" in reason ? reason.retry_after_seconds : null;
    return { code: reason.code, retry_after_seconds: typeof after === "number" ? after : null };
  }
  return { code: "internal", retry_after_seconds: null };
}
