// How is an invite handed over: read by a camera, copied, or printed on a sheet?
import { Printer } from "lucide-react";
import type { InviteView } from "../../backend/bindings";
import { useBackend } from "../../backend/context";
import { useCall } from "../../backend/queries/call";
import { useText } from "../../i18n/text";
import { useTimes } from "../../i18n/times";
import { Button } from "../../kit/Button/Button";
import { CopyText } from "../../kit/CopyText/CopyText";
import { Dialog } from "../../kit/Dialog/Dialog";
import { ErrorNote } from "../../kit/ErrorNote/ErrorNote";
import { InviteSheet } from "./InviteSheet";
import styles from "./People.module.css";

type Props = { invite: InviteView; organisation: string; onClose: () => void };

/** Shown once; the dialog stays until it is done with. */
export function InviteMade({ invite, organisation, onClose }: Props) {
  const text = useText();
  const times = useTimes();
  const backend = useBackend();
  const print = useCall(() => backend.print(), () => undefined);
  return (
    <Dialog keep title={text("people.made_title", { name: invite.name })} closeLabel={text("action.close")} onClose={onClose} footer={<>
      <Button label={text("people.print")} icon={<Printer aria-hidden="true" />} busy={print.busy} onPress={() => print.go()} testId="invite-print" />
      <Button label={text("action.done")} variant="primary" onPress={onClose} testId="invite-done" />
    </>}>
      <div className={styles.form}>
        <p>{text("people.made_body")}</p>
        <dl className={styles.facts}>
          <div><dt>{text("someone.login")}</dt><dd><bdi>{invite.login}</bdi></dd></div>
          <div><dt>{text("people.good_until")}</dt><dd>{times.full(invite.expires_at)}</dd></div>
        </dl>
        <CopyText label={text("people.text")} value={invite.text} testId="invite-text" />
        <p className={styles.once}>{text("people.once")}</p>
        {print.reason === null ? null : <ErrorNote reason={print.reason} />}
      </div>
      <InviteSheet invite={invite} organisation={organisation} />
    </Dialog>
  );
}
