// Whose rule is it?
import type { RuleSourceView } from "../../backend/bindings";
import { useText } from "../../i18n/text";
import { Badge } from "../Badge/Badge";
import { sayGroup } from "./rules";
import styles from "./RuleList.module.css";

/** The clinic's, that of the machine's management, the person's own, or a group's by its name. */
export function RuleSource({ from }: { from: RuleSourceView }) {
  const text = useText();
  if (from === "clinic") return <span className={styles.clinic}>{text("rule.from_clinic")}</span>;
  if (from === "own") return <Badge tone="ok">{text("rule.from_own")}</Badge>;
  return <Badge tone="accent">{from === "management" ? text("rule.from_management") : text("rule.from_group", { name: sayGroup(text, from) })}</Badge>;
}
