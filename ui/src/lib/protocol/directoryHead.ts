// Is a directory a continuation of the one that somebody had verified? By the hash over its statements in their order.

import { label, same, u64, type Bytes } from "./bytes";
import type { DirectoryHead } from "./shape";
import { encodeSigned, type Signed } from "./statement";
import { sha256 } from "./webcrypto";

/** The hash after one more statement; `hashes` are those after each before it. */
export async function nextHash(hashes: readonly Bytes[], signed: Signed): Promise<Bytes> {
  const last = hashes.at(-1) ?? new Uint8Array(32);
  return sha256(label("sotto/directory/v1"), last, u64(BigInt(hashes.length) + 1n), await sha256(encodeSigned(signed)));
}

/** Whether a directory with these hashes continues the one that somebody had verified. */
export function continues(hashes: readonly Bytes[], head: DirectoryHead): boolean {
  const hash = head.version === 0n ? new Uint8Array(32) : hashes[Number(head.version) - 1];
  return hash !== undefined && same(hash.slice(0, 16), head.hash);
}
