// How is a person offered for sign-in?
import { Button } from "react-aria-components";
import type { TileView } from "../../backend/bindings";
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
