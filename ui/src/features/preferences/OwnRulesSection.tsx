// How does a person tighten for themselves what holds at this workstation?
import type { OwnRules, OwnRulesView, RuleView } from "../../backend/bindings";
import { useOwnRules, useSetOwnRules } from "../../backend/queries/ownRules";
import { useText } from "../../i18n/text";
import { AttachmentTypesField } from "../../kit/AttachmentTypesField/AttachmentTypesField";
import { ErrorNote } from "../../kit/ErrorNote/ErrorNote";
import { ATTACHMENT_TYPES, sayValue } from "../../kit/RuleList/rules";
import { Segmented } from "../../kit/Segmented/Segmented";
import { Skeleton } from "../../kit/Skeleton/Skeleton";
import { Switch } from "../../kit/Switch/Switch";
import styles from "./PreferencesDialog.module.css";

/** What is offered, in seconds or MB, of that which is stricter than what holds. */
const OFFERED = { idle_lock_s: [30, 60, 120, 180], session_s: [3600, 7200, 14_400, 28_800], attachment_mb: [1, 5, 10, 25, 50] } as const;
type Span = keyof typeof OFFERED;

/** Only what is stricter than what holds here without it; the core refuses the rest. */
export function OwnRulesSection() {
  const text = useText();
  const rules = useOwnRules();
  return (
    <section className={styles.pin} aria-labelledby="own-title">
      <h3 id="own-title" className={styles.heading}>{text("own.title")}</h3>
      <p className={styles.explain}>{text("own.explain")}</p>
      {rules.isPending ? <Skeleton label={text("own.loading")} rows={2} shape="line" /> : null}
      {rules.isError && rules.data === undefined ? <ErrorNote reason={rules.error} onRetry={() => void rules.refetch()} /> : null}
      {rules.data === undefined ? null : <Choices view={rules.data} />}
    </section>
  );
}

function Choices({ view }: { view: OwnRulesView }) {
  const text = useText();
  const set = useSetOwnRules();
  const { own, without } = view;
  const change = (part: Partial<OwnRules>): void => set.mutate({ ...own, ...part });
  const rule = (name: string): RuleView["value"] => without.find((one) => one.setting === name)?.value ?? null;
  const mayNotify = rule("notifications") === true;
  const mayCopy = rule("clipboard") === true;
  const allowed = rule("attachment_types");
  const types = ATTACHMENT_TYPES.filter((one) => Array.isArray(allowed) && allowed.includes(one));
  const spans = (["idle_lock_s", "session_s", "attachment_mb"] as const).filter((name) => stricter(name, own, rule(name)).length > 0);
  if (spans.length === 0 && types.length === 0 && !mayNotify && !mayCopy) return <p>{text("own.nothing")}</p>;
  return (
    <div className={styles.form} data-testid="own-rules">
      {spans.map((name) => <SpanField key={name} name={name} own={own} most={Number(rule(name))} onChange={(most) => change(only(name, most))} />)}
      {types.length === 0 ? null : <AttachmentTypesField value={own.attachment_types} among={types} leave={text("own.as_clinic", { text: sayValue(text, "attachment_types", types) })} onChange={(attachment_types) => change({ attachment_types })} />}
      {mayNotify ? <Switch label={text("own.no_notifications")} hint={text("own.no_notifications_hint")} on={own.no_notifications} onChange={(no_notifications) => change({ no_notifications })} /> : null}
      {mayCopy ? <Switch label={text("own.no_clipboard")} hint={text("own.no_clipboard_hint")} on={own.no_clipboard} onChange={(no_clipboard) => change({ no_clipboard })} /> : null}
      {set.error === null ? null : <ErrorNote reason={set.error} />}
    </div>
  );
}

function only(name: Span, most: number | null): Partial<OwnRules> {
  switch (name) {
    case "idle_lock_s": return { idle_lock_s: most };
    case "session_s": return { session_s: most };
    case "attachment_mb": return { attachment_mb: most };
    default: {
      const never: never = name;
      return never;
    }
  }
}

/** The spans below what holds; one that was set at a terminal stands among them. */
function stricter(name: Span, own: OwnRules, most: RuleView["value"]): number[] {
  const kept = own[name];
  const all = new Set<number>(kept === null ? OFFERED[name] : [...OFFERED[name], kept]);
  return [...all].filter((seconds) => typeof most === "number" && seconds < most).toSorted((a, b) => a - b);
}

type SpanProps = { name: Span; own: OwnRules; most: number; onChange: (most: number | null) => void };

function SpanField({ name, own, most, onChange }: SpanProps) {
  const text = useText();
  const offered = stricter(name, own, most);
  const kept = own[name];
  const segments = [...offered.map((seconds) => ({ value: String(seconds), label: sayValue(text, name, seconds) })), { value: "clinic", label: text("own.as_clinic", { text: sayValue(text, name, most) }) }];
  // What the clinic has overtaken does nothing.
  const value = kept !== null && offered.includes(kept) ? String(kept) : "clinic";
  return <Segmented label={text(`rule.${name}`)} value={value} onChange={(next) => onChange(next === "clinic" ? null : Number(next))} segments={segments} />;
}
