// What happens where a rule, the clinic's or one's own, lets nobody copy what others wrote?
import { ClipboardX } from "lucide-react";
import { useEffect, useState } from "react";
import { useRules } from "../../backend/queries/fleet";
import { useText } from "../../i18n/text";
import { Button } from "../../kit/Button/Button";
import { Strip } from "../../kit/Strip/Strip";

/** Text leaves by these; what somebody types is their own, and may be cut and moved. */
const WAYS = ["copy", "cut", "dragstart"] as const;

const isTyped = (target: EventTarget | null): boolean => target instanceof HTMLTextAreaElement || target instanceof HTMLInputElement;

/** Stops it, and says why. Until the rules are known nothing is stopped. */
export function CopyGuard() {
  const text = useText();
  const rule = useRules(null).data?.find((one) => one.setting === "clipboard" && one.value === false);
  const forbidden = rule !== undefined;
  const [stopped, setStopped] = useState(false);
  useEffect(() => {
    if (!forbidden) return undefined;
    const stop = (event: Event): void => {
      if (isTyped(event.target)) return;
      event.preventDefault();
      setStopped(true);
    };
    for (const way of WAYS) document.addEventListener(way, stop, true);
    return () => {
      for (const way of WAYS) document.removeEventListener(way, stop, true);
    };
  }, [forbidden]);
  if (!stopped || rule === undefined) return null;
  return <Strip tone="warn" icon={<ClipboardX aria-hidden="true" />} action={<Button label={text("action.done")} onPress={() => setStopped(false)} testId="copy-stopped-read" />}>{text(rule.from === "own" ? "rule.copy_stopped_own" : "rule.copy_stopped")}</Strip>;
}
