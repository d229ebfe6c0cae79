// Whose session is locked here, since when, and what waits, without a word about anybody?
import { FileText, MessageCircle, Siren, UsersRound } from "lucide-react";
import type { TileView, WorkstationView } from "../../backend/bindings";
import { useText } from "../../i18n/text";
import { useTimes } from "../../i18n/times";
import { Avatar } from "../../kit/Avatar/Avatar";
import { Badge } from "../../kit/Badge/Badge";
import { Button } from "../../kit/Button/Button";
import { useNow } from "../../lib/time";
import { Proof } from "./Proof";
import styles from "./SignIn.module.css";

type Props = { person: TileView; locked: NonNullable<WorkstationView["locked"]>; onSwitch: () => void; onFull: () => void };

const MINUTE_MS = 60_000;

/** The locked screen: counts only. */
export function Locked({ person, locked, onSwitch, onFull }: Props) {
  const text = useText();
  const times = useTimes();
  const now = useNow(10_000);
  const time = times.clock(locked.since);
  const since = now - locked.since < MINUTE_MS
    ? text("lock.locked_now", { time })
    : text("lock.locked_since", { ago: times.ago(locked.since, now), time });
  return (
    <section className={styles.card} aria-labelledby="person">
      <Avatar initials={person.initials} size="large" />
      <h1 id="person" className={styles.title}><bdi>{person.name}</bdi></h1>
      <p className={styles.sub}>{since}</p>
      <div className={styles.facts}>
        {locked.stat > 0 ? <Badge tone="bad" icon={<Siren aria-hidden="true" />}>{text("lock.stat", { n: locked.stat })}</Badge> : null}
        {locked.waiting > 0 ? <Badge tone="neutral" icon={<MessageCircle aria-hidden="true" />}>{text("lock.waiting", { n: locked.waiting })}</Badge> : null}
        {locked.draft_kept ? <Badge tone="ok" icon={<FileText aria-hidden="true" />}>{text("lock.draft_kept")}</Badge> : null}
      </div>
      <Proof person={person} action={text("lock.unlock")} onFull={onFull} />
      <div className={styles.foot}><Button label={text("lock.switch")} variant="quiet" icon={<UsersRound aria-hidden="true" />} onPress={onSwitch} /></div>
    </section>
  );
}
