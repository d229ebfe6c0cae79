// How a box is opened: one-shot HPKE (RFC 9180) in base mode with X-Wing or X25519, HKDF-SHA256 and AES-256-GCM.

import { Aes256Gcm, CipherSuite, DhkemX25519HkdfSha256, HkdfSha256 } from "@hpke/core";
import { XWing } from "@hpke/hybridkem-x-wing";
import type { Bytes } from "./bytes";
import { bytes, numberOf, struct, type Cbor } from "./shape";

/** 1: X-Wing. 2: X25519. */
export const suite = numberOf(1, 2);
/** 1: X-Wing. 2: X25519. */
export type Suite = ReturnType<typeof suite>;

/** Something sealed to one key. */
export const sealedBox = struct({ suite, enc: bytes, ciphertext: bytes });
/** Something sealed to one key. */
export type SealedBox = ReturnType<typeof sealedBox>;

/** The public half of a sealing pair. */
export const sealingKey = struct({ suite, key: bytes });
/** The public half of a sealing pair. */
export type SealingKey = { readonly suite: Suite; readonly key: Bytes };

/** Bytes of a public key of the suite. */
export function publicKeyBytes(of: Suite): number {
  return of === 1 ? 1_216 : 32;
}

/** The private half: 32 raw bytes in both suites, never a seed to derive from. */
export type SealingPrivate = { readonly suite: Suite; readonly key: Bytes };

function cipherSuite(of: Suite): CipherSuite {
  const kem = of === 1 ? new XWing() : new DhkemX25519HkdfSha256();
  return new CipherSuite({ kem, kdf: new HkdfSha256(), aead: new Aes256Gcm() });
}

/** The plaintext, or `null` where the box was not sealed to this key, for this purpose and place. */
export async function openBox(key: SealingPrivate, info: Bytes, aad: Bytes, sealed: SealedBox): Promise<Bytes | null> {
  if (key.suite !== sealed.suite) return null;
  const hpke = cipherSuite(key.suite);
  try {
    const recipientKey = await hpke.kem.importKey("raw", key.key.slice().buffer, false);
    return new Uint8Array(await hpke.open({ recipientKey, enc: sealed.enc, info }, sealed.ciphertext, aad));
  } catch {
    return null;
  }
}

/** How many bytes an encapsulation of the suite draws. */
export function encapsulationBytes(of: Suite): number {
  return of === 1 ? 64 : 32;
}

/** The box that these bytes of randomness give; for the archive's box only, whose randomness is a function of what it seals. */
export async function deriveBox(to: SealingKey, ekm: Bytes, info: Bytes, aad: Bytes, plaintext: Bytes): Promise<SealedBox | null> {
  const hpke = cipherSuite(to.suite);
  try {
    const recipientPublicKey = await hpke.kem.importKey("raw", to.key.slice().buffer, true);
    const { enc, ct } = await hpke.seal({ recipientPublicKey, info, ekm }, plaintext, aad);
    return { suite: to.suite, enc: new Uint8Array(enc), ciphertext: new Uint8Array(ct) };
  } catch {
    return null;
  }
}

/** A box as it is encoded. */
export function boxValue(box: SealedBox): Cbor {
  return new Map<Cbor, Cbor>([["suite", box.suite], ["enc", box.enc], ["ciphertext", box.ciphertext]]);
}

/** A sealing key as it is encoded. */
export function sealingKeyValue(key: SealingKey): Cbor {
  return new Map<Cbor, Cbor>([["suite", key.suite], ["key", key.key]]);
}
