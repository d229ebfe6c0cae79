// How does a list of sign-ins look: which machine, where it stands, when, and with what?
import { KeyRound, MonitorSmartphone } from "lucide-react";
import type { SignInView } from "../../backend/bindings";
import { useSignIns } from "../../backend/queries/sign_ins";
import { useText } from "../../i18n/text";
import { useTimes } from "../../i18n/times";
import { useNow } from "../../lib/time";
import { Badge } from "../Badge/Badge";
import { ErrorNote } from "../ErrorNote/ErrorNote";
import { Skeleton } from "../Skeleton/Skeleton";
import styles from "./SignInList.module.css";

type Props = { /** Whose; `null` for one's own. */ account: string | null; label: string; /** What is said where there are none. */ none: string };

/** Newest first, as the server lists them. */
export function SignInList({ account, label, none }: Props) {
  const text = useText();
  const list = useSignIns(account);
  if (list.isPending) return <Skeleton label={text("sign_ins.loading")} rows={2} shape="line" />;
  if (list.isError) return <ErrorNote reason={list.error} onRetry={() => void list.refetch()} />;
  if (list.data.length === 0) return <p className={styles.none} role="status">{none}</p>;
  return <ul className={styles.list} aria-label={label}>{list.data.map((one) => <Row key={`${one.at} ${one.workstation}`} one={one} />)}</ul>;
}

function Row({ one }: { one: SignInView }) {
  const text = useText();
  const times = useTimes();
  const now = useNow();
  return (
    <li className={styles.row} data-testid="sign-in-row">
      <span className={styles.words}><span className={styles.name}><bdi>{one.workstation}</bdi></span>{one.location === "" ? null : <span className={styles.detail}><bdi>{one.location}</bdi></span>}</span>
      <time className={styles.time} dateTime={new Date(one.at).toISOString()} title={times.full(one.at)}>{text("sign_ins.when", { day: times.day(one.at, now), time: times.clock(one.at) })}</time>
      <span className={styles.badges}>
        {one.here ? <Badge tone="neutral" icon={<MonitorSmartphone aria-hidden="true" />}>{text("sign_ins.here")}</Badge> : null}
        {one.recovery ? <Badge tone="warn" icon={<KeyRound aria-hidden="true" />}>{text("sign_ins.recovery")}</Badge> : null}
      </span>
    </li>
  );
}
