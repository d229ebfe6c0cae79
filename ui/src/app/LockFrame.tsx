// What stands around every screen of the lock window: which machine, whether it is connected, whom to call?
import { KeyRound, ShieldAlert } from "lucide-react";
import type { ReactNode } from "react";
import type { WorkstationView } from "../backend/bindings";
import { useText } from "../i18n/text";
import { useTimes } from "../i18n/times";
import { ManagedNote } from "../kit/ManagedNote/ManagedNote";
import { Strip } from "../kit/Strip/Strip";
import { useNow } from "../lib/time";
import styles from "./LockFrame.module.css";

/** The frame: workstation above, help below. Nothing in it names a patient. */
export function LockFrame({ view, children }: { view: WorkstationView; children: ReactNode }) {
  const text = useText();
  const times = useTimes();
  const now = useNow();
  const lease = view.lease_until === null ? null
    : text(view.lease_until > now ? "lock.lease_until" : "lock.lease_over", { time: times.clock(view.lease_until) });
  return (
    <div className={styles.frame}>
      {view.insecure_keyring ? <Strip tone="loud" role="alert" icon={<KeyRound aria-hidden="true" />}>{text("status.insecure_keyring")}</Strip> : null}
      <header className={styles.header}>
        <span><strong><bdi>{view.name === "" ? text("app.name") : view.name}</bdi></strong>{view.organisation === "" ? null : <> · <bdi>{view.organisation}</bdi></>}</span>
        <span role="status" className={styles.connection}><i className={styles[view.connection]} aria-hidden="true" />{text(`connection.${view.connection}`)}{lease === null ? null : ` · ${lease}`}</span>
      </header>
      {view.managed_fault === null ? null : <ManagedNote fault={view.managed_fault} />}
      <main className={styles.main}>{children}</main>
      <footer className={styles.footer}>
        <span>{view.help === "" ? text("lock.help_label") : text.rich("lock.help", { help: <strong key="help"><bdi>{view.help}</bdi></strong> })}</span>
        <span className={styles.promise}><ShieldAlert aria-hidden="true" />{text("lock.no_patient")}</span>
      </footer>
    </div>
  );
}
