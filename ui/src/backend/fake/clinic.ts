// What does the synthetic clinic hold? People, patients and threads that nobody real stands behind.
import type { DirectoryPerson, FileView, MessageView, PatientView, Priority, Role, ThreadClass, ThreadWarning } from "../bindings";

/** A person of the fake clinic. */
export type Person = Omit<DirectoryPerson, "me"> & { role: Role };

/** The classes that the roles of the fake's people open, as the core would say it. */
export const ROLE_CLASSES: Record<Role, ThreadClass[]> = {
  physician: ["clinical", "scheduling", "staff"], nurse: ["clinical", "scheduling", "staff"], front_desk: ["scheduling", "staff"], billing: ["billing", "staff"],
  it_admin: [], privacy_officer: [], custom: ["clinical", "scheduling", "billing", "staff"],
};

/** A thread with its log, as the fake keeps it. */
export type FakeThread = {
  id: string; class: ThreadClass; title: string | null; patient: PatientView | null; members: string[]; reason: string | null;
  warnings: ThreadWarning[]; readSeq: number; lastSeq: number; at: (seq: number) => MessageView; extra: MessageView[];
};

const person = (account: string, name: string, title: string, initials: string, role: Role = "nurse", revoked = false): Person =>
  ({ account, name, title, initials, revoked, role, classes: revoked ? [] : ROLE_CLASSES[role] });

/** Whom the directory lists. The first is signed in unless a test says otherwise. */
export const PEOPLE: Person[] = [
  person("acc-noor", "Noor Example", "Triage nurse", "NE", "custom"),
  person("acc-theo", "Theo Specimen", "Physician, internal medicine", "TS", "physician"),
  person("acc-mina", "Mina Placeholder", "Front desk", "MP", "front_desk"),
  person("acc-iris", "Iris Instance", "Charge nurse, 3 West", "II"),
  person("acc-omar", "Omar Testcase", "Cardiology fellow", "OT", "physician"),
  person("acc-june", "June Nobody", "Billing", "JN", "billing"),
  person("acc-lena", "Lena Sampleton", "Pharmacist", "LS"),
  person("acc-luis", "Luis Ejemplo", "Nurse, day clinic", "LE"),
  person("acc-avi", "אבי Example", "Interpreter", "AE"),
  person("acc-long", "Maximiliana Featherstonehaugh-Wolfeschlegelsteinhausen de la Ejemplificación", "Consultant anaesthetist and clinical lead for peri-operative medicine", "MF"),
  person("acc-gone", "Perry Former", "Nurse, 3 West", "PF", "nurse", true),
];

const patient = (family: string, given: string, birth_date: string, mrn: string, more: Partial<PatientView> = {}): PatientView =>
  ({ family, given, birth_date, mrn, preferred: null, pronouns: null, language: null, similar: null, ...more });

const PATIENTS = {
  ada: patient("SAMPLE", "Ada", "1961-03-04", "004-118-27", { pronouns: "she/her", language: "English", similar: "SAMPLE, Adam" }),
  luis: patient("EXAMPLE", "Luis", "1978-11-19", "004-220-91", { preferred: "Lucho", pronouns: "he/him", language: "Spanish" }),
  mina: patient("PLACEHOLDER", "Mina", "1990-06-02", "004-318-05", { language: "English" }),
  theo: patient("SPECIMEN", "Theo", "2019-01-23", "004-411-60"),
  adam: patient("SAMPLE", "Adam", "1983-09-30", "004-118-72", { similar: "SAMPLE, Ada" }),
  june: patient("NOBODY", "June", "1949-12-31", "004-502-13", { pronouns: "they/them", language: "English" }),
  long: patient("FEATHERSTONEHAUGH-WOLFESCHLEGELSTEINHAUSENBERGERDORFF", "Maximiliana Wilhelmina", "1957-08-08", "004-777-77", { preferred: "Max", language: "German" }),
  rtl: patient("דוגמה", "נור", "2001-02-14", "004-888-01", { language: "Hebrew" }),
};

