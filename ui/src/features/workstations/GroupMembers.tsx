// Which machines is a group?
import { Check, Plus } from "lucide-react";
import { useMemo, useState } from "react";
import type { GroupMembersView } from "../../backend/bindings";
import { useWorkstations } from "../../backend/queries/fleet";
import { useText } from "../../i18n/text";
import { CommandList } from "../../kit/CommandList/CommandList";
import { Segmented } from "../../kit/Segmented/Segmented";
import styles from "./Workstations.module.css";

/** What is chosen so far; the list stays while another kind is looked at. */
export type MembersDraft = { who: "everyone" | "shared" | "private" | "listed"; listed: ReadonlySet<string> };

const WHO = ["everyone", "shared", "private", "listed"] as const;
/** So many are drawn; the rest is found by typing. */
const SHOWN = 40;

/** What the core says, as a draft. */
export function draftOf(members: GroupMembersView): MembersDraft {
  if (members === "everyone") return { who: "everyone", listed: new Set() };
  return "kind" in members ? { who: members.kind, listed: new Set() } : { who: "listed", listed: new Set(members.workstations) };
}

/** A draft, as the core takes it. */
export function membersOf(draft: MembersDraft): GroupMembersView {
  switch (draft.who) {
    case "everyone": return "everyone";
    case "shared":
    case "private": return { kind: draft.who };
    case "listed": return { workstations: [...draft.listed] };
    default: {
      const never: never = draft.who;
      return never;
    }
  }
}

/** Whether there is anybody in it. */
export function isComplete(draft: MembersDraft): boolean {
  return draft.who !== "listed" || draft.listed.size > 0;
}

/** Everyone, a kind, or machines that are chosen one by one. */
export function GroupMembers({ value, onChange, missing }: { value: MembersDraft; onChange: (next: MembersDraft) => void; missing: boolean }) {
  const text = useText();
  return (
    <div className={styles.field}>
      <Segmented label={text("group.members")} value={value.who} onChange={(who) => onChange({ ...value, who })} segments={WHO.map((one) => ({ value: one, label: text(`group.${one}`) }))} />
      {value.who === "listed" ? <Listed listed={value.listed} onChange={(listed) => onChange({ ...value, listed })} /> : null}
      {missing ? <p role="alert" className={styles.problem}>{text("group.listed_missing")}</p> : null}
    </div>
  );
}

function Listed({ listed, onChange }: { listed: ReadonlySet<string>; onChange: (next: ReadonlySet<string>) => void }) {
  const text = useText();
  const fleet = useWorkstations().data;
  const [query, setQuery] = useState("");
  const words = query.trim().toLowerCase();
  // Those that were in it when the list was opened stand first, and do not jump while others are chosen.
  const [first] = useState(listed);
  const found = useMemo(() => (fleet ?? []).filter((one) => one.state !== "waiting" && `${one.name} ${one.location}`.toLowerCase().includes(words))
    .toSorted((a, b) => Number(first.has(b.id)) - Number(first.has(a.id)) || a.name.localeCompare(b.name, undefined, { numeric: true })), [fleet, first, words]);
  const section = found.length > SHOWN ? `${text("group.choose_count", { n: listed.size })} · ${text("group.choose_more")}` : text("group.choose_count", { n: listed.size });
  const toggle = (id: string): void => {
    const next = new Set(listed);
    if (!next.delete(id)) next.add(id);
    onChange(next);
  };
  const items = found.slice(0, SHOWN).map((one) => ({ id: one.id, section, label: one.name, detail: one.location, trailing: listed.has(one.id) ? <Check aria-hidden="true" /> : <Plus aria-hidden="true" /> }));
  return <div className={styles.finder}><CommandList autoFocus={false} label={text("group.choose")} placeholder={text("fleet.find")} query={query} onQuery={setQuery} items={items} onChoose={toggle} chosen={listed} empty={text("fleet.none")} /></div>;
}
