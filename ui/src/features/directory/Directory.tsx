// Who works here, and how does one write to them?
import { BookUser, UserX } from "lucide-react";
import { useState } from "react";
import type { DirectoryPerson } from "../../backend/bindings";
import { useDirectory } from "../../backend/queries/session";
import { useText } from "../../i18n/text";
import { Avatar } from "../../kit/Avatar/Avatar";
import { Badge } from "../../kit/Badge/Badge";
import { Button } from "../../kit/Button/Button";
import { EmptyState } from "../../kit/EmptyState/EmptyState";
import { ErrorNote } from "../../kit/ErrorNote/ErrorNote";
import { SearchInput } from "../../kit/SearchInput/SearchInput";
import { Skeleton } from "../../kit/Skeleton/Skeleton";
import styles from "./Directory.module.css";

/** The directory in the list pane. */
export function Directory({ writes, onWrite }: { writes: boolean; onWrite: (account: string) => void }) {
  const text = useText();
  const people = useDirectory();
  const [query, setQuery] = useState("");
  const words = query.trim().toLowerCase();
  const found = (people.data ?? []).filter((one) => `${one.name} ${one.title}`.toLowerCase().includes(words));
  return (
    <section className={styles.pane} aria-labelledby="directory-title" data-pane="list">
      <header className={styles.header}>
        <h2 id="directory-title">{text("rail.directory")}</h2>
        <SearchInput label={text("directory.find")} placeholder={text("directory.find")} value={query} onChange={setQuery} autoFocus />
      </header>
      {people.isPending ? <Skeleton label={text("directory.loading")} rows={6} shape="message" /> : null}
      {people.isError && people.data === undefined ? <ErrorNote pane reason={people.error} onRetry={() => void people.refetch()} /> : null}
      {people.data !== undefined && found.length === 0 ? <EmptyState icon={<BookUser />} title={text("directory.none")} body={text("directory.none_body")} role="status" /> : null}
      <ul className={styles.list}>{found.map((person) => <Row key={person.account} person={person} writes={writes} onWrite={onWrite} />)}</ul>
    </section>
  );
}

function Row({ person, writes, onWrite }: { person: DirectoryPerson; writes: boolean; onWrite: (account: string) => void }) {
  const text = useText();
  return (
    <li className={styles.person}>
      <Avatar initials={person.initials} tone={person.me ? "me" : "person"} />
      <div className={styles.words}><span className={styles.name}><bdi>{person.name}</bdi></span><span className={styles.title}><bdi>{person.title}</bdi></span></div>
      {person.me ? <Badge tone="neutral">{text("context.you")}</Badge> : null}
      {person.revoked ? <Badge tone="bad" icon={<UserX aria-hidden="true" />}>{text("context.left")}</Badge> : null}
      {!writes || person.me || person.revoked || person.classes.length === 0 ? null : <Button label={text("directory.write")} variant="quiet" onPress={() => onWrite(person.account)} />}
    </li>
  );
}
