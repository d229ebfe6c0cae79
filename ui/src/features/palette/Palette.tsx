// Where does one want to go, or what to do, without the mouse?
import { useQueryClient } from "@tanstack/react-query";
import { ArrowRight, MessageSquare, User, UserRound } from "lucide-react";
import { useState } from "react";
import type { Command } from "../../lib/keys";
import { BINDINGS } from "../../lib/keys";
import { useDirectory } from "../../backend/queries/session";
import { cachedRows } from "../../backend/queries/threads";
import { useText } from "../../i18n/text";
import { useTimes } from "../../i18n/times";
import { CommandList, type CommandItem } from "../../kit/CommandList/CommandList";
import { Dialog } from "../../kit/Dialog/Dialog";
import { Kbd } from "../../kit/Kbd/Kbd";
import { threadName } from "../../lib/patient";

/** What the palette can do beside going somewhere. */
export const PALETTE_ACTIONS = ["compose", "search", "next_unread", "unread_from_here", "peek", "find", "context", "help", "preferences", "admin", "switch_user", "lock"] as const;
/** One of them. */
export type PaletteAction = (typeof PALETTE_ACTIONS)[number];

type Props = { onThread: (thread: string) => void; onPerson: (account: string) => void; onAction: (action: PaletteAction) => void; onClose: () => void; hasThread: boolean; /** Whether the person administers anything. */ admin: boolean; writes: boolean };

const SHOWN = 8;
const NEEDS_THREAD: readonly PaletteAction[] = ["unread_from_here", "peek", "find", "context"];
const chordOf = (command: string): readonly string[] | undefined => BINDINGS.find((one) => one.command === (command as Command))?.shown[0];

/** People, patients, threads and actions in one line. */
export function Palette({ onThread, onPerson, onAction, onClose, hasThread, admin, writes }: Props) {
  const text = useText();
  const times = useTimes();
  const client = useQueryClient();
  const people = useDirectory();
  const [query, setQuery] = useState("");
  const words = query.trim().toLowerCase().split(/\s+/u).filter((word) => word !== "");
  const fits = (label: string): boolean => words.every((word) => label.toLowerCase().includes(word));
  const rows = cachedRows(client).filter((row) => fits(`${threadName(row)} ${row.patient?.mrn ?? ""} ${row.patient?.birth_date ?? ""} ${row.reason ?? ""}`));

  const patients = rows.filter((row) => row.patient !== null).slice(0, SHOWN).map((row): CommandItem => ({
    id: `thread:${row.thread}`, section: text("palette.patients"), label: threadName(row), icon: <User aria-hidden="true" />,
    detail: row.patient === null ? undefined : `${times.birth(row.patient.birth_date)} · ${text("patient.mrn")} ${row.patient.mrn}`,
  }));
  const threads = rows.filter((row) => row.patient === null).slice(0, SHOWN).map((row): CommandItem => ({ id: `thread:${row.thread}`, section: text("palette.threads"), label: threadName(row), icon: <MessageSquare aria-hidden="true" /> }));
  const persons = (people.data ?? []).filter((one) => writes && one.classes.length > 0 && !one.me && !one.revoked && fits(`${one.name} ${one.title}`)).slice(0, SHOWN)
    .map((one): CommandItem => ({ id: `person:${one.account}`, section: text("palette.people"), label: one.name, detail: one.title, icon: <UserRound aria-hidden="true" /> }));
  const actions = PALETTE_ACTIONS.filter((one) => (hasThread || !NEEDS_THREAD.includes(one)) && (admin || one !== "admin") && (writes || (one !== "compose" && one !== "search")) && fits(text(`palette.do_${one}`))).map((one): CommandItem => {
    const chord = chordOf(one);
    return { id: `do:${one}`, section: text("palette.actions"), label: text(`palette.do_${one}`), icon: <ArrowRight aria-hidden="true" />, trailing: chord === undefined ? undefined : <Kbd chord={chord} quiet /> };
  });
  const items = words.length === 0 ? [...patients.slice(0, 4), ...threads.slice(0, 2), ...actions, ...persons.slice(0, 4)] : [...patients, ...threads, ...persons, ...actions];

  const choose = (id: string): void => {
    const [kind, ...rest] = id.split(":");
    const value = rest.join(":");
    onClose();
    const action = PALETTE_ACTIONS.find((one) => one === value);
    if (kind === "thread") onThread(value);
    else if (kind === "person") onPerson(value);
    else if (action !== undefined) onAction(action);
  };
  return (
    <Dialog title={text("palette.title")} closeLabel={text("action.close")} onClose={onClose} bare>
      <CommandList label={text("palette.title")} placeholder={text("palette.placeholder")} query={query} onQuery={setQuery} items={items} onChoose={choose} empty={text("palette.none")} />
    </Dialog>
  );
}