const MINUTE = 60_000;
type Line = { by: string; ago: number; text: string; priority?: Priority; file?: FileView };
type Spec = { id: string; class: ThreadClass; title?: string; patient?: PatientView; members: string[]; reason?: string; lines: Line[]; read?: number; warnings?: ThreadWarning[] };

const ME = "acc-noor";
const line = (by: string, ago: number, text: string, priority: Priority = "fyi"): Line => ({ by, ago, text, priority });

const SPECS: Spec[] = [
  { id: "thr-ada", class: "clinical", patient: PATIENTS.ada, members: [ME, "acc-theo", "acc-omar", "acc-iris"], reason: "Symptoms", read: 6, lines: [
    line("acc-iris", 1470, "Bed 4 is free from 18:00 if we need it for observation."),
    line(ME, 1465, "Thank you. I will let Theo know."),
    line("acc-theo", 34, "She called this morning: tight chest since last night when she climbs the stairs, left arm feels heavy.", "concern"),
    line(ME, 31, "No cardiac history on file. Calling her now.\nAsking cardiology to stand by.", "action"),
    line(ME, 30, "Last ECG was in January, sinus rhythm, no ST changes."),
    line("acc-omar", 22, "Seen. Send her to the ED by ambulance, do not let her drive. I will meet her there.", "stat"),
    line("acc-omar", 21, "Troponin and 12-lead on arrival, please."),
    line("acc-theo", 18, "Agreed. Who tells the family?", "action"),
  ] },
  { id: "thr-luis", class: "clinical", patient: PATIENTS.luis, members: [ME, "acc-lena", "acc-theo"], reason: "Refill", read: 2, lines: [
    line("acc-theo", 60, "He has two tablets of lisinopril left. Can we bridge until Thursday?", "action"),
    line("acc-lena", 41, "Seven days are ready at the counter. Needs a signature on the renewal before Thursday noon.", "action"),
  ] },
  { id: "thr-mina", class: "clinical", patient: PATIENTS.mina, members: [ME, "acc-iris"], reason: "Results", lines: [
    { ...line("acc-iris", 66, "Wound day 4: dry, no redness."), file: { name: "wound-day-4.png", media_type: "image/png", bytes: 1_843_200, here: 0, parts: 2, viewable: true } },
    line(ME, 64, "Good. Next dressing on Friday."),
  ] },
  { id: "thr-theo", class: "scheduling", patient: PATIENTS.theo, members: [ME, "acc-mina"], reason: "Appointment", read: 1, lines: [
    line("acc-mina", 75, "Mother asks whether Thursday can move to the afternoon. 15:20 is free."),
  ] },
  { id: "thr-adam", class: "billing", patient: PATIENTS.adam, members: [ME, "acc-june"], reason: "Billing", lines: [
    line("acc-june", 121, "The letter was sent in error. A corrected one goes out today."),
    line(ME, 118, "I told him on the phone. He is fine with that."),
  ] },
  { id: "thr-iris", class: "staff", members: [ME, "acc-iris"], read: 1, lines: [
    line("acc-iris", 9, "Can you take the 14:30 huddle for me? I am stuck in 3 West.", "action"),
  ] },
  { id: "thr-june", class: "clinical", patient: PATIENTS.june, members: [ME, "acc-theo"], reason: "Forms", warnings: ["unreadable_epoch"], lines: [
    line("acc-theo", 160, "School asks for the vaccine sheet by Monday."),
    line(ME, 150, "Printed and signed, at the desk."),
  ] },
  { id: "thr-west", class: "staff", title: "3 West night shift", members: [ME, "acc-iris", "acc-luis", "acc-theo", "acc-gone"], lines: [
    line("acc-luis", 610, "Handover done. Two new admissions, both stable."),
    line("acc-iris", 600, "Thanks everyone, quiet night."),
  ] },
  { id: "thr-long", class: "clinical", patient: PATIENTS.long, members: [ME, "acc-long", "acc-avi"], reason: "Pre-operative assessment", read: 0, lines: [
    line("acc-long", 200, "Anaesthesia review is complete. A-very-long-identifier-without-any-space-XQZ-00000000000000000000000000000000000000000000000000000000000000000000000000000000-END should wrap."),
    line("acc-avi", 190, "שלום, אני זמין לתרגום ב-14:00. I can interpret at 14:00."),
  ] },
  { id: "thr-rtl", class: "scheduling", patient: PATIENTS.rtl, members: [ME, "acc-avi"], reason: "Interpreter", lines: [
    line("acc-avi", 320, "מאשר את התור ליום חמישי."),
  ] },
];

