// How is a password chosen: twice, with what is wrong with it said in words?
import { Check, Circle } from "lucide-react";
import { useId } from "react";
import { useText, type MessageId } from "../../i18n/text";
import { classes } from "../classes";
import { PasswordField } from "../PasswordField/PasswordField";
import styles from "./NewPassword.module.css";
import { PASSWORD_MIN, type Judged, type useNewPassword } from "./useNewPassword";

type Props = { form: ReturnType<typeof useNewPassword>; /** Whether it was to be sent and what is missing is to be said. */ asked: boolean; autoFocus?: boolean };

const WORDS: readonly MessageId[] = ["password.strength_0", "password.strength_1", "password.strength_2", "password.strength_3", "password.strength_4"];

/** The two lines and the rules. */
export function NewPassword({ form, asked, autoFocus = false }: Props) {
  const text = useText();
  const id = useId();
  const { password, setPassword, again, setAgain, length, long, same, judged } = form;
  const refused = judged.kind === "judged" && !judged.strength.accepted;
  const wrong = (): string | null => {
    if (!asked) return null;
    if (!long) return text("enrol.password_short", { n: PASSWORD_MIN });
    if (judged.kind === "failed") return text("password.unchecked");
    return refused ? text("password.refused") : null;
  };
  return (
    <>
      <PasswordField label={text("enrol.password")} value={password} onChange={setPassword} fresh autoFocus={autoFocus} testId="password" error={wrong()} />
      <Strength judged={judged} id={id} />
      <PasswordField label={text("enrol.password_again")} value={again} onChange={setAgain} fresh testId="password-again" error={asked && !same ? text("enrol.password_differs") : null} />
      <ul className={styles.rules}>
        <Rule met={long} label={text("enrol.rule_length", { n: PASSWORD_MIN, have: length })} />
        <Rule met={judged.kind === "judged" && judged.strength.accepted} label={text("password.rule_strength")} />
        <Rule met={same} label={text("enrol.rule_same")} />
      </ul>
    </>
  );
}

/** Four bars, a word, and the reason. Said politely as it changes. */
function Strength({ judged, id }: { judged: Judged; id: string }) {
  const text = useText();
  const strength = judged.kind === "judged" ? judged.strength : null;
  return (
    <div className={styles.strength} id={id}>
      <span className={styles.bars} aria-hidden="true">{[1, 2, 3, 4].map((bar) => <i key={bar} className={classes(strength !== null && strength.score >= bar && (strength.accepted ? styles.good : styles.poor))} />)}</span>
      <p role="status" className={styles.says}>
        {strength === null ? text(judged.kind === "failed" ? "password.unchecked" : judged.kind === "judging" ? "password.judging" : "password.advice")
          : <><strong>{text(WORDS[strength.score] ?? "password.strength_0")}</strong>{strength.weakness === null ? null : <> {text(`password.weak_${strength.weakness}`)}</>}</>}
      </p>
    </div>
  );
}

function Rule({ met, label }: { met: boolean; label: string }) {
  const text = useText();
  return <li className={met ? styles.met : undefined}>{met ? <Check aria-hidden="true" /> : <Circle aria-hidden="true" />}{label}<span className="visually-hidden">{text(met ? "enrol.met" : "enrol.not_met")}</span></li>;
}
