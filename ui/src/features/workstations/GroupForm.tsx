// What holds for a group of machines, and which machines are it?
import { useState } from "react";
import type { GroupView, Settings } from "../../backend/bindings";
import { useBackend } from "../../backend/context";
import { useCall } from "../../backend/queries/call";
import { useFleetChanged } from "../../backend/queries/fleet";
import { useText } from "../../i18n/text";
import { announce } from "../../kit/Announcer/announce";
import { AttachmentTypesField } from "../../kit/AttachmentTypesField/AttachmentTypesField";
import { Button } from "../../kit/Button/Button";
import { Dialog } from "../../kit/Dialog/Dialog";
import { ErrorNote } from "../../kit/ErrorNote/ErrorNote";
import { ATTACHMENT_TYPES, NUMBERS, sayValue, TRUTHS } from "../../kit/RuleList/rules";
import { Segmented } from "../../kit/Segmented/Segmented";
import { TextField } from "../../kit/TextField/TextField";
import { draftOf, GroupMembers, isComplete, membersOf, type MembersDraft } from "./GroupMembers";
import { OFFERED, offeredOf, saysNothing, UNTOUCHED } from "./settings";
import styles from "./Workstations.module.css";

type Props = { group: GroupView | null; /** Machines that were chosen in the list. */ chosen?: readonly string[]; onClose: () => void };

/** The form; every rule is left as it is until somebody sets it. */
export function GroupForm({ group, chosen, onClose }: Props) {
  const text = useText();
  const backend = useBackend();
  const changed = useFleetChanged();
  const [name, setName] = useState(group?.name ?? "");
  const [members, setMembers] = useState<MembersDraft>(() => draftOf(group?.members ?? (chosen === undefined ? "everyone" : { workstations: [...chosen] })));
  const [settings, setSettings] = useState<Settings>(group?.settings ?? UNTOUCHED);
  const [asked, setAsked] = useState(false);
  const set = useCall(async () => { await backend.setGroup({ group: group?.group ?? null, name: name.trim(), members: membersOf(members), settings }); await changed(); }, () => {
    announce(text("group.set_said", { name: name.trim() }));
    onClose();
  });
  const ready = name.trim() !== "" && isComplete(members) && !saysNothing(settings);
  const submit = (): void => {
    setAsked(true);
    if (ready) set.go();
  };
  return (
    <Dialog size="large" title={group === null ? text("group.title_new") : text("group.title_edit", { name: group.name })} closeLabel={text("action.close")} onClose={onClose} footer={<>
      <Button label={text("action.cancel")} onPress={onClose} />
      <Button label={text("group.set")} variant="primary" busy={set.busy} onPress={submit} testId="group-set" />
    </>}>
      <form className={styles.form} autoComplete="off" onSubmit={(event) => { event.preventDefault(); submit(); }}>
        <p className={styles.hint}>{text("group.hint")}</p>
        <TextField auto label={text("group.name")} value={name} onChange={setName} maxLength={120} autoFocus={group === null} testId="group-name" error={asked && name.trim() === "" ? text("group.name_missing") : null} />
        <GroupMembers value={members} onChange={setMembers} missing={asked && !isComplete(members)} />
        <div className={styles.settings}>
          {NUMBERS.map((rule) => {
            const held = settings[rule];
            const offered = [...new Set([...OFFERED[rule], ...(held === null ? [] : [held])])].toSorted((a, b) => a - b);
            return <Segmented key={rule} small label={text(`rule.${rule}`)} value={held === null ? "leave" : String(held)} onChange={(next) => setSettings({ ...settings, [rule]: next === "leave" ? null : Number(next) })}
              segments={[{ value: "leave", label: text("rule.leave") }, ...offered.map((one) => ({ value: String(one), label: sayValue(text, rule, one) }))]} />;
          })}
          <AttachmentTypesField small value={settings.attachment_types} among={ATTACHMENT_TYPES} leave={text("rule.leave")} onChange={(attachment_types) => setSettings({ ...settings, attachment_types })} />
          {TRUTHS.map((rule) => {
            const offered = offeredOf(rule);
            const held = offered.find((one) => one === settings[rule]);
            return <Segmented key={rule} small label={text(`rule.${rule}`)} value={held === undefined ? "leave" : String(held)} onChange={(next) => setSettings({ ...settings, [rule]: next === "leave" ? null : next === "true" })}
              segments={[{ value: "leave", label: text("rule.leave") }, ...offered.map((one) => ({ value: String(one), label: sayValue(text, rule, one) }))]} />;
          })}
        </div>
        {asked && saysNothing(settings) ? <p role="alert" className={styles.problem}>{text("group.nothing_set")}</p> : null}
        <p className={styles.hint}>{text("group.soon")}</p>
        {set.reason === null ? null : <ErrorNote reason={set.reason} />}
        <button type="submit" hidden aria-label={text("group.set")} />
      </form>
    </Dialog>
  );
}
