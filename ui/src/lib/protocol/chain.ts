// How a thread's log proves that it is one log: a hash over each entry and all before it.

import { label, u64, type Bytes } from "./bytes";
import { sha256 } from "./webcrypto";

/** The chain hash at `seq`: over the one before, the place, the server's time and the entry's bytes. */
export async function chainHash(previous: Bytes, seq: bigint, receivedAt: bigint, entry: Uint8Array): Promise<Bytes> {
  return sha256(label("sotto/chain/v1"), previous, u64(seq), u64(receivedAt), await sha256(entry));
}
