// Which machines belong to the clinic, when were they last heard, and which one comes next?
import { Clock, Monitor, MonitorX, Plus } from "lucide-react";
import { useMemo, useState } from "react";
import type { WorkstationEntry } from "../../backend/bindings";
import { useWorkstations } from "../../backend/queries/fleet";
import { useText } from "../../i18n/text";
import { useTimes } from "../../i18n/times";
import { Badge } from "../../kit/Badge/Badge";
import { Button } from "../../kit/Button/Button";
import { EmptyState } from "../../kit/EmptyState/EmptyState";
import { ErrorNote } from "../../kit/ErrorNote/ErrorNote";
import { SearchInput } from "../../kit/SearchInput/SearchInput";
import { Skeleton } from "../../kit/Skeleton/Skeleton";
import { StaffList, StaffRow, StaffTools } from "../../kit/StaffList/StaffList";
import { useNow } from "../../lib/time";
import { RevokeWorkstation } from "./RevokeWorkstation";
import { TokenDialog } from "./TokenDialog";
import styles from "./Workstations.module.css";

type Opened = null | { kind: "token" } | { kind: "revoke"; entry: WorkstationEntry };

const ORDER = { waiting: 0, active: 1, revoked: 2 } as const;
const MINUTE_MS = 60_000;
/** Unheard for so long, a machine is asked about. */
const SILENT_MS = 30 * 86_400_000;

/** The machines' half of the administrator's place. */
export function Workstations({ readOnly }: { readOnly: boolean }) {
  const text = useText();
  const fleet = useWorkstations();
  const [query, setQuery] = useState("");
  const [opened, setOpened] = useState<Opened>(null);
  const words = query.trim().toLowerCase();
  const found = useMemo(() => (fleet.data ?? []).filter((one) => `${one.name} ${one.location}`.toLowerCase().includes(words))
    .toSorted((a, b) => ORDER[a.state] - ORDER[b.state] || a.name.localeCompare(b.name)), [fleet.data, words]);
  const close = (): void => setOpened(null);
  const token = <Button label={text("fleet.token")} variant="primary" icon={<Plus aria-hidden="true" />} onPress={() => setOpened({ kind: "token" })} testId="token-open" />;
  return (
    <>
      <StaffTools search={<SearchInput label={text("fleet.find")} placeholder={text("fleet.find")} value={query} onChange={setQuery} />}>{readOnly ? null : token}</StaffTools>
      {fleet.isPending ? <Skeleton label={text("fleet.loading")} rows={6} shape="message" /> : null}
      {fleet.isError && fleet.data === undefined ? <ErrorNote pane reason={fleet.error} onRetry={() => void fleet.refetch()} /> : null}
      {fleet.data !== undefined && fleet.data.length === 0 ? <EmptyState icon={<Monitor />} title={text("fleet.empty")} body={text("fleet.empty_body")} action={readOnly ? undefined : token} /> : null}
      {fleet.data !== undefined && fleet.data.length > 0 && found.length === 0 ? <EmptyState icon={<Monitor />} title={text("fleet.none")} body={text("directory.none_body")} role="status" /> : null}
      {found.length > 0 ? <StaffList label={text("fleet.list")} still={readOnly}>{found.map((one) => <Row key={one.id} entry={one} readOnly={readOnly} onRevoke={() => setOpened({ kind: "revoke", entry: one })} />)}</StaffList> : null}
      {opened?.kind === "token" ? <TokenDialog onClose={close} /> : null}
      {opened?.kind === "revoke" ? <RevokeWorkstation entry={opened.entry} onClose={close} /> : null}
    </>
  );
}

function Row({ entry, readOnly, onRevoke }: { entry: WorkstationEntry; readOnly: boolean; onRevoke: () => void }) {
  const text = useText();
  const times = useTimes();
  const now = useNow();
  const late = entry.expires_at !== null && entry.expires_at <= now;
  const seen = entry.last_seen_at;
  const heard = seen === null ? text("fleet.never_seen") : now - seen < MINUTE_MS ? text("fleet.seen_now") : text("fleet.seen", { ago: times.ago(seen, now) });
  const facts = <>
    <span>{text(entry.kind === "shared" ? "fleet.shared" : "fleet.private")}</span>
    {entry.expires_at === null ? <span title={seen === null ? undefined : times.full(seen)}>{heard}</span> : <span>{text(late ? "people.expired" : "people.expires", { date: times.date(entry.expires_at) })}</span>}
  </>;
  const badges = <>
    {entry.state === "waiting" ? <Badge tone={late ? "bad" : "warn"} icon={<Clock aria-hidden="true" />}>{text(late ? "fleet.state_late" : "fleet.state_waiting")}</Badge> : null}
    {entry.state === "active" ? <Badge tone="ok">{text("fleet.state_active")}</Badge> : null}
    {entry.state === "revoked" ? <Badge tone="neutral" icon={<MonitorX aria-hidden="true" />}>{text("fleet.state_revoked")}</Badge> : null}
    {entry.here ? <Badge tone="neutral">{text("fleet.here")}</Badge> : null}
    {entry.state === "active" && seen !== null && now - seen > SILENT_MS ? <Badge tone="warn">{text("fleet.silent")}</Badge> : null}
  </>;
  const waiting = entry.state === "waiting";
  const action = readOnly || entry.state === "revoked" ? null
    : <Button label={text(waiting ? "people.withdraw" : "fleet.revoke")} accessibleLabel={text(waiting ? "fleet.withdraw_of" : "fleet.revoke_of", { name: entry.name })} variant="quiet" onPress={onRevoke} />;
  return <StaffRow testId="workstation-row" faded={entry.state === "revoked"} sign={<span className={styles.sign} aria-hidden="true"><Monitor /></span>} name={entry.name} detail={entry.location} facts={facts} badges={badges} action={action} />;
}
