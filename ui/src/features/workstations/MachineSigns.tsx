// How is it said how a machine stands, whether its disk is encrypted, and whether its screen locks?
import { Clock, LockKeyhole, LockKeyholeOpen, MonitorX, Unplug, Wifi } from "lucide-react";
import type { Connection, WorkstationEntry } from "../../backend/bindings";
import { useText } from "../../i18n/text";
import { useTimes } from "../../i18n/times";
import { Badge } from "../../kit/Badge/Badge";
import { daysBetween } from "../../lib/time";
import { standingOf } from "./fleetView";
import styles from "./Workstations.module.css";

const sign = { connected: <Wifi aria-hidden="true" />, clock: <Clock aria-hidden="true" />, stale: <Unplug aria-hidden="true" />, out: <MonitorX aria-hidden="true" /> };

/** Connected, last heard, silent, out: with the moment on hover. */
export function StandingSign({ entry, connection, now }: { entry: WorkstationEntry; connection: Connection; now: number }) {
  const text = useText();
  const times = useTimes();
  const seen = entry.last_seen_at;
  const moment = seen === null ? undefined : times.full(seen);
  const standing = standingOf(entry, connection, now);
  switch (standing) {
    case "connected": return <Badge tone="ok" icon={sign.connected}>{text("fleet.connected")}</Badge>;
    case "heard": return <span title={moment}>{seen === null ? text("fleet.never_seen") : text("fleet.seen", { ago: times.ago(seen, now) })}</span>;
    case "never": return <span>{text("fleet.never_seen")}</span>;
    case "unknown": return <span>{text("fleet.not_known")}</span>;
    case "stale": return <span title={moment}><Badge tone="warn" icon={sign.stale}>{seen === null ? text("fleet.never_seen") : text("fleet.stale", { n: daysBetween(seen, now) })}</Badge></span>;
    case "out": return <Badge tone="neutral" icon={sign.out}>{text("fleet.state_revoked")}</Badge>;
    case "token":
    case "token_late": return <Badge tone={standing === "token" ? "warn" : "bad"} icon={sign.clock}>{text(standing === "token" ? "fleet.state_waiting" : "fleet.state_late")}</Badge>;
    default: {
      const never: never = standing;
      return never;
    }
  }
}

/** Encrypted, NOT, not told by the system, or nothing said yet. */
export function DiskSign({ entry, connection }: { entry: WorkstationEntry; connection: Connection }) {
  const text = useText();
  if (entry.report === null) return <span className={styles.none}>{entry.state === "active" ? text(connection === "offline" ? "fleet.not_known" : "fleet.untold") : null}</span>;
  switch (entry.report.disk_encrypted) {
    case true: return <span className={styles.sign}><LockKeyhole aria-hidden="true" />{text("fleet.disk_yes")}</span>;
    case false: return <Badge tone="bad" icon={<LockKeyholeOpen aria-hidden="true" />}>{text("fleet.disk_no")}</Badge>;
    case null: return <span className={styles.none}>{text("fleet.disk_untold")}</span>;
    default: {
      const never: never = entry.report.disk_encrypted;
      return never;
    }
  }
}

/** Locks by itself, does NOT, or not told by the system. */
export function ScreenSign({ locks }: { /** What the machine said; null where its system does not tell. */ locks: boolean | null }) {
  const text = useText();
  switch (locks) {
    case true: return <>{text("fleet.screen_yes")}</>;
    case false: return <Badge tone="warn">{text("fleet.screen_no")}</Badge>;
    case null: return <span className={styles.none}>{text("fleet.disk_untold")}</span>;
    default: {
      const never: never = locks;
      return never;
    }
  }
}
