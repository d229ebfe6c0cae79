// @vitest-environment node
// Whether the hash chain, request proofs, names and limits are the published ones.
import { describe, expect, it } from "vitest";
import { concat, label, same, toHex, u64 } from "../bytes";
import { chainHash } from "../chain";
import * as limits from "../limits";
import { openClinic, openProfile } from "../profile";
import { hasEd25519, sha256, verifySignature } from "../webcrypto";
import { hex, present, vectors } from "./vectors";

/** A text with its length before it. */
function sized(text: string): Uint8Array {
  const bytes = new TextEncoder().encode(text);
  return concat(u64(BigInt(bytes.length)), bytes);
}

describe("the hash chain", () => {
  it.each(vectors<{ previous: string; seq: number; received_at: number; entry: string; chain: string }[]>("chain.json"))(
    "at seq $seq",
    async (link) => {
      const hash = await chainHash(hex(link.previous), BigInt(link.seq), BigInt(link.received_at), hex(link.entry));
      expect(toHex(hash)).toBe(link.chain);
    },
  );
});

describe("a request's proof", () => {
  type Proof = { method: string; target: string; body: string; signed: string; header: string };
  const file = vectors<{ device_key: string; proofs: Proof[]; workstation_key: string; workstation_proofs: Proof[] }>("requests.json");
  const provers = [
    { by: "device", of: "sotto/request/v1", key: file.device_key, proofs: file.proofs },
    { by: "workstation", of: "sotto/workstation-request/v1", key: file.workstation_key, proofs: file.workstation_proofs },
  ];
  const cases = provers.flatMap(({ proofs, ...prover }) => proofs.map((proof) => ({ ...prover, ...proof })));

  it.each(cases)("by a $by: $method $target", async (proof) => {
    const [version, who, time, nonce, signature] = proof.header.split(" ");
    expect(version).toBe("v1");
    const signed = concat(
      label(proof.of),
      hex(present(who)),
      u64(BigInt(present(time))),
      hex(present(nonce)),
      await sha256(hex(proof.body)),
      sized(proof.method),
      sized(proof.target),
    );
    expect(toHex(signed)).toBe(proof.signed);
    expect(await verifySignature(hex(proof.key), signed, hex(present(signature)))).toBe(true);
    expect(await verifySignature(hex(proof.key), signed.slice(1), hex(present(signature)))).toBe(false);
  });
});

describe("names", () => {
  type File = {
    directory_key: string;
    profiles: { account: string; name: string; title: string; sealed: string }[];
    clinic: { org: string; name: string; sealed: string };
  };
  const file = vectors<File>("profiles.json");
  const key = hex(file.directory_key);

  it.each(file.profiles)("$name", async ({ account, name, title, sealed }) => {
    expect(await openProfile(key, hex(account), hex(sealed))).toEqual({ name, title });
    expect(await openProfile(key, new Uint8Array(16), hex(sealed))).toBeNull();
    expect(await openProfile(key, hex(account), hex(sealed).slice(0, -1))).toBeNull();
  });

  it("the clinic's", async () => {
    expect(await openClinic(key, hex(file.clinic.org), hex(file.clinic.sealed))).toBe(file.clinic.name);
    expect(await openProfile(key, hex(file.clinic.org), hex(file.clinic.sealed))).toBeNull();
  });
});

describe("limits", () => {
  const published = vectors<Record<string, number | number[]>>("limits.json");

  it("are the published ones", () => {
    for (const [name, value] of Object.entries(limits)) expect(published[name], name).toEqual(value);
  });
});

describe("primitives", () => {
  it("are all there", async () => {
    expect(await hasEd25519()).toBe(true);
    expect(same(new Uint8Array([1, 2]), new Uint8Array([1, 2]))).toBe(true);
    expect(same(new Uint8Array([1, 2]), new Uint8Array([1, 3]))).toBe(false);
  });
});
