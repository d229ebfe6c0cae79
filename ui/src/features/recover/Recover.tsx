// How does a person come back whose password is lost? With a recovery code and their phone: a new password, and new codes.
import { useState } from "react";
import type { RecoveryCodes as Codes } from "../../backend/bindings";
import { useBackend } from "../../backend/context";
import { errorView } from "../../backend/errors";
import { useCall } from "../../backend/queries/call";
import { useText } from "../../i18n/text";
import { RecoveryCodes } from "../../kit/RecoveryCodes/RecoveryCodes";
import { NewPasswordStep } from "./NewPasswordStep";
import { WhoStep, type Who } from "./WhoStep";

type Props = { organisation: string; onGone: () => void; onBack: () => void };
type Step = { kind: "who"; login: string; reason: unknown } | { kind: "password"; who: Who } | { kind: "codes"; login: string; codes: Codes };

const STEPS = 3;

/** Who and which code; the new password; the new codes. */
export function Recover({ organisation, onGone, onBack }: Props) {
  const text = useText();
  const backend = useBackend();
  const [step, setStep] = useState<Step>({ kind: "who", login: "", reason: null });
  const enter = useCall(() => backend.enter(), () => undefined, (reason) => {
    if (errorView(reason).code === "locked") onGone();
  });
  const of = (n: number): string => text("enrol.step", { n, total: STEPS });
  switch (step.kind) {
    case "who": return <WhoStep step={of(1)} login={step.login} reason={step.reason} onWho={(who) => setStep({ kind: "password", who })} onBack={onBack} />;
    case "password": return (
      <NewPasswordStep step={of(2)} who={step.who} organisation={organisation} onCodes={(codes) => setStep({ kind: "codes", login: step.who.login, codes })}
        onRefused={(reason) => setStep({ kind: "who", login: step.who.login, reason })} onBack={() => setStep({ kind: "who", login: step.who.login, reason: null })} />
    );
    case "codes": return <RecoveryCodes step={of(3)} codes={step.codes.codes} login={step.login} organisation={organisation} replaced onDone={() => enter.go()} busy={enter.busy} reason={enter.reason} />;
    default: {
      const never: never = step;
      return never;
    }
  }
}