const seqView = (thread: string, seq: number, mine: boolean, by: Line, now: number): MessageView => ({
  kind: "message", entry: `${thread}-${seq}`, seq, author: by.by, author_name: nameOf(by.by), mine, at: now - by.ago * MINUTE,
  text: by.text, priority: by.priority ?? "fyi", state: mine ? { kind: "on_server" } : { kind: "received" }, file: by.file ? { ...by.file } : null,
});

/** The name the directory has for an account. */
export function nameOf(account: string): string {
  return PEOPLE.find((one) => one.account === account)?.name ?? account;
}

/** The login name of somebody in the fake clinic. */
export function loginOf(account: string): string {
  const [first = "", ...rest] = nameOf(account).normalize("NFD").replaceAll(/[^A-Za-z ]/gu, "").toLowerCase().trim().split(/\s+/u);
  return [first, rest.at(-1)].filter((word) => word !== undefined && word !== "").join(".");
}

function build(spec: Spec, now: number): FakeThread {
  const first = spec.lines[0];
  const created: MessageView = { kind: "change", entry: `${spec.id}-1`, seq: 1, author_name: nameOf(first?.by ?? ME), at: now - ((first?.ago ?? 0) + 1) * MINUTE, change: "created" };
  const log: MessageView[] = [created, ...spec.lines.map((one, index) => seqView(spec.id, index + 2, one.by === ME, one, now))];
  if (spec.id === "thr-june") log.push({ kind: "tombstone", entry: "thr-june-x", seq: log.length + 1, at: now - 140 * MINUTE, reason: "cannot_decrypt" });
  return {
    id: spec.id, class: spec.class, title: spec.title ?? null, patient: spec.patient ?? null, members: spec.members, reason: spec.reason ?? null,
    warnings: spec.warnings ?? [], readSeq: spec.read ?? log.length, lastSeq: log.length, extra: [],
    at: (seq) => log[seq - 1] ?? created,
  };
}

const SMALL_TALK = ["Noted.", "On my way.", "Please check the pump in bed 6, it beeped twice and then stopped.", "Done.", "Labs are back and unremarkable.", "Can somebody cover the desk for ten minutes? I have to walk a patient to imaging and will be back right after that."];

/** A thread of `count` messages whose rows are computed when asked for. */
function longThread(count: number, now: number): FakeThread {
  const authors = [ME, "acc-iris", "acc-iris", "acc-theo", "acc-luis"];
  return {
    id: "thr-huge", class: "staff", title: "Ward channel, all shifts", patient: null, members: [ME, "acc-iris", "acc-theo", "acc-luis"], reason: null,
    warnings: [], readSeq: count, lastSeq: count, extra: [],
    at: (seq) => {
      const by = authors[(seq >> 1) % authors.length] ?? ME;
      const text = `${SMALL_TALK[seq % SMALL_TALK.length] ?? ""} (${seq})`;
      return seqView("thr-huge", seq, by === ME, line(by, 700 + (count - seq) * 3, text), now);
    },
  };
}

/** Every thread, newest first by construction of the list. */
export function makeThreads(now: number): FakeThread[] {
  const threads = [...SPECS.map((spec) => build(spec, now)), longThread(50_000, now)];
  const ada = threads[0];
  ada?.extra.push({
    kind: "message", entry: "out-failed", seq: null, author: ME, author_name: nameOf(ME), mine: true, at: now - 12 * MINUTE,
    text: "I will call her daughter now and note the time.", priority: "fyi", state: { kind: "failed", code: "too_large" }, file: null,
  });
  return threads;
}
