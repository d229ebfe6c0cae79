// @vitest-environment node
// Whether a chunk of a file opens as published, and nowhere else.
import { describe, expect, it } from "vitest";
import { toHex } from "../bytes";
import { fileHash, openChunk } from "../file";
import { hex, vectors } from "./vectors";

type Chunk = { bytes: number; number: number; content: string; sealed: string };
const file = vectors<{ key: string; thread: string; file: string; chunks: Chunk[]; hash: { chunks: string[]; hash: string } }>("files.json");
const place = (bytes: number) => ({ key: hex(file.key), thread: hex(file.thread), file: hex(file.file), bytes });

describe("a chunk of a file", () => {
  it.each(file.chunks)("of $bytes bytes, number $number", async ({ bytes, number, content, sealed }) => {
    const opened = await openChunk(place(bytes), number, hex(sealed));
    expect(opened === null ? null : toHex(opened)).toBe(content);
    expect(await openChunk(place(bytes + 1), number, hex(sealed)), "of another length").toBeNull();
    expect(await openChunk(place(bytes), number + 1, hex(sealed)), "at another place").toBeNull();
    expect(await openChunk({ ...place(bytes), thread: hex(file.file) }, number, hex(sealed)), "in another thread").toBeNull();
  });

  it("is counted in the hash over the file", async () => {
    expect(toHex(await fileHash(file.hash.chunks.map((one) => hex(one))))).toBe(file.hash.hash);
  });
});
