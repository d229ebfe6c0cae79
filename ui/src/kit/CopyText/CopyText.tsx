// How does a text that must be handed over exactly get out of here?
import { Check, Copy } from "lucide-react";
import { useId, useRef, useState } from "react";
import { useText } from "../../i18n/text";
import { announce } from "../Announcer/announce";
import { classes } from "../classes";
import { Button } from "../Button/Button";
import styles from "./CopyText.module.css";

type Props = { label: string; value: string; /** Two lines in groups, as for a key that is typed. */ short?: boolean; testId?: string };

/** The text, chosen whole by one press, and a button that copies it. Where copying is refused it stays chosen for Ctrl+C. */
export function CopyText({ label, value, short = false, testId }: Props) {
  const text = useText();
  const id = useId();
  const area = useRef<HTMLTextAreaElement>(null);
  const [copied, setCopied] = useState<"no" | "yes" | "refused">("no");
  const said = (how: "yes" | "refused"): void => {
    setCopied(how);
    announce(text(how === "yes" ? "copy.done" : "copy.refused"));
  };
  const copy = (): void => {
    area.current?.select();
    const { clipboard } = navigator;
    if (clipboard === undefined) said("refused");
    else void clipboard.writeText(value).then(() => said("yes"), () => said("refused"));
  };
  return (
    <div className={styles.copy}>
      <label className={styles.label} htmlFor={id}>{label}</label>
      <textarea ref={area} id={id} className={classes(styles.text, short && styles.groups)} readOnly rows={short ? 2 : 4} value={value} data-testid={testId} spellCheck={false} onFocus={(event) => event.target.select()} />
      <div className={styles.foot}>
        <Button label={text(copied === "yes" ? "copy.done" : "copy.action")} icon={copied === "yes" ? <Check aria-hidden="true" /> : <Copy aria-hidden="true" />} onPress={copy} />
        {copied === "refused" ? <span className={styles.refused}>{text("copy.refused")}</span> : null}
      </div>
    </div>
  );
}
