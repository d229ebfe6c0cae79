// What opens the palette when no key is pressed?
import { Search } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "react-aria-components";
import styles from "./PaletteButton.module.css";

type Props = { label: string; trailing: ReactNode; onPress: () => void };

/** A button drawn as a search line. */
export function PaletteButton({ label, trailing, onPress }: Props) {
  return (
    <Button className={styles.line} onPress={onPress} render={(props) => <button {...props} title={label} />}>
      <Search aria-hidden="true" />
      <span className={styles.label}>{label}</span>
      <span className={styles.trailing}>{trailing}</span>
    </Button>
  );
}
