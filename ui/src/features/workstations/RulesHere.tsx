// What holds at a machine, and where does each rule come from?
import { useRules } from "../../backend/queries/fleet";
import { useText } from "../../i18n/text";
import { Badge } from "../../kit/Badge/Badge";
import { ErrorNote } from "../../kit/ErrorNote/ErrorNote";
import { Skeleton } from "../../kit/Skeleton/Skeleton";
import { RULES, sayValue } from "./settings";
import styles from "./Workstations.module.css";

/** Each rule with its value and its source. */
export function RulesHere({ workstation }: { workstation: string }) {
  const text = useText();
  const rules = useRules(workstation);
  if (rules.isPending) return <Skeleton label={text("rule.loading")} rows={3} shape="line" />;
  if (rules.data === undefined) return <ErrorNote reason={rules.error} onRetry={() => void rules.refetch()} />;
  return (
    <dl className={styles.rules}>
      {RULES.map((name) => {
        const rule = rules.data.find((one) => one.setting === name);
        if (rule === undefined) return null;
        return <div key={name}><dt>{text(`rule.${name}`)}</dt><dd><strong>{sayValue(text, name, rule.value)}</strong>{rule.from === null ? <span className={styles.none}>{text("rule.from_clinic")}</span> : <Badge tone="accent">{text("rule.from_group", { name: rule.from === "" ? text("group.unnamed") : rule.from })}</Badge>}</dd></div>;
      })}
    </dl>
  );
}
