// What does one row of the list say, to the eye and to the ear?
import { CircleAlert, CloudUpload, FilePenLine, UsersRound } from "lucide-react";
import type { ThreadRow as Row } from "../../backend/bindings";
import { useText } from "../../i18n/text";
import { useTimes } from "../../i18n/times";
import { Badge } from "../../kit/Badge/Badge";
import { classes } from "../../kit/classes";
import { Priority } from "../../kit/Priority/Priority";
import { threadName } from "../../lib/patient";
import styles from "./Threads.module.css";

/** Two lines: who it is about and when; what it is about and what is open. */
export function ThreadRowView({ row, now }: { row: Row; now: number }) {
  const text = useText();
  const times = useTimes();
  const reason = row.reason ?? text(`class.${row.class}`);
  return (
    <div className={classes(styles.row, row.unread > 0 && styles.unread)}>
      {row.patient === null && row.priority === "fyi" ? <span className={styles.team}><UsersRound aria-hidden="true" /></span> : <Priority priority={row.priority} label={text(`priority.${row.priority}`)} glyph />}
      <div className={styles.lines}>
        <div className={styles.first}>
          <span className={styles.name}><bdi>{threadName(row)}</bdi></span>
          {row.patient === null ? null : <span className="visually-hidden">, {text("row.born", { date: times.birth(row.patient.birth_date) })}, </span>}
          <time className={styles.age} dateTime={new Date(row.last_at).toISOString()} title={times.full(row.last_at)}>{times.ago(row.last_at, now)}</time>
        </div>
        <div className={styles.second}>
          <span className={styles.reason} title={reason}><bdi>{reason}</bdi></span>
          <span className={styles.preview} dir="auto">{row.preview_author === null ? null : <><bdi>{row.preview_author}</bdi>: </>}{row.preview}</span>
          {row.unread > 0 ? <Badge tone="count">{row.unread > 99 ? "99+" : row.unread}<span className="visually-hidden"> {text("row.unread")} </span></Badge> : null}
        </div>
        <Marks row={row} />
      </div>
    </div>
  );
}

/** What is unusual about a row: a name that is easily mistaken, something unsent, a draft. */
function Marks({ row }: { row: Row }) {
  const text = useText();
  const times = useTimes();
  const similar = row.patient !== null && row.patient.similar !== null ? row.patient : null;
  if (similar === null && !row.draft && row.failed === 0 && row.queued === 0) return null;
  return (
    <div className={styles.marks}>
      {similar === null ? null : <Badge tone="warn" icon={<CircleAlert aria-hidden="true" />}>{text("row.similar", { date: times.birth(similar.birth_date) })}</Badge>}
      {row.failed > 0 ? <Badge tone="bad" icon={<CircleAlert aria-hidden="true" />}>{text("row.failed_short", { n: row.failed })}</Badge> : null}
      {row.queued > 0 ? <Badge tone="neutral" icon={<CloudUpload aria-hidden="true" />}>{text("row.queued_short", { n: row.queued })}</Badge> : null}
      {row.draft ? <Badge tone="accent" icon={<FilePenLine aria-hidden="true" />}>{text("row.draft")}</Badge> : null}
    </div>
  );
}
