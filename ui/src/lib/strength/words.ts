// Which words does an attacker try first? Common passwords, and English and Spanish words and names. A chunk of its own, since it is large.
import { ZxcvbnFactory, type ZxcvbnResult } from "@zxcvbn-ts/core";
import { adjacencyGraphs, dictionary as common } from "@zxcvbn-ts/language-common";
import { dictionary as english } from "@zxcvbn-ts/language-en";
import { dictionary as spanish } from "@zxcvbn-ts/language-es-es";

/** Words such as "constructor": the library counts words in plain objects, and the shell freezes the prototype that has those names. */
const usable = (word: string): boolean => !(word in Object.prototype);

/** Makes the check over all lists. */
export function makeCheck(): (password: string, personal: string[]) => ZxcvbnResult {
  const lists: Record<string, string[]> = { ...common, ...english, ...spanish };
  const dictionary = Object.fromEntries(Object.entries(lists).map(([name, words]) => [name, words.filter(usable)]));
  const zxcvbn = new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs });
  return (password, personal) => zxcvbn.check(password, personal.filter(usable));
}
