// How is a person offered for sign-in?
import type { ReactNode } from "react";
import { Button } from "react-aria-components";
import type { TileView } from "../../backend/bindings";
import { classes } from "../classes";
import { Avatar } from "../Avatar/Avatar";
import styles from "./Tile.module.css";

type Props = { person: TileView; onPress: () => void };

/** A tile with the whole name and title; both are its accessible name. */
export function Tile({ person, onPress }: Props) {
  return (
    <Button className={styles.tile} onPress={onPress} data-testid={`tile-${person.account}`}>
      <Avatar initials={person.initials} />
      <span className={styles.words}><span className={styles.name}><bdi>{person.name}</bdi></span><span className={styles.title}><bdi>{person.title}</bdi></span></span>
    </Button>
  );
}

/** A tile for what is no person in the list: somebody else, an invite. */
export function ActionTile({ icon, label, detail, onPress, testId }: { icon: ReactNode; label: string; detail: string; onPress: () => void; testId?: string }) {
  return (
    <Button className={classes(styles.tile, styles.action)} onPress={onPress} data-testid={testId}>
      <span className={styles.sign} aria-hidden="true">{icon}</span>
      <span className={styles.words}><span className={styles.name}>{label}</span><span className={styles.title}>{detail}</span></span>
    </Button>
  );
}
