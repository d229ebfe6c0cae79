// What holds at a machine, and where does each rule come from?
import { useRules } from "../../backend/queries/fleet";
import { useText } from "../../i18n/text";
import { ErrorNote } from "../ErrorNote/ErrorNote";
import { Skeleton } from "../Skeleton/Skeleton";
import { RuleSource } from "./RuleSource";
import { RULES, sayValue } from "./rules";
import styles from "./RuleList.module.css";

type Props = { /** The machine; `null` is this one, which everybody may ask about. */ workstation: string | null };

/** Each rule with its value and its source. */
export function RuleList({ workstation }: Props) {
  const text = useText();
  const rules = useRules(workstation);
  if (rules.isPending) return <Skeleton label={text("rule.loading")} rows={3} shape="line" />;
  if (rules.data === undefined) return <ErrorNote reason={rules.error} onRetry={() => void rules.refetch()} />;
  return (
    <dl className={styles.rules}>
      {RULES.map((name) => {
        const rule = rules.data.find((one) => one.setting === name);
        if (rule === undefined) return null;
        return <div key={name} data-testid={`rule-${name}`}><dt>{text(`rule.${name}`)}</dt><dd><strong>{sayValue(text, name, rule.value)}</strong><RuleSource from={rule.from} /></dd></div>;
      })}
    </dl>
  );
}
