// What did a machine tell when it was asked for a report, for whoever must find out why it does not work?
import type { Counted, MachineReport } from "../../backend/bindings";
import { useText } from "../../i18n/text";
import { useTimes } from "../../i18n/times";
import { Badge } from "../../kit/Badge/Badge";
import { useNow } from "../../lib/time";
import styles from "./Workstations.module.css";

/** The server refuses a clock that is further off: `CLOCK_SKEW_MS` of the protocol's limits. */
const CLOCK_SKEW_MS = 120_000;
/** Below this a day's files may not fit. */
const LITTLE_DISK = 1_000_000_000;
const MEGABYTE = 1_000_000;

/** Versions, counts and codes; what the system does not tell is not guessed. */
export function CommandReport({ report }: { report: MachineReport }) {
  const text = useText();
  const times = useTimes();
  const now = useNow();
  const { diagnostics } = report;
  const { synced_at, free_disk_bytes: free, clock_ahead_ms: ahead } = diagnostics;
  const untold = <span className={styles.none}>{text("fleet.disk_untold")}</span>;
  const disk = free === null ? untold : <Warned bad={free < LITTLE_DISK} says={text("report.megabytes", { n: Math.floor(free / MEGABYTE) })} />;
  const clock = ahead === null ? untold : <Warned bad={Math.abs(ahead) >= CLOCK_SKEW_MS / 2} says={text(ahead < 0 ? "report.clock_behind" : "report.clock_ahead", { n: Math.round(Math.abs(ahead) / 1000) })} />;
  return (
    <section className={styles.part} aria-label={text("report.title")} data-testid="command-report">
      <dl className={styles.facts}>
        <div><dt>{text("fleet.column_version")}</dt><dd>{report.app_version}</dd></div>
        <div><dt>{text("fleet.column_os")}</dt><dd>{report.os}</dd></div>
        <div><dt>{text("fleet.column_vaults")}</dt><dd>{report.vaults}</dd></div>
        <div><dt>{text("report.sessions")}</dt><dd>{diagnostics.sessions}</dd></div>
        <div><dt>{text("report.waiting")}</dt><dd><Warned bad={diagnostics.waiting > 0} says={text.intl.formatNumber(diagnostics.waiting)} /></dd></div>
        <div><dt>{text("report.synced")}</dt><dd>{synced_at === null ? text("report.not_since_start") : <time dateTime={new Date(synced_at).toISOString()} title={times.full(synced_at)}>{times.day(synced_at, now)} {times.clock(synced_at)}</time>}</dd></div>
        <div><dt>{text("report.disk")}</dt><dd>{disk}</dd></div>
        <div><dt>{text("report.clock")}</dt><dd>{clock}</dd></div>
        <div><dt>{text("report.errors")}</dt><dd><Counts counts={diagnostics.errors} /></dd></div>
        <div><dt>{text("report.refusals")}</dt><dd><Counts counts={diagnostics.refusals} /></dd></div>
      </dl>
    </section>
  );
}

function Warned({ bad, says }: { bad: boolean; says: string }) {
  return bad ? <Badge tone="warn">{says}</Badge> : says;
}

/** Codes as the log and the terminal have them, so that they can be looked for. */
function Counts({ counts }: { counts: readonly Counted[] }) {
  const text = useText();
  if (counts.length === 0) return text("report.none");
  return <ul>{counts.map(({ name, count }) => <li key={name}><code>{name}</code> {text("report.times", { n: count })}</li>)}</ul>;
}
