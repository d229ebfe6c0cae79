// How does a phone become the second factor? By a picture or by typing, and a code that proves it.
import { useRef, useState } from "react";
import type { EnrolmentBegun, RecoveryCodes } from "../../backend/bindings";
import { useBackend } from "../../backend/context";
import { errorView } from "../../backend/errors";
import { useCall } from "../../backend/queries/call";
import { useText } from "../../i18n/text";
import { Button } from "../../kit/Button/Button";
import { Card, CardForm } from "../../kit/Card/Card";
import { CODE_DIGITS, CodeField } from "../../kit/CodeField/CodeField";
import { CopyText } from "../../kit/CopyText/CopyText";
import { ErrorNote } from "../../kit/ErrorNote/ErrorNote";
import { QrCode } from "../../kit/QrCode/QrCode";
import { useWait } from "../../kit/Wait/useWait";
import { Wait } from "../../kit/Wait/Wait";
import styles from "./TotpStep.module.css";

type Props = { step: string; begun: EnrolmentBegun; onCodes: (codes: RecoveryCodes) => void; /** The core let go of the enrolment: it is begun anew. */ onGone: (reason: unknown) => void };

/** The picture, the key as text, and the code. */
export function TotpStep({ step, begun, onCodes, onGone }: Props) {
  const text = useText();
  const backend = useBackend();
  const [code, setCode] = useState("");
  const [asked, setAsked] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const finish = useCall((digits: string) => backend.finishEnrol({ account: begun.account, code: digits }), onCodes, (reason) => {
    const failed = errorView(reason).code;
    if (failed === "not_found") onGone(reason);
    // A code that failed is of no more use; one that did not arrive may still be.
    if (failed === "wrong_code") setCode("");
    field.current?.focus();
  });
  const wait = useWait(finish);
  const submit = (): void => {
    setAsked(true);
    if (code.length === CODE_DIGITS && wait === 0) finish.go(code);
  };
  return (
    <Card wide step={step} title={text("totp.title")} sub={text("totp.sub", { name: begun.name })}>
      <ol className={styles.steps}>
        <li>
          <p>{text("totp.scan")}</p>
          <div className={styles.scan}>
            <QrCode text={begun.totp.uri} label={text("totp.qr", { login: begun.login })} />
            <div className={styles.type}>
              <p>{text("totp.type")}</p>
              <CopyText label={text("totp.key")} value={begun.totp.secret_text} short testId="totp-secret" />
              <p className={styles.account}>{text.rich("totp.account", { login: <strong key="login"><bdi>{begun.login}</bdi></strong> })}</p>
            </div>
          </div>
        </li>
        <li>
          <CardForm onSubmit={submit}>
            <CodeField ref={field} label={text("totp.code")} hint={text("totp.code_hint")} value={code} onChange={setCode} error={asked && code.length < CODE_DIGITS && finish.reason === null ? text("code.missing") : null} />
            {finish.reason === null || wait > 0 ? null : <ErrorNote reason={finish.reason} />}
            {wait > 0 ? <Wait seconds={wait} /> : null}
            <Button label={text(finish.busy ? "totp.working" : "totp.action")} type="submit" variant="primary" wide busy={finish.busy} disabled={wait > 0} testId="next" />
          </CardForm>
        </li>
      </ol>
    </Card>
  );
}
