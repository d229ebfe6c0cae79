// How bytes that must have one spelling are read: strict CBOR by cborg, and refused where encoding the value again gives other bytes.

import { Token, Tokenizer, Type, decode, encode } from "cborg";
import { own, same, type Bytes } from "./bytes";
import type { Cbor, Reader } from "./shape";

const STRICT = { strict: true, allowIndefinite: false, allowUndefined: false, useMaps: true, rejectDuplicateMapKeys: true };
// A byte order mark is a character of a text like any other, and bytes that are not UTF-8 are no text.
const UTF8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

class StrictTokenizer extends Tokenizer {
  override next(): Token {
    const token = super.next();
    if (!Type.equals(token.type, Type.string) || token.byteValue === undefined) return token;
    return new Token(Type.string, UTF8.decode(token.byteValue), token.encodedLength);
  }
}

/** Reads untrusted bytes of at most `limit` with `reader`; `null` where they are not the one encoding of such a value. */
export function parseCanonical<T>(bytes: Uint8Array, limit: number, reader: Reader<T>): T | null {
  if (bytes.length > limit) return null;
  try {
    const options = { ...STRICT, retainStringBytes: true };
    const value: Cbor = decode(bytes, { ...options, tokenizer: new StrictTokenizer(bytes, options) });
    return same(encodeInOrder(value), bytes) ? reader(value) : null;
  } catch (error) {
    // cborg, TextDecoder and the readers say by an exception that the bytes are wrong; nothing else is called here.
    if (error instanceof Error) return null;
    throw error;
  }
}

/** Encodes with map fields in the order they are in, as the protocol's structures are. */
export function encodeInOrder(value: Cbor): Bytes {
  return own(encode(value, { mapSorter: undefined }));
}
