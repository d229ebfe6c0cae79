// Where can a person go, how much needs action there, and who are they signed in as?
import { BookUser, Inbox, Keyboard, Lock, MailOpen, Search, Settings, ShieldCheck, SquarePen, User, UsersRound } from "lucide-react";
import type { ReactNode } from "react";
import type { SessionView, ThreadFilter, ThreadPage } from "../../backend/bindings";
import { useText } from "../../i18n/text";
import { Avatar } from "../../kit/Avatar/Avatar";
import { Button } from "../../kit/Button/Button";
import { IconButton } from "../../kit/IconButton/IconButton";
import { Kbd } from "../../kit/Kbd/Kbd";
import { NavItem } from "../../kit/NavItem/NavItem";
import { PaletteButton } from "../../kit/PaletteButton/PaletteButton";
import styles from "./Rail.module.css";

/** What the list pane shows. */
export type Place = ThreadFilter | "directory" | "search" | "admin";

type Props = {
  place: Place;
  counts: ThreadPage["counts"] | null;
  session: SessionView | null;
  onFilter: (filter: ThreadFilter) => void;
  onPlace: (place: "directory" | "search" | "admin") => void;
  /** Whether the person administers anything. */
  admin: boolean;
  /** Whether the person may be in any conversation. */
  writes: boolean;
  onDialog: (dialog: "palette" | "new_thread" | "preferences" | "help") => void;
  onLock: () => void;
  onSwitch: () => void;
};

const FILTERS: readonly { filter: ThreadFilter; icon: ReactNode }[] = [
  { filter: "mine", icon: <Inbox aria-hidden="true" /> },
  { filter: "unread", icon: <MailOpen aria-hidden="true" /> },
  { filter: "patients", icon: <User aria-hidden="true" /> },
  { filter: "team", icon: <UsersRound aria-hidden="true" /> },
];

/** The rail: places, then the person and their ways out. */
export function Rail({ place, counts, session, admin, writes, onFilter, onPlace, onDialog, onLock, onSwitch }: Props) {
  const text = useText();
  return (
    <nav className={styles.rail} aria-label={text("rail.label")} data-pane="rail">
      <div className={styles.brand}><span className={styles.mark} aria-hidden="true">S</span><span className={styles.wide}>{text("app.name")}</span></div>
      <PaletteButton label={text("rail.palette")} onPress={() => onDialog("palette")} trailing={<Kbd chord={["Mod", "K"]} quiet />} />
      {writes ? <><div className={styles.new}><Button label={text("rail.new")} variant="primary" icon={<SquarePen aria-hidden="true" />} onPress={() => onDialog("new_thread")} wide /></div>
      <div className={styles.narrow}><IconButton label={text("rail.new")} icon={<SquarePen aria-hidden="true" />} onPress={() => onDialog("new_thread")} /></div></> : null}
      <div className={styles.middle}>
      {writes ? <ul className={styles.places}>
        {FILTERS.map(({ filter, icon }) => (
          <li key={filter}>
            <NavItem label={text(`filter.${filter}`)} icon={icon} current={place === filter} count={counts?.[filter] ?? 0} countLabel={text("rail.count", { n: counts?.[filter] ?? 0 })} onPress={() => onFilter(filter)} />
          </li>
        ))}
      </ul> : null}
      <ul className={styles.places}>
        {writes ? <li><NavItem label={text("rail.search")} icon={<Search aria-hidden="true" />} current={place === "search"} onPress={() => onPlace("search")} /></li> : null}
        <li><NavItem label={text("rail.directory")} icon={<BookUser aria-hidden="true" />} current={place === "directory"} onPress={() => onPlace("directory")} /></li>
        {admin ? <li><NavItem label={text("admin.title")} icon={<ShieldCheck aria-hidden="true" />} current={place === "admin"} onPress={() => onPlace("admin")} /></li> : null}
      </ul>
      </div>
      <div className={styles.me}>
        {session === null ? null : (
          <div className={styles.who}>
            <Avatar initials={session.initials} tone="me" size="small" />
            <span className={styles.wide}><span className={styles.name}><bdi>{session.name}</bdi></span><span className={styles.station}><bdi>{session.title}</bdi></span><span className={styles.station}><bdi>{session.workstation}</bdi></span></span>
          </div>
        )}
        <div className={styles.wide}><Button label={text("rail.lock")} icon={<Lock aria-hidden="true" />} onPress={onLock} wide /></div>
        <div className={styles.tools}>
          <span className={styles.narrow}><IconButton label={text("rail.lock")} icon={<Lock aria-hidden="true" />} onPress={onLock} /></span>
          <IconButton label={text("rail.switch")} icon={<UsersRound aria-hidden="true" />} onPress={onSwitch} />
          <IconButton label={text("rail.preferences")} icon={<Settings aria-hidden="true" />} onPress={() => onDialog("preferences")} />
          <IconButton label={text("rail.help")} icon={<Keyboard aria-hidden="true" />} onPress={() => onDialog("help")} />
        </div>
      </div>
    </nav>
  );
}
