// Whose vault is meant?
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

/** One person, found by typing; whoever left the clinic is in the list too. */
export function PersonField({ person, onChange, missing }: { person: DirectoryPerson | null; onChange: (next: DirectoryPerson | null) => void; missing: boolean }) {
  const text = useText();
  const people = useDirectory();
  const [query, setQuery] = useState("");
  const words = query.trim().toLowerCase();
  const items = (people.data ?? []).filter((one) => `${one.name} ${one.title}`.toLowerCase().includes(words))
    .map((one) => ({ id: one.account, section: text("command.person"), label: one.name, detail: one.title, icon: <Avatar initials={one.initials} size="small" />, trailing: one.revoked ? <Badge tone="neutral">{text("command.person_revoked")}</Badge> : undefined }));
  if (person !== null) {
    return <div className={styles.person}><Avatar initials={person.initials} /><span className={styles.personWords}><strong><bdi>{person.name}</bdi></strong><span>{person.title}</span></span><Button label={text("command.person_change")} onPress={() => onChange(null)} /></div>;
  }
  return (
    <div className={styles.field}>
      <span className={styles.label}>{text("command.person")}</span>
      {people.isPending ? <Skeleton label={text("directory.loading")} rows={3} shape="line" /> : null}
      {people.isError ? <ErrorNote reason={people.error} onRetry={() => void people.refetch()} /> : null}
      {people.data === undefined ? null : <div className={styles.finder}><CommandList autoFocus={false} label={text("command.person")} placeholder={text("people.find")} query={query} onQuery={setQuery} items={items} onChoose={(id) => onChange(people.data.find((one) => one.account === id) ?? null)} empty={text("directory.none")} /></div>}
      <p className={styles.hint}>{text("command.person_hint")}</p>
      {missing ? <p role="alert" className={styles.problem}>{text("command.person_missing")}</p> : null}
    </div>
  );
}
