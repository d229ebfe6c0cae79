// Who sits down here? A tile for everyone who uses this workstation, everybody else by name.
import { ArrowLeft, CircleCheck, Ticket, UserRoundSearch } from "lucide-react";
import { useState } from "react";
import type { TileView, WorkstationView } from "../../backend/bindings";
import { useText } from "../../i18n/text";
import { Avatar } from "../../kit/Avatar/Avatar";
import { Button } from "../../kit/Button/Button";
import { EmptyState } from "../../kit/EmptyState/EmptyState";
import { SearchInput } from "../../kit/SearchInput/SearchInput";
import { Strip } from "../../kit/Strip/Strip";
import { ActionTile, Tile } from "../../kit/Tile/Tile";
import { Proof } from "./Proof";
import styles from "./SignIn.module.css";

type Props = { view: WorkstationView; /** Whether somebody was just set up and now signs in as usual. */ settled: boolean; onInvite: () => void; onSomeone: () => void };

/** More tiles than this are found faster by typing. */
const MANY = 8;

/** Tiles, then one person's password. */
export function SignIn({ view, settled, onInvite, onSomeone }: Props) {
  const [chosen, setChosen] = useState<string | null>(null);
  const person = view.people.find((one) => one.account === chosen);
  if (person !== undefined) return <OnePerson person={person} onBack={() => setChosen(null)} onFull={onSomeone} />;
  return <Tiles people={view.people.filter((one) => one.has_vault)} settled={settled} onChoose={setChosen} onInvite={onInvite} onSomeone={onSomeone} />;
}

function OnePerson({ person, onBack, onFull }: { person: TileView; onBack: () => void; onFull: () => void }) {
  const text = useText();
  return (
    <section className={styles.card} aria-labelledby="person">
      <Avatar initials={person.initials} size="large" />
      <h1 id="person" className={styles.title}><bdi>{person.name}</bdi></h1>
      <p className={styles.sub}><bdi>{person.title}</bdi></p>
      <Proof person={person} action={text("sign_in.action")} onFull={onFull} />
      <div className={styles.foot}><Button label={text("sign_in.not_you")} variant="quiet" icon={<ArrowLeft aria-hidden="true" />} onPress={onBack} /></div>
    </section>
  );
}

type TilesProps = { people: TileView[]; settled: boolean; onChoose: (account: string) => void; onInvite: () => void; onSomeone: () => void };

function Tiles({ people, settled, onChoose, onInvite, onSomeone }: TilesProps) {
  const text = useText();
  const [query, setQuery] = useState("");
  const words = query.trim().toLowerCase();
  const list = people.filter((one) => words === "" || `${one.name} ${one.title}`.toLowerCase().includes(words));
  const nobody = people.length === 0;
  return (
    <section className={styles.tiles} aria-labelledby="who">
      {settled ? <div className={styles.notice}><Strip tone="calm" icon={<CircleCheck aria-hidden="true" />}>{text("sign_in.settled")}</Strip></div> : null}
      <h1 id="who" className={styles.title}>{text(nobody ? "sign_in.nobody_title" : "sign_in.title")}</h1>
      <p className={styles.sub}>{text(nobody ? "sign_in.nobody" : "sign_in.subtitle")}</p>
      {people.length > MANY ? <div className={styles.search}><SearchInput label={text("sign_in.find_name")} placeholder={text("sign_in.find_name")} value={query} onChange={setQuery} autoFocus /></div> : null}
      <ul className={styles.grid}>
        {list.map((one) => <li key={one.account}><Tile person={one} onPress={() => onChoose(one.account)} /></li>)}
        <li><ActionTile icon={<UserRoundSearch />} label={text(nobody ? "someone.title" : "sign_in.someone_else")} detail={text("sign_in.someone_else_detail")} onPress={onSomeone} testId="someone-else" /></li>
      </ul>
      {words !== "" && list.length === 0 ? <EmptyState icon={<UserRoundSearch />} title={text("sign_in.no_match")} body={text("sign_in.no_match_body")} role="status" /> : null}
      <div className={styles.more}><Button label={text("sign_in.use_invite")} icon={<Ticket aria-hidden="true" />} onPress={onInvite} /></div>
    </section>
  );
}
