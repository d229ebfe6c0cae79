// Which shape a decoded value has: readers that give a typed value or refuse, field by field, in the protocol's order.

import { own, type Bytes } from "./bytes";

/** What CBOR can hold here. Floats, tags and undefined never occur. */
export type Cbor = number | bigint | string | boolean | null | Uint8Array | readonly Cbor[] | Map<Cbor, Cbor>;

/** The value is not of that shape. Never leaves `parseCanonical`. */
class ShapeError extends Error {}

/** Gives the typed value or throws a `ShapeError`. */
export type Reader<T> = (value: Cbor) => T;

function refuse(): never {
  throw new ShapeError("not of that shape");
}

/** Any bytes. */
export const bytes: Reader<Bytes> = (value) => (value instanceof Uint8Array ? own(value) : refuse());

/** Bytes of one length. */
export function bytesOf(length: number): Reader<Bytes> {
  return (value) => (value instanceof Uint8Array && value.length === length ? own(value) : refuse());
}

/** An id: 16 bytes. */
export const id: Reader<Bytes> = bytesOf(16);

/** A text. */
export const text: Reader<string> = (value) => (typeof value === "string" ? value : refuse());

/** True or false. */
export const boolean: Reader<boolean> = (value) => (typeof value === "boolean" ? value : refuse());

/** An unsigned integer of up to 64 bits. */
export const u64: Reader<bigint> = (value) => {
  if (typeof value !== "number" && typeof value !== "bigint") return refuse();
  const integer = BigInt(value);
  return integer >= 0n && integer < 1n << 64n ? integer : refuse();
};

/** An unsigned integer of up to 32 bits. */
export const u32: Reader<number> = (value) => {
  const integer = u64(value);
  return integer < 1n << 32n ? Number(integer) : refuse();
};

/** One of these numbers. */
export function numberOf<T extends number>(...known: readonly T[]): Reader<T> {
  return (value) => known.find((number) => number === value) ?? refuse();
}

/** One of these words. */
export function wordOf<T extends string>(...known: readonly T[]): Reader<T> {
  return (value) => known.find((word) => word === value) ?? refuse();
}

/** The value, or null. */
export function optional<T>(reader: Reader<T>): Reader<T | null> {
  return (value) => (value === null ? null : reader(value));
}

/** A list of any length. */
export function list<T>(reader: Reader<T>): Reader<readonly T[]> {
  return (value) => (Array.isArray(value) ? value.map((item: Cbor) => reader(item)) : refuse());
}

type Readers = { readonly [field: string]: Reader<unknown> };
/** What a structure of these readers gives. */
export type Read<R extends Readers> = { readonly [K in keyof R]: R[K] extends Reader<infer T> ? T : never };

function entriesOf<R extends Readers>(readers: R, values: readonly (readonly [string, Cbor])[]): Read<R> {
  const names = Object.keys(readers);
  if (names.length !== values.length) return refuse();
  const read = Object.entries(readers).map(([name, reader], at) => {
    const [key, value] = values[at] ?? refuse();
    return key === name ? [name, reader(value)] : refuse();
  });
  return Object.fromEntries(read) as Read<R>;
}

/** A map with exactly these fields in this order. */
export function struct<R extends Readers>(readers: R): Reader<Read<R>> {
  return (value) => {
    if (!(value instanceof Map)) return refuse();
    const fields = [...value.entries()].map(([key, field]): readonly [string, Cbor] => [text(key), field]);
    return entriesOf(readers, fields);
  };
}

/** An array with exactly these fields in this order. */
export function tuple<R extends Readers>(readers: R): Reader<Read<R>> {
  return (value) => {
    if (!Array.isArray(value)) return refuse();
    const names = Object.keys(readers);
    return entriesOf(readers, value.map((field: Cbor, at): readonly [string, Cbor] => [names[at] ?? refuse(), field]));
  };
}

/** One alternative: a map of one field whose name says which, or the name alone where nothing follows it. */
export function variant(value: Cbor): { readonly name: string; readonly value: Cbor } {
  if (typeof value === "string") return { name: value, value: null };
  if (!(value instanceof Map) || value.size !== 1) return refuse();
  const [first] = value.entries();
  if (first === undefined) return refuse();
  return { name: text(first[0]), value: first[1] };
}

/** Refuses a value for a reason that only its reader knows. */
export function not(): never {
  return refuse();
}

/** The directory an author had verified: how many statements, and half of the hash over them. */
export const directoryHead = tuple({ version: u64, hash: bytesOf(16) });
/** A directory as somebody had verified it. */
export type DirectoryHead = ReturnType<typeof directoryHead>;
