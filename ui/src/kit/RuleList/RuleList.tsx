// What holds at a machine, and where does each rule come from?
import { useRules } from "../../backend/queries/fleet";
import { useText } from "../../i18n/text";
import { Badge } from "../Badge/Badge";
import { ErrorNote } from "../ErrorNote/ErrorNote";
import { Skeleton } from "../Skeleton/Skeleton";
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
        return <div key={name} data-testid={`rule-${name}`}><dt>{text(`rule.${name}`)}</dt><dd><strong>{sayValue(text, name, rule.value)}</strong>{rule.from === null ? <span className={styles.clinic}>{text("rule.from_clinic")}</span> : <Badge tone="accent">{text("rule.from_group", { name: rule.from === "" ? text("group.unnamed") : rule.from })}</Badge>}</dd></div>;
      })}
    </dl>
  );
}
