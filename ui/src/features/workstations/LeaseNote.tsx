// How long could somebody still open a vault on a machine that nobody hears?
import { Hourglass, ShieldCheck } from "lucide-react";
import type { WorkstationEntry } from "../../backend/bindings";
import { useText } from "../../i18n/text";
import { useTimes } from "../../i18n/times";
import { Strip } from "../../kit/Strip/Strip";
import { useNow } from "../../lib/time";

/** The lease's honest limit, once a wipe holds and the server renews none; nothing where the machine never said. */
export function LeaseNote({ entry }: { entry: WorkstationEntry }) {
  const text = useText();
  const times = useTimes();
  const now = useNow();
  const until = entry.report?.lease_until ?? null;
  if (entry.report === null) return null;
  if (until !== null && until > now) {
    return <Strip tone="warn" role="note" icon={<Hourglass aria-hidden="true" />}><strong>{text("command.lease_until", { date: `${times.day(until, now)} ${times.clock(until)}` })}</strong>{" "}{text("command.lease_until_body")}</Strip>;
  }
  return <Strip tone="calm" role="note" icon={<ShieldCheck aria-hidden="true" />}><strong>{text("command.lease_over")}</strong>{" "}{text("command.lease_over_body")}</Strip>;
}
