// What stands on the sheet that a new person gets?
import type { InviteView } from "../../backend/bindings";
import { useText } from "../../i18n/text";
import { useTimes } from "../../i18n/times";
import { QrCode } from "../../kit/QrCode/QrCode";
import { Sheet } from "../../kit/Sheet/Sheet";
import styles from "./People.module.css";

/** One page: for whom, what to do, the invite for a scanner, and as text. */
export function InviteSheet({ invite, organisation }: { invite: InviteView; organisation: string }) {
  const text = useText();
  const times = useTimes();
  return (
    <Sheet title={text("sheet.title", { name: invite.name })}>
      <p>{invite.title}{organisation === "" || invite.title === "" ? null : " · "}{organisation}</p>
      <p>{text.rich("sheet.login", { login: <strong key="login">{invite.login}</strong> })}</p>
      <ol className={styles.sheetSteps}>
        <li>{text("sheet.step_1")}</li>
        <li>{text("sheet.step_2")}</li>
        <li>{text("sheet.step_3")}</li>
        <li>{text("sheet.step_4")}</li>
      </ol>
      <QrCode text={invite.text} label={text("people.qr")} size="large" />
      <p className={styles.sheetText}>{invite.text}</p>
      <p>{text("sheet.until", { date: times.full(invite.expires_at) })}</p>
      <p>{text("sheet.keep")}</p>
    </Sheet>
  );
}
