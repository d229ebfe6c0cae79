// How is a patient, or a thread without one, named so that nobody takes one for another?
import type { PatientView, ThreadRow } from "../backend/bindings";

/** LAST, First (preferred): never shortened. */
export function patientName(patient: PatientView): string {
  const preferred = patient.preferred === null || patient.preferred === "" ? "" : ` (${patient.preferred})`;
  return `${patient.family}, ${patient.given}${preferred}`;
}

/** First letters of first and last name. */
export function patientInitials(patient: PatientView): string {
  return `${[...patient.given][0] ?? ""}${[...patient.family][0] ?? ""}`.toUpperCase();
}

/** What a thread is called: its patient, its title, or the other people in it. */
export function threadName(row: Pick<ThreadRow, "patient" | "title" | "people">): string {
  if (row.patient !== null) return patientName(row.patient);
  if (row.title !== null && row.title !== "") return row.title;
  return row.people.join(", ");
}

/** First letters of the first two words, for a thread without a patient. */
export function wordsInitials(name: string): string {
  return name.split(/\s+/u).filter((word) => /\p{L}|\p{N}/u.test(word)).slice(0, 2).map((word) => [...word][0] ?? "").join("").toUpperCase();
}
