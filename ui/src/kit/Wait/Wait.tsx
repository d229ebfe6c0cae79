// What does a person see while they must wait before the next try?
import { Hourglass } from "lucide-react";
import { useEffect } from "react";
import { sayWait } from "../../i18n/errors";
import { useText } from "../../i18n/text";
import { announce } from "../Announcer/announce";
import styles from "./Wait.module.css";

/** The countdown. It is announced once, not with every second. */
export function Wait({ seconds }: { seconds: number }) {
  const text = useText();
  useEffect(() => {
    announce(text("sign_in.wait", { wait: sayWait(text, seconds) }), "assertive");
    // Said when it begins; the seconds that go by are not.
    // oxlint-disable-next-line react/exhaustive-deps
  }, []);
  return <p className={styles.wait} role="timer"><Hourglass aria-hidden="true" />{text("sign_in.wait", { wait: sayWait(text, seconds) })}</p>;
}
