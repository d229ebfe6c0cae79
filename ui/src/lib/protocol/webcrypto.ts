// Which primitives the browser gives: SHA-256, HKDF, AES-256-GCM and Ed25519 by WebCrypto. Nothing is implemented here.

import { concat, own, type Bytes } from "./bytes";

/** The nonce of a key that seals one plaintext and never another. */
export const SINGLE_USE: Bytes = new Uint8Array(12);

/** SHA-256 over the parts, one after another. */
export async function sha256(...parts: readonly Uint8Array[]): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", concat(...parts)));
}

/** HKDF-SHA256 (RFC 5869); `info` is the parts one after another. */
export async function hkdf(salt: Uint8Array, ikm: Uint8Array, info: readonly Uint8Array[], length = 32): Promise<Bytes> {
  const key = await crypto.subtle.importKey("raw", own(ikm), "HKDF", false, ["deriveBits"]);
  const parameters = { name: "HKDF", hash: "SHA-256", salt: own(salt), info: concat(...info) };
  return new Uint8Array(await crypto.subtle.deriveBits(parameters, key, length * 8));
}

/** The plaintext, or `null` where the bytes are not what was sealed. */
export async function openAead(key: Bytes, nonce: Bytes, aad: Uint8Array, ciphertext: Uint8Array): Promise<Bytes | null> {
  const imported = await crypto.subtle.importKey("raw", key, "AES-GCM", false, ["decrypt"]);
  try {
    const parameters = { name: "AES-GCM", iv: nonce, additionalData: own(aad) };
    return new Uint8Array(await crypto.subtle.decrypt(parameters, imported, own(ciphertext)));
  } catch {
    return null;
  }
}

/** Whether this browser can check Ed25519 at all. Where it cannot, the portal says so and opens nothing. */
export async function hasEd25519(): Promise<boolean> {
  try {
    await crypto.subtle.importKey("raw", new Uint8Array(32).fill(1, 0, 1), "Ed25519", false, ["verify"]);
    return true;
  } catch {
    return false;
  }
}

/** Whether the Ed25519 signature fits. */
export async function verifySignature(key: Uint8Array, message: Uint8Array, signature: Uint8Array): Promise<boolean> {
  try {
    const imported = await crypto.subtle.importKey("raw", own(key), "Ed25519", false, ["verify"]);
    return await crypto.subtle.verify("Ed25519", imported, own(signature), own(message));
  } catch {
    // A key that is no point of the curve: nothing it signs fits.
    return false;
  }
}
