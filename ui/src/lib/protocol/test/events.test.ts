// @vitest-environment node
// Whether events open here as they were sealed there, at every bucket's edge, and each forgery fails as it fails there.
import { describe, expect, it } from "vitest";
import { toHex } from "../bytes";
import { encodeInOrder, parseCanonical } from "../cbor";
import type { Content, Event } from "../content";
import { parseEntry } from "../entry";
import { openEvent, type OpenError } from "../openEvent";
import { text, type Cbor } from "../shape";
import { sha256 } from "../webcrypto";
import { hex, present, vectors } from "./vectors";

type File = {
  key: string;
  author_key: string;
  opened: { name: string; entry: string; padded: number; event: Record<string, unknown> | null; content_sha256: string }[];
  refused: { name: string; entry: string; error: OpenError }[];
};

const file = vectors<File>("events.json");

/** A structure as it is encoded. */
function map(fields: Readonly<Record<string, Cbor>>): Cbor {
  return new Map<Cbor, Cbor>(Object.entries(fields));
}

/** An event as the vectors tell it: numbers as JSON has them, ids in hexadecimal. */
function tell(event: Event): Record<string, unknown> {
  switch (event.kind) {
    case "message": return { message: event.message };
    case "described": return { described: event.described };
    case "file": return { file: event.file };
    case "exported": return { exported: event.exported };
    case "read": return { read: { turn: Number(event.read.turn), upto: Number(event.read.upto) } };
    case "receipt": return { receipt: { stored: Number(event.receipt.stored), displayed: Number(event.receipt.displayed) } };
    case "acknowledged": return { acknowledged: { message: toHex(event.acknowledged.message), answer: event.acknowledged.answer } };
    default: {
      const never: never = event;
      return never;
    }
  }
}

/** A message's content as its author encoded and signed it. */
function encodeMessage({ event, sent_at, anchor, directory }: Content): Uint8Array {
  if (event.kind !== "message") throw new Error("no message");
  const { text: said, priority, answers } = event.message;
  const message = map({ text: said, priority, answers: answers.map((one) => (typeof one === "string" ? one : map(one))) });
  return encodeInOrder(map({ event: map({ message }), sent_at, anchor: map(anchor), directory: [directory.version, directory.hash] }));
}

describe("an event", () => {
  it.each(file.opened)("opens: $name", async (vector) => {
    const entry = present(parseEntry(hex(vector.entry)));
    expect(entry.body.length).toBe(vector.padded + 16);
    const opened = await openEvent(hex(file.key), entry, hex(file.author_key));
    if (!opened.ok) throw new Error(opened.error);
    const { event } = opened.value;
    const told = tell(event);
    if (vector.event !== null) expect(told).toEqual(vector.event);
    if (event.kind !== "message") return;
    expect(toHex(await sha256(encodeMessage(opened.value)))).toBe(vector.content_sha256);
  });

  it.each(file.refused)("is refused: $name", async ({ entry, error }) => {
    const opened = await openEvent(hex(file.key), present(parseEntry(hex(entry))), hex(file.author_key));
    expect(opened).toEqual({ ok: false, error });
  });

  it("is refused with any byte of its entry changed", async () => {
    const bytes = hex(present(file.opened[0]).entry);
    for (let at = 0; at < bytes.length; at += 1) {
      const changed = bytes.slice();
      changed[at] = (changed[at] ?? 0) ^ 1;
      const entry = parseEntry(changed);
      const opened = entry === null ? null : await openEvent(hex(file.key), entry, hex(file.author_key));
      expect(opened === null || !opened.ok, `byte ${at}`).toBe(true);
    }
  });
});

describe("canonical CBOR", () => {
  it("keeps a byte order mark and refuses what is no UTF-8, too long or nested without end", () => {
    expect(parseCanonical(hex("64efbbbf61"), 9, text)).toBe("\u{feff}a");
    expect(parseCanonical(hex("62c328"), 9, text)).toBeNull();
    expect(parseCanonical(hex("780161"), 9, text)).toBeNull();
    expect(parseCanonical(hex("6161"), 1, text)).toBeNull();
    expect(parseCanonical(hex("616100"), 9, text)).toBeNull();
    expect(parseCanonical(new Uint8Array(60_000).fill(0x81), 99_999, text)).toBeNull();
    expect(toHex(hex("00ff"))).toBe("00ff");
  });
});
