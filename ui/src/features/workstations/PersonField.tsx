// Which person is meant: whose vault, or who takes a machine over?
import { useState } from "react";
import type { DirectoryPerson } from "../../backend/bindings";
import { useDirectory } from "../../backend/queries/session";
import { useText } from "../../i18n/text";
import { Avatar } from "../../kit/Avatar/Avatar";
import { Badge } from "../../kit/Badge/Badge";
import { Button } from "../../kit/Button/Button";
import { CommandList } from "../../kit/CommandList/CommandList";
import { ErrorNote } from "../../kit/ErrorNote/ErrorNote";
import { Skeleton } from "../../kit/Skeleton/Skeleton";
import styles from "./Workstations.module.css";

type Props = {
  person: DirectoryPerson | null;
  onChange: (next: DirectoryPerson | null) => void;
  missing: boolean;
  /** What is asked for, where it is not whose vault. */
  label?: string;
  hint?: string;
  /** Leaves out whoever left the clinic. */
  present?: boolean;
};

/** One person, found by typing; whoever left the clinic is in the list too, unless they are left out. */
export function PersonField({ person, onChange, missing, label, hint, present = false }: Props) {
  const text = useText();
  const asks = label ?? text("command.person");
  const people = useDirectory();
  const [query, setQuery] = useState("");
  const words = query.trim().toLowerCase();
  const items = (people.data ?? []).filter((one) => !(present && one.revoked) && `${one.name} ${one.title}`.toLowerCase().includes(words))
    .map((one) => ({ id: one.account, section: asks, label: one.name, detail: one.title, icon: <Avatar initials={one.initials} size="small" />, trailing: one.revoked ? <Badge tone="neutral">{text("command.person_revoked")}</Badge> : undefined }));
  if (person !== null) {
    return <div className={styles.person}><Avatar initials={person.initials} /><span className={styles.personWords}><strong><bdi>{person.name}</bdi></strong><span>{person.title}</span></span><Button label={text("command.person_change")} onPress={() => onChange(null)} /></div>;
  }
  return (
    <div className={styles.field}>
      <span className={styles.label}>{asks}</span>
      {people.isPending ? <Skeleton label={text("directory.loading")} rows={3} shape="line" /> : null}
      {people.isError ? <ErrorNote reason={people.error} onRetry={() => void people.refetch()} /> : null}
      {people.data === undefined ? null : <div className={styles.finder}><CommandList autoFocus={false} label={asks} placeholder={text("people.find")} query={query} onQuery={setQuery} items={items} onChoose={(id) => onChange(people.data.find((one) => one.account === id) ?? null)} empty={text("directory.none")} /></div>}
      <p className={styles.hint}>{hint ?? text("command.person_hint")}</p>
      {missing ? <p role="alert" className={styles.problem}>{text("command.person_missing")}</p> : null}
    </div>
  );
}
