// Who sits down here? A tile for everyone who uses this workstation, everybody else by name.
import { ArrowLeft, Ticket, UserRoundSearch } from "lucide-react";
import { useState } from "react";
import { Tile } from "../../kit/Tile/Tile";
import type { TileView, WorkstationView } from "../../backend/bindings";
import { useText } from "../../i18n/text";
import { Avatar } from "../../kit/Avatar/Avatar";
import { Button } from "../../kit/Button/Button";
import { EmptyState } from "../../kit/EmptyState/EmptyState";
import { SearchInput } from "../../kit/SearchInput/SearchInput";
import { PasswordForm } from "./PasswordForm";
import styles from "./SignIn.module.css";

type Props = { view: WorkstationView; onInvite: () => void };

/** Tiles, then one person's password. */
export function SignIn({ view, onInvite }: Props) {
  const [chosen, setChosen] = useState<string | null>(null);
  const person = view.people.find((one) => one.account === chosen);
  if (person !== undefined) return <OnePerson person={person} onBack={() => setChosen(null)} />;
  return <Tiles people={view.people} onChoose={setChosen} onInvite={onInvite} />;
}

function OnePerson({ person, onBack }: { person: TileView; onBack: () => void }) {
  const text = useText();
  return (
    <section className={styles.card} aria-labelledby="person">
      <Avatar initials={person.initials} size="large" />
      <h1 id="person" className={styles.title}><bdi>{person.name}</bdi></h1>
      <p className={styles.sub}><bdi>{person.title}</bdi></p>
      <PasswordForm account={person.account} action={text("sign_in.action")} />
      <div className={styles.foot}><Button label={text("sign_in.not_you")} variant="quiet" icon={<ArrowLeft aria-hidden="true" />} onPress={onBack} /></div>
    </section>
  );
}

function Tiles({ people, onChoose, onInvite }: { people: TileView[]; onChoose: (account: string) => void; onInvite: () => void }) {
  const text = useText();
  const [everybody, setEverybody] = useState(false);
  const [query, setQuery] = useState("");
  const known = people.filter((one) => one.has_vault);
  const others = people.filter((one) => !one.has_vault);
  const words = query.trim().toLowerCase();
  const list = (everybody ? people : known).filter((one) => words === "" || `${one.name} ${one.title}`.toLowerCase().includes(words));
  return (
    <section className={styles.tiles} aria-labelledby="who">
      <h1 id="who" className={styles.title}>{text(known.length === 0 && !everybody ? "sign_in.nobody_title" : "sign_in.title")}</h1>
      <p className={styles.sub}>{text(known.length === 0 && !everybody ? "sign_in.nobody" : "sign_in.subtitle")}</p>
      {everybody ? <div className={styles.search}><SearchInput label={text("sign_in.find_name")} placeholder={text("sign_in.find_name")} value={query} onChange={setQuery} autoFocus /></div> : null}
      <ul className={styles.grid}>
        {list.map((one) => <li key={one.account}><Tile person={one} onPress={() => onChoose(one.account)} /></li>)}
      </ul>
      {everybody && list.length === 0 ? <EmptyState icon={<UserRoundSearch />} title={text("sign_in.no_match")} body={text("sign_in.no_match_body")} /> : null}
      <div className={styles.more}>
        {others.length > 0 && !everybody ? <Button label={text("sign_in.someone_else")} icon={<UserRoundSearch aria-hidden="true" />} onPress={() => setEverybody(true)} /> : null}
        <Button label={text("sign_in.use_invite")} icon={<Ticket aria-hidden="true" />} onPress={onInvite} />
      </div>
    </section>
  );
}
