// How names are opened that the server cannot read: sealed under the organisation's directory key.

import { label, type Bytes } from "./bytes";
import { parseCanonical } from "./cbor";
import { FIELD_CHARS, PROFILE_BYTES } from "./limits";
import { unpadName } from "./padding";
import { struct, text, type Reader } from "./shape";
import { SINGLE_USE, hkdf, openAead } from "./webcrypto";

const profile = struct({ name: text, title: text });
/** How a person is called. */
export type Profile = ReturnType<typeof profile>;

async function open<T>(directoryKey: Bytes, name: string, whom: Bytes, sealed: Bytes, reader: Reader<T>): Promise<T | null> {
  if (sealed.length > PROFILE_BYTES || sealed.length < 16) return null;
  const key = await hkdf(sealed.slice(0, 16), directoryKey, [label(name), whom]);
  const padded = await openAead(key, SINGLE_USE, whom, sealed.slice(16));
  const plain = padded === null ? null : unpadName(padded);
  return plain === null ? null : parseCanonical(plain, PROFILE_BYTES, reader);
}

function short(of: string): boolean {
  return [...of].length <= FIELD_CHARS;
}

/** How the account is called, or `null` where the name does not open. */
export async function openProfile(directoryKey: Bytes, account: Bytes, sealed: Bytes): Promise<Profile | null> {
  const opened = await open(directoryKey, "sotto/profile/v1", account, sealed, profile);
  return opened !== null && short(opened.name) && short(opened.title) ? opened : null;
}

/** What the clinic calls itself, or `null` where the name does not open. */
export async function openClinic(directoryKey: Bytes, org: Bytes, sealed: Bytes): Promise<string | null> {
  const opened = await open(directoryKey, "sotto/clinic/v1", org, sealed, text);
  return opened !== null && short(opened) ? opened : null;
}
