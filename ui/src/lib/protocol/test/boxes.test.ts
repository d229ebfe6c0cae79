// @vitest-environment node
// Whether boxes that the Rust side sealed open here, for both suites, and changed ones do not.
import { describe, expect, it } from "vitest";
import { openBox, sealedBox, suite } from "../box";
import { toHex } from "../bytes";
import { parseCanonical } from "../cbor";
import { BOX_BYTES } from "../limits";
import { hex, present, vectors } from "./vectors";

type Refused = { name: string; box: string; info: string; aad: string };
type Box = {
  suite: number;
  private: string;
  info: string;
  aad: string;
  plaintext: string;
  box: string;
  refused: Refused[];
};

describe.each(vectors<Box[]>("boxes.json"))("suite $suite", (vector) => {
  const key = { suite: suite(vector.suite), key: hex(vector.private) };

  it("opens", async () => {
    const box = present(parseCanonical(hex(vector.box), BOX_BYTES, sealedBox));
    const opened = present(await openBox(key, hex(vector.info), hex(vector.aad), box));
    expect(toHex(opened)).toBe(vector.plaintext);
  });

  it.each(vector.refused)("does not open with $name", async ({ box, info, aad }) => {
    const parsed = present(parseCanonical(hex(box), BOX_BYTES, sealedBox));
    expect(await openBox(key, hex(info), hex(aad), parsed)).toBeNull();
  });
});
