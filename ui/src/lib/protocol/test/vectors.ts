// Where the tests find the published vectors: the workspace's tests/vectors, the same files that the Rust side is tested with.

import { readFileSync } from "node:fs";
import { fromHex, type Bytes } from "../bytes";

/** A published file. Its shape is what its test says it is; a wrong one fails there. */
export function vectors<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(`../../../../../tests/vectors/${name}`, import.meta.url), "utf8")) as T;
}

/** The bytes of a hexadecimal field. */
export function hex(text: string): Bytes {
  const bytes = fromHex(text);
  if (bytes === null) throw new Error("a vector's field is not hexadecimal");
  return bytes;
}

/** The value, which the test needs to be there. */
export function present<T>(value: T | null | undefined): T {
  if (value === null || value === undefined) throw new Error("a value that the test needs is missing");
  return value;
}
