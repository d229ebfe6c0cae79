// What does a place in the rail look like, and how many things there need action?
import type { ReactNode } from "react";
import { Button } from "react-aria-components";
import { classes } from "../classes";
import styles from "./NavItem.module.css";

type Props = {
  label: string;
  icon: ReactNode;
  current: boolean;
  count?: number;
  /** What the count means, for screen readers. */
  countLabel?: string;
  onPress: () => void;
};

/** A place in the rail. The count shows only when there is something to do. */
export function NavItem({ label, icon, current, count = 0, countLabel, onPress }: Props) {
  return (
    <Button className={classes(styles.item, current && styles.current)} onPress={onPress} aria-current={current ? "page" : undefined}
      render={(props) => <button {...props} title={label} />}>
      {icon}
      <span className={styles.label}>{label}</span>
      {count > 0 ? <span className={styles.count}><span aria-hidden="true">{count}</span><span className="visually-hidden">{countLabel}</span></span> : null}
    </Button>
  );
}
