// What did a machine last say of itself: versions, protection, vaults?
import type { WorkstationEntry } from "../../backend/bindings";
import { useText } from "../../i18n/text";
import { useTimes } from "../../i18n/times";
import { Badge } from "../../kit/Badge/Badge";
import { useNow } from "../../lib/time";
import { DiskSign, ScreenSign } from "./MachineSigns";
import styles from "./Workstations.module.css";

/** The report as it came; what the system does not tell is not guessed. */
export function MachineFacts({ entry, known }: { entry: WorkstationEntry; /** Whether the server could be asked. */ known: boolean }) {
  const text = useText();
  const times = useTimes();
  const now = useNow();
  const { report } = entry;
  if (report === null) return <p className={styles.none}>{text(known ? "fleet.no_report" : "fleet.not_known")}</p>;
  const lease = report.lease_until;
  return (
    <dl className={styles.facts}>
      <div><dt>{text("fleet.column_version")}</dt><dd>{report.app_version}</dd></div>
      <div><dt>{text("fleet.column_os")}</dt><dd>{report.os}</dd></div>
      <div><dt>{text("fleet.column_disk")}</dt><dd><DiskSign entry={entry} connection={known ? "online" : "offline"} /></dd></div>
      <div><dt>{text("fleet.screen_lock")}</dt><dd><ScreenSign locks={report.screen_lock} /></dd></div>
      <div><dt>{text("fleet.keyring")}</dt><dd>{report.insecure_keyring ? <Badge tone="bad">{text("fleet.keyring_bad")}</Badge> : text("fleet.keyring_ok")}</dd></div>
      <div><dt>{text("fleet.column_vaults")}</dt><dd>{report.vaults}</dd></div>
      <div><dt>{text("fleet.lease")}</dt><dd>{lease === null || lease <= now ? text("fleet.lease_over") : <time title={times.full(lease)}>{times.day(lease, now)} {times.clock(lease)}</time>}</dd></div>
      <div><dt>{text("fleet.directory")}</dt><dd>{report.behind === 0 ? text("fleet.directory_ok") : <Badge tone="warn">{text("fleet.directory_behind", { n: report.behind })}</Badge>}</dd></div>
    </dl>
  );
}
