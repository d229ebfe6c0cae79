// Whose rule is it?
import type { RuleSourceView } from "../../backend/bindings";
import { useText } from "../../i18n/text";
import { Badge } from "../Badge/Badge";
import { sayGroup } from "./rules";
import styles from "./RuleList.module.css";

/** The clinic's, a group's by its name, or the person's own. */
export function RuleSource({ from }: { from: RuleSourceView }) {
  const text = useText();
  if (from === "clinic") return <span className={styles.clinic}>{text("rule.from_clinic")}</span>;
  return <Badge tone={from === "own" ? "ok" : "accent"}>{from === "own" ? text("rule.from_own") : text("rule.from_group", { name: sayGroup(text, from) })}</Badge>;
}
