// How does a person take their recovery codes with them? Seen once, on paper, and then said to be there.
import { Printer } from "lucide-react";
import { useState, type ReactNode } from "react";
import { useBackend } from "../../backend/context";
import { useCall } from "../../backend/queries/call";
import { useText } from "../../i18n/text";
import { useTimes } from "../../i18n/times";
import { Button } from "../Button/Button";
import { Card, CardForm } from "../Card/Card";
import { Checkbox } from "../Checkbox/Checkbox";
import { ErrorNote } from "../ErrorNote/ErrorNote";
import { Sheet } from "../Sheet/Sheet";
import styles from "./RecoveryCodes.module.css";

type Props = {
  step?: string;
  codes: readonly string[];
  /** Whose, for the sheet. */
  login: string;
  organisation: string;
  /** Whether codes on an older sheet are void now. */
  replaced?: boolean;
  /** Called once they have them. The caller forgets the codes. */
  onDone: () => void;
  busy: boolean;
  reason: unknown;
};

/** The codes, a printer, and a box to tick before going on. */
export function RecoveryCodes({ step, onDone, busy, reason, ...codes }: Props) {
  const text = useText();
  return (
    <Card wide step={step} title={text("codes.title")} sub={text("codes.sub")}>
      <KeepCodes {...codes} onDone={onDone} reason={reason}>
        <Button label={text(busy ? "sign_in.opening" : "codes.go")} type="submit" variant="primary" wide busy={busy} testId="codes-go" />
      </KeepCodes>
    </Card>
  );
}

type KeepProps = Pick<Props, "codes" | "login" | "organisation" | "replaced" | "onDone" | "reason"> & { /** The button that goes on; it submits. */ children: ReactNode };

/** The same, for whatever stands around it. */
export function KeepCodes({ codes, login, organisation, replaced = false, onDone, reason, children }: KeepProps) {
  const text = useText();
  const times = useTimes();
  const backend = useBackend();
  const [have, setHave] = useState(false);
  const [asked, setAsked] = useState(false);
  const [today] = useState(() => Date.now());
  const print = useCall(() => backend.print(), () => undefined);
  const missing = asked && !have;
  const submit = (): void => {
    setAsked(true);
    if (have) onDone();
  };
  const list = codes.map((code) => <li key={code}>{code}</li>);
  return (
    <>
      <CardForm onSubmit={submit}>
        {replaced ? <p className={styles.replaced}>{text("codes.replaced")}</p> : null}
        <ol className={styles.codes} aria-label={text("codes.list")} data-testid="recovery-codes">{list}</ol>
        <div className={styles.print}><Button label={text("codes.print")} icon={<Printer aria-hidden="true" />} busy={print.busy} onPress={() => print.go()} /><span>{text("codes.print_hint")}</span></div>
        {print.reason === null ? null : <ErrorNote reason={print.reason} />}
        <Checkbox label={text("codes.have")} on={have} onChange={setHave} invalid={missing} testId="codes-have" />
        {missing ? <p role="alert" className={styles.missing}>{text("codes.need")}</p> : null}
        {reason === null ? null : <ErrorNote reason={reason} />}
        {children}
      </CardForm>
      <Sheet title={text("codes.sheet_title")}>
        <p>{organisation === "" ? text("codes.sheet_for", { login }) : text("codes.sheet_for_at", { login, organisation })}</p>
        <p>{text("codes.sheet_made", { date: times.date(today) })}</p>
        <ol className={styles.sheetCodes}>{list}</ol>
        <p>{text("codes.sheet_how")}</p>
        <p>{text("codes.sheet_keep")}</p>
      </Sheet>
    </>
  );
}
