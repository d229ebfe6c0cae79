// How far has a command come, step by step, with what the machine signed at its end?
import { CircleAlert } from "lucide-react";
import type { CommandView } from "../../backend/bindings";
import { useText, type MessageId, type Text } from "../../i18n/text";
import { useTimes } from "../../i18n/times";
import { Strip } from "../../kit/Strip/Strip";
import { useNow } from "../../lib/time";
import { ErasedList } from "./ErasedList";
import { stepsOf, type Step } from "./timeline";
import styles from "./Command.module.css";

/** The steps with their times; "unconfirmed" is said as it is. */
export function CommandTimeline({ command }: { command: CommandView }) {
  const text = useText();
  const times = useTimes();
  const now = useNow();
  return (
    <>
      {command.state === "unconfirmed" ? <Strip tone="bad" role="note" icon={<CircleAlert aria-hidden="true" />}><strong>{text("command.unconfirmed")}</strong>{command.not_after > now ? ` ${text("command.unconfirmed_next", { date: times.date(command.not_after) })}` : null}</Strip> : null}
      <ol className={styles.steps}>
        {stepsOf(command).map((one) => {
          const detail = detailOf(text, command, one);
          return (
            <li key={one.step} data-how={one.how} data-testid={`step-${one.step}`}>
              <i aria-hidden="true" />
              <span className={styles.stepWords}>
                <strong>{text(calledStep(command, one))}</strong>
                <span className="visually-hidden">{text(one.how === "done" ? "lost.done" : one.how === "waits" ? "lost.waits" : "lost.later")}</span>
                {detail === null ? null : <span>{detail}</span>}
              </span>
              {one.at === null ? null : <time dateTime={new Date(one.at).toISOString()} title={times.full(one.at)}>{times.day(one.at, now)} {times.clock(one.at)}</time>}
            </li>
          );
        })}
      </ol>
      {command.receipt === null || command.receipt.erased.length === 0 ? null : <ErasedList receipt={command.receipt} />}
    </>
  );
}

/** What has not happened has no name that says it has. */
function calledStep(command: CommandView, { step, how }: Step): MessageId {
  if (step === "issued" && how === "done" && command.action === "wipe") return "command.step_issued_wipe";
  return step === "approved" && how !== "done" ? "command.step_approval" : `command.step_${step}`;
}

function detailOf(text: Text, command: CommandView, { step, how }: Step): string | null {
  const wipe = command.action === "wipe";
  switch (step) {
    case "requested": return text("command.by", { name: command.issued_by ?? text("command.root"), text: text(`command.reason_${command.reason}`) });
    case "approved":
      if (how === "done") return text("command.step_approved_by", { name: command.approved_by ?? text("command.root") });
      return text(how === "failed" ? "command.step_lapsed" : command.mine ? "command.step_waits_mine" : "command.step_waits");
    case "issued": return wipe && how === "done" ? text("command.step_issued_wipe_body") : null;
    case "delivered": return how === "waits" ? text("command.step_not_heard") : null;
    case "executing": return null;
    case "receipted":
      if (command.receipt !== null) return `${text(`command.outcome_${command.receipt.outcome}`)} ${text("command.clock")}`;
      return command.state === "lapsed" || command.state === "requested" ? null : text(wipe ? "command.step_no_receipt_wipe" : "command.step_no_receipt");
    default: {
      const never: never = step;
      return never;
    }
  }
}
