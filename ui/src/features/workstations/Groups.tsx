// Which groups of machines have rules of their own?
import { ListChecks, Plus, UsersRound } from "lucide-react";
import { useState } from "react";
import type { GroupView } from "../../backend/bindings";
import { useBackend } from "../../backend/context";
import { useCall } from "../../backend/queries/call";
import { useFleetChanged, useGroups } from "../../backend/queries/fleet";
import { useText, type Text } from "../../i18n/text";
import { useTimes } from "../../i18n/times";
import { announce } from "../../kit/Announcer/announce";
import { Button } from "../../kit/Button/Button";
import { EmptyState } from "../../kit/EmptyState/EmptyState";
import { ErrorNote } from "../../kit/ErrorNote/ErrorNote";
import { RULES, sayValue } from "../../kit/RuleList/rules";
import { SearchInput } from "../../kit/SearchInput/SearchInput";
import { Skeleton } from "../../kit/Skeleton/Skeleton";
import { StaffList, StaffRow, StaffTools } from "../../kit/StaffList/StaffList";
import { Strip } from "../../kit/Strip/Strip";
import { TypedConfirm } from "../../kit/TypedConfirm/TypedConfirm";
import { GroupForm } from "./GroupForm";
import { UNTOUCHED } from "./settings";
import styles from "./Workstations.module.css";

type Opened = null | { kind: "new" } | { kind: "edit" | "give_up"; group: GroupView };

const saidMembers = (text: Text, { members }: GroupView): string =>
  members === "everyone" ? text("group.is_everyone") : "kind" in members ? text(`group.is_${members.kind}`) : text("group.is_listed", { n: members.workstations.length });

/** The groups' part of the administrator's place. */
export function Groups({ readOnly }: { readOnly: boolean }) {
  const text = useText();
  const groups = useGroups();
  const [query, setQuery] = useState("");
  const [opened, setOpened] = useState<Opened>(null);
  const words = query.trim().toLowerCase();
  const found = (groups.data ?? []).filter((one) => one.name.toLowerCase().includes(words));
  const close = (): void => setOpened(null);
  const make = readOnly ? undefined : <Button label={text("group.new")} variant="primary" icon={<Plus aria-hidden="true" />} onPress={() => setOpened({ kind: "new" })} testId="group-new" />;
  return (
    <>
      <StaffTools search={<SearchInput label={text("group.find")} placeholder={text("group.find")} value={query} onChange={setQuery} />}>{make}</StaffTools>
      <Strip tone="calm" role="note" icon={<ListChecks aria-hidden="true" />}>{text("group.hint")}</Strip>
      {groups.isPending ? <Skeleton label={text("group.loading")} rows={4} shape="row" /> : null}
      {groups.isError && groups.data === undefined ? <ErrorNote pane reason={groups.error} onRetry={() => void groups.refetch()} /> : null}
      {groups.data !== undefined && groups.data.length === 0 ? <EmptyState icon={<UsersRound />} title={text("group.empty")} body={text("group.empty_body")} action={make} /> : null}
      {groups.data !== undefined && groups.data.length > 0 && found.length === 0 ? <EmptyState icon={<UsersRound />} title={text("group.none")} body={text("directory.none_body")} role="status" /> : null}
      {found.length > 0 ? <StaffList label={text("group.list")} still={readOnly}>{found.map((one) => <Row key={one.group} group={one} readOnly={readOnly} onOpen={(kind) => setOpened({ kind, group: one })} />)}</StaffList> : null}
      {opened?.kind === "new" ? <GroupForm group={null} onClose={close} /> : null}
      {opened?.kind === "edit" ? <GroupForm group={opened.group} onClose={close} /> : null}
      {opened?.kind === "give_up" ? <GiveUp group={opened.group} onClose={close} /> : null}
    </>
  );
}

function Row({ group, readOnly, onOpen }: { group: GroupView; readOnly: boolean; onOpen: (kind: "edit" | "give_up") => void }) {
  const text = useText();
  const times = useTimes();
  const name = group.name === "" ? text("group.unnamed") : group.name;
  const settings = RULES.map((rule) => (group.settings[rule] === null ? null : <span key={rule}>{text(`rule.${rule}`)}{": "}<strong>{sayValue(text, rule, group.settings[rule])}</strong></span>));
  const action = readOnly ? null : <span className={styles.rowActions}>
    <Button label={text("group.edit")} accessibleLabel={text("group.edit_of", { name })} variant="quiet" onPress={() => onOpen("edit")} />
    <Button label={text("group.give_up")} accessibleLabel={text("group.give_up_of", { name })} variant="quiet" onPress={() => onOpen("give_up")} />
  </span>;
  return <StaffRow testId="group-row" sign={<span className={styles.tile} aria-hidden="true"><ListChecks /></span>} name={name} detail={saidMembers(text, group)} facts={settings} badges={<span className={styles.none}>{text("group.set_at", { date: times.date(group.issued_at) })}</span>} action={action} />;
}

function GiveUp({ group, onClose }: { group: GroupView; onClose: () => void }) {
  const text = useText();
  const backend = useBackend();
  const changed = useFleetChanged();
  const name = group.name === "" ? text("group.unnamed") : group.name;
  const give = useCall(async () => { await backend.setGroup({ group: group.group, name: group.name, members: group.members, settings: UNTOUCHED }); await changed(); }, () => {
    announce(text("group.given_up_said", { name }));
    onClose();
  });
  return <TypedConfirm title={text("group.give_up_title", { name })} body={text("group.give_up_body")} word={name} action={text("group.give_up")} busy={give.busy} reason={give.reason} onConfirm={() => give.go()} onClose={onClose} />;
}
