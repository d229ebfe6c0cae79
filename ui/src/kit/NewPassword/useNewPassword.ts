// Is the new password long enough, hard enough, and typed twice the same?
import { useEffect, useState } from "react";
import { judge, type Strength } from "../../lib/strength/strength";

/** Characters of a password, at least: `PASSWORD_MIN_CHARS` of the protocol's limits. The core checks it again. */
export const PASSWORD_MIN = 12;
/** How long the fingers must rest before it is judged again. */
const REST_MS = 150;

/** What is known of the password so far. */
export type Judged = { kind: "nothing" } | { kind: "judging" } | { kind: "judged"; strength: Strength } | { kind: "failed" };

/** The two lines. `take` gives the password when it may be used; the caller calls `forget` once it is used. */
export function useNewPassword(personal: readonly string[]) {
  const [password, setTyped] = useState("");
  const [again, setAgain] = useState("");
  const [judged, setJudged] = useState<Judged>({ kind: "nothing" });
  const words = personal.join(" ");
  const length = [...password].length;
  const long = length >= PASSWORD_MIN;
  const setPassword = (next: string): void => {
    setTyped(next);
    // What was said of the password before stands until the new one is judged.
    setJudged((old) => (next === "" ? { kind: "nothing" } : old.kind === "judged" ? old : { kind: "judging" }));
  };

  useEffect(() => {
    if (password === "") return undefined;
    let stale = false;
    const timer = setTimeout(() => {
      judge(password, words.split(" ")).then(
        (strength) => { if (!stale) setJudged({ kind: "judged", strength }); },
        () => { if (!stale) setJudged({ kind: "failed" }); },
      );
    }, REST_MS);
    return () => {
      stale = true;
      clearTimeout(timer);
    };
  }, [password, words]);

  const same = password === again && again !== "";
  /** Judges what stands there now, whatever the fingers did last. */
  const take = async (): Promise<string | null> => {
    if (!long || !same) return null;
    try {
      const strength = await judge(password, words.split(" "));
      setJudged({ kind: "judged", strength });
      return strength.accepted ? password : null;
    } catch {
      setJudged({ kind: "failed" });
      return null;
    }
  };
  const forget = (): void => {
    setPassword("");
    setAgain("");
  };
  return { password, setPassword, again, setAgain, length, long, same, judged, take, forget };
}
