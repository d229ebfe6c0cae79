// Whose accounts were on a lost machine, and who of them has new keys since?
import type { IncidentPersonView, IncidentView } from "../../backend/bindings";
import { useText } from "../../i18n/text";
import { Badge } from "../../kit/Badge/Badge";
import styles from "./Lost.module.css";

/** Each by name, with how their keys stand. */
export function IncidentPeople({ incident }: { incident: IncidentView }) {
  const text = useText();
  if (incident.people.length === 0) return <p className={styles.none}>{text("incident.people_none")}</p>;
  return (
    <ul className={styles.people} aria-label={text("incident.people")}>
      {incident.people.map((one) => <li key={one.account} data-testid="incident-person"><bdi>{one.name}</bdi><Keys of={one} /></li>)}
    </ul>
  );
}

function Keys({ of }: { of: IncidentPersonView }) {
  const text = useText();
  if (of.revoked) return <Badge tone="neutral">{text("command.person_revoked")}</Badge>;
  return of.renewed ? <Badge tone="ok">{text("incident.keys_new")}</Badge> : <Badge tone="warn">{text("incident.keys_same")}</Badge>;
}
