// What does one step in the lock window stand on?
import { useEffect, useRef, type ReactNode } from "react";
import styles from "./Card.module.css";

type Props = {
  title: string;
  /** "Step 2 of 4", where there are steps. */
  step?: string;
  sub?: string;
  children: ReactNode;
  /** The way back, below a line. */
  foot?: ReactNode;
  wide?: boolean;
};

/** A card with its heading. When a step begins, its first field has the focus, or else its heading. */
export function Card({ title, step, sub, children, foot, wide = false }: Props) {
  const card = useRef<HTMLElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    // A field that takes the focus itself has it by now.
    if (card.current?.contains(document.activeElement) !== true) heading.current?.focus();
  }, []);
  return (
    <section ref={card} className={wide ? `${styles.card} ${styles.wide}` : styles.card} aria-labelledby="card-title">
      {step === undefined ? null : <p className={styles.step}>{step}</p>}
      <h1 ref={heading} tabIndex={-1} id="card-title" className={styles.title}>{title}</h1>
      {sub === undefined ? null : <p className={styles.sub}>{sub}</p>}
      {children}
      {foot === undefined ? null : <div className={styles.foot}>{foot}</div>}
    </section>
  );
}

/** The fields and buttons of a card. What was sent with something wrong leads to the first wrong field. */
export function CardForm({ onSubmit, children }: { onSubmit: () => void; children: ReactNode }) {
  const form = useRef<HTMLFormElement>(null);
  const submit = (): void => {
    onSubmit();
    requestAnimationFrame(() => form.current?.querySelector<HTMLElement>("[aria-invalid='true']")?.focus());
  };
  return <form ref={form} className={styles.form} autoComplete="off" noValidate onSubmit={(event) => { event.preventDefault(); submit(); }}>{children}</form>;
}
