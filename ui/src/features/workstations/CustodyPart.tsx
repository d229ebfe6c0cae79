// Who answers for a machine, and through whose hands did it go?
import { useState } from "react";
import type { CustodyView, WorkstationEntry } from "../../backend/bindings";
import { useCustody } from "../../backend/queries/fleet";
import { useText } from "../../i18n/text";
import { useTimes } from "../../i18n/times";
import { Badge } from "../../kit/Badge/Badge";
import { Button } from "../../kit/Button/Button";
import { classes } from "../../kit/classes";
import { ErrorNote } from "../../kit/ErrorNote/ErrorNote";
import { useNow } from "../../lib/time";
import { CustodyDialog } from "./CustodyDialog";
import machine from "./Workstations.module.css";
import styles from "./Custody.module.css";

/** The custodian, the way to change that, and every change with who signed it. */
export function CustodyPart({ entry, readOnly }: { entry: WorkstationEntry; readOnly: boolean }) {
  const text = useText();
  const [opened, setOpened] = useState(false);
  const log = useCustody(entry.id);
  const { custodian } = entry;
  return (
    <section className={machine.part} data-testid="custody">
      <h3>{text("custody.title")}</h3>
      <dl className={machine.facts}>
        <div>
          <dt>{text("custody.custodian")}</dt>
          <dd className={styles.holder}>
            {custodian === null ? <span className={machine.none}>{text("custody.nobody")}</span> : <bdi>{custodian.name}</bdi>}
            {custodian?.revoked === true ? <Badge tone="warn">{text("command.person_revoked")}</Badge> : null}
          </dd>
        </div>
      </dl>
      {readOnly ? null : <div className={machine.actions}><Button label={text("custody.change")} accessibleLabel={text("custody.change_of", { name: entry.name })} onPress={() => setOpened(true)} testId="custody-open" /></div>}
      {log.isError && log.data === undefined ? <ErrorNote reason={log.error} onRetry={() => void log.refetch()} /> : null}
      {log.data === undefined ? null : log.data.length === 0 ? <p className={classes(machine.none, styles.log)}>{text("custody.none")}</p> : (
        <ol className={styles.log} aria-label={text("custody.log")}>
          {log.data.map((one) => <Change key={`${one.at} ${one.from ?? ""} ${one.to ?? ""} ${one.location}`} change={one} />)}
        </ol>
      )}
      {opened ? <CustodyDialog entry={entry} onClose={() => setOpened(false)} /> : null}
    </section>
  );
}

function Change({ change }: { change: CustodyView }) {
  const text = useText();
  const times = useTimes();
  const now = useNow();
  const { location, location_before, by, at } = change;
  return (
    <li data-testid="custody-change">
      <span className={styles.words}>
        <strong><Hands change={change} /></strong>
        {location === location_before ? null : <span>{location === "" ? text("custody.place_unknown") : text.rich("custody.place", { place: <bdi key="place">{location}</bdi> })}</span>}
        <span>{text.rich("custody.by", { name: <bdi key="name">{by ?? text("command.root")}</bdi> })}</span>
      </span>
      <time dateTime={new Date(at).toISOString()} title={times.full(at)}>{times.day(at, now)} {times.clock(at)}</time>
    </li>
  );
}

/** The hands that it left and came into; where it stayed in the same, only its place changed. */
function Hands({ change: { from, to, handed } }: { change: CustodyView }) {
  const text = useText();
  if (!handed) return to === null ? text("custody.moved_nobody") : text.rich("custody.moved", { name: <bdi key="name">{to}</bdi> });
  if (from === null) return text.rich("custody.taken", { name: <bdi key="name">{to}</bdi> });
  if (to === null) return text.rich("custody.given_back", { name: <bdi key="name">{from}</bdi> });
  return text.rich("custody.handed", { name: <bdi key="name">{from}</bdi>, text: <bdi key="text">{to}</bdi> });
}
