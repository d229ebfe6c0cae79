// Which types of files may a rule let through?

import { list, not, wordOf, type Reader } from "./shape";

const TYPES = ["image", "pdf", "office", "text", "audio", "video"] as const;
/** A type of file that a rule names. */
export type AttachmentType = (typeof TYPES)[number];

/** A list of types, each once and in the one order. */
export const attachmentTypes: Reader<readonly AttachmentType[]> = (value) => {
  const types = list(wordOf(...TYPES))(value);
  const places = types.map((one) => TYPES.indexOf(one));
  return places.every((place, at) => at === 0 || place > (places[at - 1] ?? place)) ? types : not();
};
