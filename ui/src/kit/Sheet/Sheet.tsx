// What comes out of the printer? Only what stands in a sheet, one page each; never what is on the screen.
import type { ReactNode } from "react";
import { createPortal } from "react-dom";
import { useText } from "../../i18n/text";
import styles from "./Sheet.module.css";

type Props = { title: string; children: ReactNode };

/** A page that the screen does not show. It stands beside the app in the document, so that the print style can hide all else. */
export function Sheet({ title, children }: Props) {
  const text = useText();
  return createPortal(
    <section className={styles.sheet} data-sheet="" aria-hidden="true">
      <p className={styles.brand}>{text("app.name")}</p>
      <h1 className={styles.title}>{title}</h1>
      {children}
    </section>,
    document.body,
  );
}
