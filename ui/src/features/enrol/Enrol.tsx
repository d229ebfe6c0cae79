// How does an invite become an account? Invite, password, second factor, recovery codes: four steps, and nothing of one is kept in the next.
import { useState } from "react";
import type { EnrolmentBegun, RecoveryCodes as Codes } from "../../backend/bindings";
import { useBackend } from "../../backend/context";
import { errorView } from "../../backend/errors";
import { useCall } from "../../backend/queries/call";
import { useText } from "../../i18n/text";
import { RecoveryCodes } from "../../kit/RecoveryCodes/RecoveryCodes";
import { InviteStep } from "./InviteStep";
import { PasswordStep } from "./PasswordStep";
import { TotpStep } from "./TotpStep";

type Props = { organisation: string; /** The session was gone before it was entered: sign in at the tiles. */ onGone: () => void; onBack: () => void };
type Step =
  | { kind: "invite"; reason: unknown }
  | { kind: "password"; invite: string }
  | { kind: "totp"; begun: EnrolmentBegun }
  | { kind: "codes"; login: string; codes: Codes };

const STEPS = 4;

/** The first sign-in of a person. */
export function Enrol({ organisation, onGone, onBack }: Props) {
  const text = useText();
  const backend = useBackend();
  const [step, setStep] = useState<Step>({ kind: "invite", reason: null });
  const enter = useCall(() => backend.enter(), () => undefined, (reason) => {
    if (errorView(reason).code === "locked") onGone();
  });
  const of = (n: number): string => text("enrol.step", { n, total: STEPS });
  switch (step.kind) {
    case "invite": return <InviteStep step={of(1)} reason={step.reason} onInvite={(invite) => setStep({ kind: "password", invite })} onBack={onBack} />;
    case "password": return (
      <PasswordStep step={of(2)} invite={step.invite} organisation={organisation} onBegun={(begun) => setStep({ kind: "totp", begun })}
        onRefused={(reason) => setStep({ kind: "invite", reason })} onBack={() => setStep({ kind: "invite", reason: null })} />
    );
    case "totp": return <TotpStep step={of(3)} begun={step.begun} onCodes={(codes) => setStep({ kind: "codes", login: step.begun.login, codes })} onGone={(reason) => setStep({ kind: "invite", reason })} />;
    case "codes": return <RecoveryCodes step={of(4)} codes={step.codes.codes} login={step.login} organisation={organisation} onDone={() => enter.go()} busy={enter.busy} reason={enter.reason} />;
    default: {
      const never: never = step;
      return never;
    }
  }
}
