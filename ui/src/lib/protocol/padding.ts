// How padding comes off: ISO/IEC 7816-4, one 0x80 and then zeros, in the smallest length that fits.

import type { Bytes } from "./bytes";
import { BUCKETS } from "./limits";

function strip(padded: Bytes): Bytes | null {
  let end = padded.length - 1;
  while (end >= 0 && padded[end] === 0) end -= 1;
  return padded[end] === 0x80 ? padded.slice(0, end) : null;
}

/** An event's signed content, where the bucket is the smallest that holds it. */
export function unpadEvent(padded: Bytes): Bytes | null {
  const plain = strip(padded);
  return plain !== null && BUCKETS.find((bucket) => plain.length < bucket) === padded.length ? plain : null;
}

/** A name, where it is padded to the next multiple of 128. */
export function unpadName(padded: Bytes): Bytes | null {
  const plain = strip(padded);
  return plain !== null && (Math.floor(plain.length / 128) + 1) * 128 === padded.length ? plain : null;
}
