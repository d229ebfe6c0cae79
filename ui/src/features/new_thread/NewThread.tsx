// With whom, about whom, and what is the first word?
import { Check, UserPlus, X } from "lucide-react";
import { useState } from "react";
import type { ThreadClass } from "../../backend/bindings";
import { useSendMessage } from "../../backend/queries/messages";
import { useDirectory } from "../../backend/queries/session";
import { useCreateThread } from "../../backend/queries/threads";
import { useText } from "../../i18n/text";
import { Avatar } from "../../kit/Avatar/Avatar";
import { Button } from "../../kit/Button/Button";
import { CommandList } from "../../kit/CommandList/CommandList";
import { DateField } from "../../kit/DateField/DateField";
import { Dialog } from "../../kit/Dialog/Dialog";
import { ErrorNote } from "../../kit/ErrorNote/ErrorNote";
import { IconButton } from "../../kit/IconButton/IconButton";
import { Segmented } from "../../kit/Segmented/Segmented";
import { Skeleton } from "../../kit/Skeleton/Skeleton";
import { Switch } from "../../kit/Switch/Switch";
import { TextArea } from "../../kit/TextArea/TextArea";
import { TextField } from "../../kit/TextField/TextField";
import styles from "./NewThread.module.css";
import { usePatientForm } from "./usePatientForm";

type Props = { with: string | null; /** The kinds the person may be in. */ classes: readonly ThreadClass[]; onMade: (thread: string) => void; onClose: () => void };
const CLASSES: readonly ThreadClass[] = ["clinical", "scheduling", "billing", "staff"];

/** The dialog that starts a thread and sends its first message. */
export function NewThread({ with: first, classes, onMade, onClose }: Props) {
  const text = useText();
  const [members, setMembers] = useState<ReadonlySet<string>>(() => new Set(first === null ? [] : [first]));
  const [chosen, setKind] = useState<ThreadClass | null>(null);
  const offered = CLASSES.filter((one) => classes.includes(one));
  const kind = chosen !== null && classes.includes(chosen) ? chosen : (offered[0] ?? "staff");
  const [title, setTitle] = useState("");
  const [message, setMessage] = useState("");
  const [asked, setAsked] = useState(false);
  const form = usePatientForm();
  const create = useCreateThread();
  const send = useSendMessage();
  const missing = (bad: boolean): string | null => (asked && bad ? text("new.required") : null);
  const ready = members.size > 0 && message.trim() !== "" && !form.incomplete;

  const people = useDirectory();
  // Whoever may not be in this kind goes out of it with the choice of the kind: the core would refuse them.
  const choose = (next: ThreadClass): void => {
    setKind(next);
    setMembers((old) => new Set([...old].filter((account) => people.data?.find((one) => one.account === account)?.classes.includes(next) ?? true)));
  };
  const submit = async (): Promise<void> => {
    setAsked(true);
    if (!ready || create.isPending || send.isPending) return;
    // A thread that was made but whose first message was refused is not made twice.
    const thread = create.data?.row.thread ?? (await create.mutateAsync({ class: kind, members: [...members], title: form.patient === null && title.trim() !== "" ? title.trim() : null, patient: form.patient, reason: form.patient !== null && title.trim() !== "" ? title.trim() : null })).row.thread;
    await send.mutateAsync({ thread, text: message.trim(), priority: "fyi", answers: [] });
    onMade(thread);
  };
  return (
    <Dialog title={text("new.title")} closeLabel={text("action.close")} onClose={onClose} footer={<>
      {asked && !ready ? <p role="alert" className={styles.missing}>{text(members.size === 0 ? "new.need_people" : form.incomplete ? "new.need_patient" : "new.need_message")}</p> : null}
      <Button label={text("action.cancel")} onPress={onClose} />
      <Button label={text("new.send")} variant="primary" busy={create.isPending || send.isPending} onPress={() => void submit().catch(() => undefined)} testId="new-send" />
    </>}>
      <div className={styles.form}>
        <Segmented label={text("new.class")} value={kind} onChange={choose} segments={offered.map((one) => ({ value: one, label: text(`class.${one}`) }))} />
        <People chosen={members} kind={kind} onChange={setMembers} />
        <div className={styles.patient}>
          <Switch label={text("new.about_patient")} hint={text("new.about_patient_hint")} on={form.about} onChange={form.setAbout} />
          {form.about ? (
            <div className={styles.grid}>
              <TextField auto label={text("new.family")} value={form.fields.family} onChange={(family) => form.set({ family })} maxLength={120} error={missing(form.fields.family.trim() === "")} />
              <TextField auto label={text("new.given")} value={form.fields.given} onChange={(given) => form.set({ given })} maxLength={120} error={missing(form.fields.given.trim() === "")} />
              <DateField label={text("new.birth")} onChange={(birth) => form.set({ birth })} error={missing(form.fields.birth === null)} />
              <TextField label={text("new.mrn")} value={form.fields.mrn} onChange={(mrn) => form.set({ mrn })} maxLength={120} error={missing(form.fields.mrn.trim() === "")} />
            </div>
          ) : null}
        </div>
        <TextField auto label={text(form.about ? "new.reason" : "new.name")} hint={text("new.optional")} value={title} onChange={setTitle} maxLength={form.about ? 120 : 200} />
        <div className={styles.message}>
          <span className={styles.label} aria-hidden="true">{text("new.message")}</span>
          <TextArea label={text("new.message")} value={message} onChange={setMessage} maxLength={10_000} testId="new-message" />
        </div>
        {create.error === null && send.error === null ? null : <ErrorNote reason={create.error ?? send.error} />}
      </div>
    </Dialog>
  );
}

function People({ chosen, kind, onChange }: { chosen: ReadonlySet<string>; kind: ThreadClass; onChange: (next: ReadonlySet<string>) => void }) {
  const text = useText();
  const people = useDirectory();
  const [query, setQuery] = useState("");
  const toggle = (account: string): void => {
    const next = new Set(chosen);
    if (!next.delete(account)) next.add(account);
    onChange(next);
    setQuery("");
  };
  const words = query.trim().toLowerCase();
  const others = (people.data ?? []).filter((one) => !one.me && !one.revoked && one.classes.includes(kind));
  const items = others.filter((one) => `${one.name} ${one.title}`.toLowerCase().includes(words))
    .map((one) => ({ id: one.account, section: text("new.people"), label: one.name, detail: one.title, icon: <Avatar initials={one.initials} size="small" />, trailing: chosen.has(one.account) ? <Check aria-hidden="true" /> : <UserPlus aria-hidden="true" /> }));
  return (
    <div className={styles.people}>
      <span className={styles.label} id="new-people">{text("new.people_label", { n: chosen.size })}</span>
      {chosen.size === 0 ? null : (
        <ul className={styles.chips} aria-labelledby="new-people">
          {others.filter((one) => chosen.has(one.account)).map((one) => <li key={one.account} className={styles.chip}><bdi>{one.name}</bdi><IconButton label={text("new.remove", { name: one.name })} icon={<X aria-hidden="true" />} onPress={() => toggle(one.account)} /></li>)}
        </ul>
      )}
      {people.isPending ? <Skeleton label={text("directory.loading")} rows={3} shape="line" /> : null}
      {people.isError ? <ErrorNote reason={people.error} onRetry={() => void people.refetch()} /> : null}
      {people.data === undefined ? null : <div className={styles.picker}><CommandList label={text("new.people_find")} placeholder={text("new.people_find")} query={query} onQuery={setQuery} items={items} onChoose={toggle} chosen={chosen} empty={text("directory.none")} /></div>}
    </div>
  );
}
