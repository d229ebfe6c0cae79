// What does a warning or an unreadable entry mean in plain words, and what should a person do?
import type { ThreadWarning, TombstoneReason } from "../backend/bindings";
import type { MessageId } from "./text";

/** A thread's warnings: what is wrong, and the next step. */
export const WARNINGS: Record<ThreadWarning, { says: MessageId; next: MessageId }> = {
  forked_log: { says: "warning.forked_log", next: "warning.forked_log.next" },
  missing_entries: { says: "warning.missing_entries", next: "warning.missing_entries.next" },
  unreadable_epoch: { says: "warning.unreadable_epoch", next: "warning.unreadable_epoch.next" },
  archive_mismatch: { says: "warning.archive_mismatch", next: "warning.archive_mismatch.next" },
};

/** Why an entry cannot be shown. */
export const TOMBSTONES: Record<TombstoneReason, MessageId> = {
  bad_signature: "tombstone.bad_signature", unknown_author: "tombstone.unknown_author", cannot_decrypt: "tombstone.cannot_decrypt",
  malformed: "tombstone.malformed", not_a_member: "tombstone.not_a_member", unknown_kind: "tombstone.unknown_kind",
};
