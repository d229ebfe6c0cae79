// How the entry that starts an epoch is checked, and how a member gets its key out.

import { chacha20 } from "@noble/ciphers/chacha.js";
import { ascii, compare, concat, label, own, same, u32, u64, type Bytes } from "./bytes";
import { boxValue, deriveBox, encapsulationBytes, openBox, sealedBox, sealingKeyValue, type SealingKey, type SealingPrivate } from "./box";
import { encodeInOrder, parseCanonical } from "./cbor";
import { keyBody, type Entry, type Header, type KeyBody } from "./entry";
import { BOX_BYTES, ENTRY_BYTES, MEMBERS } from "./limits";
import { fail, ok, type Result } from "./result";
import { SINGLE_USE, hkdf, openAead, sha256, verifySignature } from "./webcrypto";

/** Why a key entry, or a box of one, is refused; the words are those of the Rust side. */
export type KeyEntryError = "malformed" | "signature" | "not_a_member" | "swapped_box" | "unopened" | "commitment";

const NONE: Bytes = new Uint8Array(0);

function boxInfo(purpose: "member" | "archive"): Bytes {
  return concat(label("sotto/box/v1"), ascii(purpose));
}

/** Thread and epoch. */
function place(header: Header): readonly [Bytes, Bytes] {
  return [header.thread, u64(header.epoch)];
}

/** Checks a key entry's signature by its author's account key, and its shape. */
export async function verifyKeyEntry(entry: Entry, author: Bytes): Promise<Result<KeyBody, KeyEntryError>> {
  if (entry.header.kind !== 1 || entry.signature === null) return fail("malformed");
  const signed = concat(label("sotto/key-entry/v1"), await sha256(entry.headerBytes), await sha256(entry.body));
  if (!(await verifySignature(author, signed, entry.signature))) return fail("signature");
  const body = parseCanonical(entry.body, ENTRY_BYTES, keyBody);
  return body !== null && shapeIsRight(entry.header, body) ? ok(body) : fail("malformed");
}

function shapeIsRight(header: Header, body: KeyBody): boolean {
  const { members } = body;
  const sorted = members.every((member, at) => {
    const before = members[at - 1];
    return before === undefined || compare(before.account, member.account) < 0;
  });
  const few = members.length > 0 && members.length <= MEMBERS;
  const past = body.link !== null || body.anchor.seq !== 0n || body.anchor.hash.some((byte) => byte !== 0);
  const silent = header.alert === 0 && header.alerts.length === 0;
  return sorted && few && silent && !(header.epoch === 1n && past);
}

/** What a key entry says of its key without telling it. */
export function commitmentOf(key: Bytes, thread: Bytes, epoch: bigint): Promise<Bytes> {
  return hkdf(NONE, key, [label("sotto/commitment/v1"), thread, u64(epoch)]);
}

/** Opens the account's own box of a verified key entry; gives the epoch's key. */
export async function openKeyBox(
  key: SealingPrivate,
  header: Header,
  body: KeyBody,
  account: Bytes,
  boxBytes: Bytes,
): Promise<Result<Bytes, KeyEntryError>> {
  const member = body.members.find((one) => same(one.account, account));
  if (member === undefined) return fail("not_a_member");
  if (!same(await sha256(boxBytes), member.box_hash)) return fail("swapped_box");
  const box = parseCanonical(boxBytes, BOX_BYTES, sealedBox);
  if (box === null) return fail("malformed");
  const aad = concat(...place(header), account, u32(member.generation));
  const opened = await openBox(key, boxInfo("member"), aad, box);
  if (opened === null) return fail("unopened");
  if (opened.length !== 32) return fail("malformed");
  const committed = same(await commitmentOf(opened, header.thread, header.epoch), body.commitment);
  return committed ? ok(opened) : fail("commitment");
}

/** The key of the epoch before, or `null` where the entry does not link to it. */
export async function openLink(body: KeyBody, header: Header, key: Bytes): Promise<Result<Bytes | null, KeyEntryError>> {
  if (body.link === null) return ok(null);
  const linkKey = await hkdf(NONE, key, [label("sotto/link/v1"), ...place(header)]);
  const previous = await openAead(linkKey, SINGLE_USE, concat(...place(header)), body.link);
  if (previous === null) return fail("unopened");
  return previous.length === 32 ? ok(previous) : fail("malformed");
}

/** Whether the entry's archive box is the one that its key gives: every member checks once an epoch. */
export async function checkArchive(body: KeyBody, header: Header, key: Bytes, archive: SealingKey): Promise<boolean> {
  const to = await sha256(encodeInOrder(sealingKeyValue(archive)));
  const seed = await hkdf(NONE, key, [label("sotto/archive-seed/v1"), ...place(header), to]);
  // The keystream of ChaCha20 (RFC 8439) with nonce and counter zero: what the seeded generator on the Rust side draws.
  const randomness = own(chacha20(seed, SINGLE_USE, new Uint8Array(encapsulationBytes(archive.suite))));
  const expected = await deriveBox(archive, randomness, boxInfo("archive"), concat(...place(header)), key);
  return expected !== null && same(encodeInOrder(boxValue(expected)), encodeInOrder(boxValue(body.archive)));
}
