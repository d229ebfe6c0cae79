// What may the rules of a group say?

import { boolean, list, not, optional, struct, u32, wordOf, type Reader } from "./shape";

const ATTACHMENT_TYPES = ["image", "pdf", "office", "text", "audio", "video"] as const;

/** A list of types of files, each once and in the one order. */
const attachmentTypes: Reader<readonly (typeof ATTACHMENT_TYPES)[number][]> = (value) => {
  const types = list(wordOf(...ATTACHMENT_TYPES))(value);
  const places = types.map((one) => ATTACHMENT_TYPES.indexOf(one));
  return places.every((place, at) => at === 0 || place > (places[at - 1] ?? place)) ? types : not();
};

/** The settings of a group: each null where it is left as it is. */
export const settings = struct({
  idle_lock_s: optional(u32),
  session_s: optional(u32),
  lease_s: optional(u32),
  self_wipe_days: optional(u32),
  retain_days: optional(u32),
  attachment_mb: optional(u32),
  attachment_types: optional(attachmentTypes),
  pin: optional(boolean),
  notifications: optional(boolean),
  clipboard: optional(boolean),
  content_protection: optional(boolean),
  two_person_wipe: optional(boolean),
});
