// How an event is opened: decrypted, unpadded, its author's signature checked, its texts within their limits.

import { concat, label, u64, type Bytes } from "./bytes";
import { parseCanonical } from "./cbor";
import { checkEvent, content, type Content } from "./content";
import type { Entry } from "./entry";
import { BODY_BYTES } from "./limits";
import { unpadEvent } from "./padding";
import { fail, ok, type Result } from "./result";
import { bytes, bytesOf, tuple } from "./shape";
import { SINGLE_USE, hkdf, openAead, sha256, verifySignature } from "./webcrypto";

/** Why a sealed event does not open; the words are those of the Rust side. Each becomes a visible tombstone. */
export type OpenError = "decrypt" | "signature" | "malformed" | "too_large";

const signedContent = tuple({ content: bytes, signature: bytesOf(64) });

/** Opens an event. `key` is its epoch's, `author` the account key of the header's author and generation. */
export async function openEvent(key: Bytes, entry: Entry, author: Bytes): Promise<Result<Content, OpenError>> {
  const { header } = entry;
  if (header.kind !== 2 || entry.signature !== null) return fail("malformed");
  const info = [label("sotto/event-key/v1"), header.thread, u64(header.epoch), header.entry];
  const eventKey = await hkdf(header.salt, key, info);
  const padded = await openAead(eventKey, SINGLE_USE, entry.headerBytes, entry.body);
  if (padded === null) return fail("decrypt");
  const plain = unpadEvent(padded);
  const signed = plain === null ? null : parseCanonical(plain, BODY_BYTES, signedContent);
  if (signed === null) return fail("malformed");
  const message = concat(label("sotto/event/v1"), await sha256(entry.headerBytes), await sha256(signed.content));
  if (!(await verifySignature(author, message, signed.signature))) return fail("signature");
  const opened = parseCanonical(signed.content, BODY_BYTES, content);
  if (opened === null) return fail("malformed");
  const error = checkEvent(opened.event);
  return error === null ? ok(opened) : fail(error);
}
