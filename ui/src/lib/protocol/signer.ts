// Who signs a statement, as it stands in the bytes?

import type { Bytes } from "./bytes";
import { id, not, tuple, u32, variant, type Cbor, type Reader } from "./shape";

/** Who signs a statement. */
export type Signer =
  | { readonly kind: "root" }
  | { readonly kind: "admin"; readonly grant: Bytes }
  | { readonly kind: "invite"; readonly invite: Bytes }
  | { readonly kind: "account"; readonly account: Bytes; readonly generation: number }
  | { readonly kind: "token"; readonly token: Bytes }
  | { readonly kind: "workstation"; readonly workstation: Bytes };

const account = tuple({ account: id, generation: u32 });

/** Reads who signs. */
export const signer: Reader<Signer> = (value) => {
  const one = variant(value);
  switch (one.name) {
    case "root":
      return one.value === null ? { kind: "root" } : not();
    case "admin":
      return { kind: "admin", grant: id(one.value) };
    case "invite":
      return { kind: "invite", invite: id(one.value) };
    case "account":
      return { kind: "account", ...account(one.value) };
    case "token":
      return { kind: "token", token: id(one.value) };
    case "workstation":
      return { kind: "workstation", workstation: id(one.value) };
    default:
      return not();
  }
};

/** The value that is encoded. */
export function signerValue(of: Signer): Cbor {
  switch (of.kind) {
    case "root":
      return "root";
    case "admin":
      return new Map<Cbor, Cbor>([["admin", of.grant]]);
    case "invite":
      return new Map<Cbor, Cbor>([["invite", of.invite]]);
    case "account":
      return new Map<Cbor, Cbor>([["account", [of.account, of.generation]]]);
    case "token":
      return new Map<Cbor, Cbor>([["token", of.token]]);
    case "workstation":
      return new Map<Cbor, Cbor>([["workstation", of.workstation]]);
  }
}
