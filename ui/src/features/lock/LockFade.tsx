// What happens in the seconds before the idle lock? The screen fades, says so, and any input stops it.
import { LockKeyhole } from "lucide-react";
import { useCallback, useEffect, useState } from "react";
import type { AppEvent } from "../../backend/bindings";
import { useBackend } from "../../backend/context";
import { useEvents } from "../../backend/queries/events";
import { useText } from "../../i18n/text";
import styles from "./Lock.module.css";

const INPUTS = ["pointermove", "pointerdown", "keydown", "wheel", "touchstart"] as const;

/** Follows `lock_warning` and `lock_cancelled`; draws nothing in between. */
export function LockFade() {
  const [seconds, setSeconds] = useState<number | null>(null);
  const listen = useCallback((event: AppEvent) => {
    if (event.kind === "lock_warning") setSeconds(event.seconds);
    else if (event.kind === "lock_cancelled" || event.kind === "locking") setSeconds(null);
  }, []);
  useEvents(listen);
  return seconds === null ? null : <Fading seconds={seconds} />;
}

function Fading({ seconds }: { seconds: number }) {
  const text = useText();
  const backend = useBackend();
  const [left, setLeft] = useState(seconds);
  useEffect(() => {
    const end = Date.now() + seconds * 1000;
    const timer = setInterval(() => setLeft(Math.max(0, Math.ceil((end - Date.now()) / 1000))), 200);
    return () => clearInterval(timer);
  }, [seconds]);
  useEffect(() => {
    const stay = (event: Event): void => {
      // The key that keeps the screen does nothing else.
      if (event instanceof KeyboardEvent) {
        event.preventDefault();
        event.stopPropagation();
      }
      void backend.stayAwake().catch(() => undefined);
    };
    for (const input of INPUTS) window.addEventListener(input, stay, { capture: true });
    return () => {
      for (const input of INPUTS) window.removeEventListener(input, stay, { capture: true });
    };
  }, [backend]);
  return (
    <div className={styles.fade} style={{ animationDuration: `${seconds}s` }} data-testid="lock-warning">
      <div className={styles.notice} role="alert" aria-atomic="true">
        <LockKeyhole aria-hidden="true" />
        <strong aria-hidden="true">{text("lock.in", { n: left })}</strong>
        <span className="visually-hidden">{text("lock.in", { n: seconds })}</span>
        <span>{text("lock.stay")}</span>
      </div>
    </div>
  );
}
