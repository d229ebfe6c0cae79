// How a chunk of a file is opened: AES-256-GCM whose nonce counts the chunks and marks the last one, under a key of this file and length.

import { concat, label, u32, u64, type Bytes } from "./bytes";
import { FILE_BYTES, FILE_CHUNK_BYTES, FILE_LAST_BYTES } from "./limits";
import { hkdf, openAead, sha256 } from "./webcrypto";

/** Where a file is, and what its chunks are sealed under. */
export type FilePlace = { readonly thread: Bytes; readonly file: Bytes; readonly key: Bytes; readonly bytes: number };

function paddedBytes(plain: number): number {
  let padded = FILE_LAST_BYTES;
  while (padded < plain) padded *= 2;
  return Math.min(padded, FILE_CHUNK_BYTES);
}

/** The content of a chunk, or `null` where the bytes are not the chunk of that number. */
export async function openChunk(place: FilePlace, number: number, sealed: Uint8Array): Promise<Bytes | null> {
  if (place.bytes <= 0 || place.bytes > FILE_BYTES) return null;
  const plain = Math.min(place.bytes - number * FILE_CHUNK_BYTES, FILE_CHUNK_BYTES);
  if (plain <= 0) return null;
  const last = number + 1 === Math.ceil(place.bytes / FILE_CHUNK_BYTES);
  const key = await hkdf(new Uint8Array(0), place.key, [label("sotto/file/v1"), place.thread, place.file, u64(BigInt(place.bytes))]);
  const nonce = concat(new Uint8Array(7), u32(number), new Uint8Array([last ? 1 : 0]));
  const padded = await openAead(key, nonce, new Uint8Array(0), sealed);
  if (padded === null || padded.length !== paddedBytes(plain) || padded.subarray(plain).some((byte) => byte !== 0)) return null;
  return padded.slice(0, plain);
}

/** The hash over a file: over the hashes of its sealed chunks, in their order. */
export function fileHash(chunks: readonly Uint8Array[]): Promise<Bytes> {
  return sha256(label("sotto/file-hash/v1"), ...chunks);
}
