// What a thread's log is made of, read from untrusted bytes: entries, their headers and the bodies of key entries.

import type { Bytes } from "./bytes";
import { sealedBox } from "./box";
import { parseCanonical } from "./cbor";
import { ALERTS, BODY_BYTES, ENTRY_BYTES, HEADER_BYTES, PROTOCOL_VERSION } from "./limits";
import { bytes, bytesOf, id, list, numberOf, optional, struct, tuple, u32, u64, wordOf } from "./shape";

const header = tuple({
  version: u32,
  thread: id,
  entry: id,
  /** 1: key. 2: event. */
  kind: numberOf(1, 2),
  epoch: u64,
  author: id,
  generation: u32,
  device: id,
  /** 0: none. 1: normal. 2: urgent. 3: STAT. 4: quiet. */
  alert: numberOf(0, 1, 2, 3, 4),
  alerts: list(id),
  salt: bytesOf(16),
});
/** What everybody on the way may read of an entry. */
export type Header = ReturnType<typeof header>;

const entry = tuple({ header: bytes, body: bytes, signature: optional(bytesOf(64)) });
/** An entry as its author made it, with its header parsed and as the bytes that are bound. */
export type Entry = {
  readonly header: Header;
  readonly headerBytes: Bytes;
  readonly body: Bytes;
  readonly signature: Bytes | null;
};

/** Reads an entry and its header and checks every limit that needs no key. */
export function parseEntry(encoded: Uint8Array): Entry | null {
  const outer = parseCanonical(encoded, ENTRY_BYTES, entry);
  if (outer === null) return null;
  const inner = parseCanonical(outer.header, HEADER_BYTES, header);
  if (inner === null) return null;
  const bodyLimit = inner.kind === 2 ? BODY_BYTES : ENTRY_BYTES;
  const signed = (inner.kind === 1) === (outer.signature !== null);
  const small = inner.alerts.length <= ALERTS && outer.body.length <= bodyLimit;
  if (inner.version !== PROTOCOL_VERSION || inner.epoch === 0n || !signed || !small) return null;
  return { header: inner, headerBytes: outer.header, body: outer.body, signature: outer.signature };
}

/** The newest entry an author had seen. */
export const anchor = struct({ seq: u64, hash: bytesOf(32) });

/** The body of a key entry. */
export const keyBody = struct({
  class: wordOf("clinical", "scheduling", "billing", "staff"),
  members: list(struct({ account: id, generation: u32, box_hash: bytesOf(32) })),
  commitment: bytesOf(32),
  link: optional(bytes),
  archive: sealedBox,
  anchor,
  sent_at: u64,
});
/** The body of a key entry. */
export type KeyBody = ReturnType<typeof keyBody>;
