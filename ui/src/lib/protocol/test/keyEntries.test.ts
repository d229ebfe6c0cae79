// @vitest-environment node
// Whether a member finds the epoch's key, the one before and the archive's box in a key entry, and forged entries are refused.
import { describe, expect, it } from "vitest";
import { suite } from "../box";
import { toHex } from "../bytes";
import { parseEntry, type Entry, type KeyBody } from "../entry";
import { checkArchive, commitmentOf, openKeyBox, openLink, verifyKeyEntry, type KeyEntryError } from "../keyEntry";
import { hex, present, vectors } from "./vectors";

type KeyEntry = {
  entry: string;
  thread: string;
  epoch: number;
  author_key: string;
  members: string[];
  boxes: { account: string; suite: number; private: string; box: string }[];
  key: string;
  commitment: string;
  previous_key: string | null;
  archive_suite: number;
  archive_key: string;
  refused: { name: string; entry: string; error: KeyEntryError }[];
};

describe.each(vectors<KeyEntry[]>("key_entries.json"))("a key entry under archive suite $archive_suite", (vector) => {
  async function verified(): Promise<{ entry: Entry; body: KeyBody }> {
    const entry = present(parseEntry(hex(vector.entry)));
    const body = await verifyKeyEntry(entry, hex(vector.author_key));
    if (!body.ok) throw new Error(body.error);
    return { entry, body: body.value };
  }

  it("verifies and names its members", async () => {
    const { entry, body } = await verified();
    expect(toHex(entry.header.thread)).toBe(vector.thread);
    expect(entry.header.epoch).toBe(BigInt(vector.epoch));
    expect(body.members.map((member) => toHex(member.account))).toEqual(vector.members);
    expect(toHex(await commitmentOf(hex(vector.key), entry.header.thread, entry.header.epoch))).toBe(vector.commitment);
  });

  it.each(vector.boxes)("gives the key to $account", async (box) => {
    const { entry, body } = await verified();
    const key = { suite: suite(box.suite), key: hex(box.private) };
    const opened = await openKeyBox(key, entry.header, body, hex(box.account), hex(box.box));
    expect(opened).toEqual({ ok: true, value: hex(vector.key) });
    const others = vector.boxes.find((one) => one.account !== box.account);
    const swapped = await openKeyBox(key, entry.header, body, hex(box.account), hex(present(others).box));
    expect(swapped).toEqual({ ok: false, error: "swapped_box" });
  });

  it("refuses a key that is not the committed one and an account that is no member", async () => {
    const { entry, body } = await verified();
    const box = present(vector.boxes[0]);
    const key = { suite: suite(box.suite), key: hex(box.private) };
    const other = { ...body, commitment: new Uint8Array(32) };
    const [account, bytes] = [hex(box.account), hex(box.box)];
    expect(await openKeyBox(key, entry.header, other, account, bytes)).toEqual({ ok: false, error: "commitment" });
    const later = { ...entry.header, epoch: entry.header.epoch + 1n };
    expect(await openKeyBox(key, later, body, account, bytes)).toEqual({ ok: false, error: "unopened" });
    expect(await openKeyBox(key, entry.header, body, new Uint8Array(16), bytes)).toEqual({ ok: false, error: "not_a_member" });
  });

  it("links to the epoch before where policy lets it", async () => {
    const { entry, body } = await verified();
    const previous = vector.previous_key === null ? null : hex(vector.previous_key);
    expect(await openLink(body, entry.header, hex(vector.key))).toEqual({ ok: true, value: previous });
    if (previous === null) return;
    expect(await openLink(body, entry.header, previous)).toEqual({ ok: false, error: "unopened" });
  });

  it("left its key to the archive in the one box that the key gives", async () => {
    const { entry, body } = await verified();
    const archive = { suite: suite(vector.archive_suite), key: hex(vector.archive_key) };
    expect(await checkArchive(body, entry.header, hex(vector.key), archive)).toBe(true);
    expect(await checkArchive(body, entry.header, hex(vector.commitment), archive)).toBe(false);
  });

  it.each(vector.refused)("is refused: $name", async ({ entry, error }) => {
    const parsed = parseEntry(hex(entry));
    const result = parsed === null ? "malformed" : await verifyKeyEntry(parsed, hex(vector.author_key));
    expect(result === "malformed" ? result : !result.ok && result.error).toBe(error);
  });
});
