// Is there a patient, and are all four identifiers there?
import { useState } from "react";
import type { PatientView } from "../../backend/bindings";

/** The four identifiers as typed. */
export type PatientFields = { family: string; given: string; mrn: string; birth: string | null };

/** The form of the optional patient. `patient` is complete or null; `incomplete` says that something was begun. */
export function usePatientForm() {
  const [about, setAbout] = useState(false);
  const [fields, setFields] = useState<PatientFields>({ family: "", given: "", mrn: "", birth: null });
  const { family, given, mrn, birth } = fields;
  const complete = family.trim() !== "" && given.trim() !== "" && mrn.trim() !== "" && birth !== null;
  const patient: PatientView | null = about && complete
    ? { family: family.trim().toLocaleUpperCase(), given: given.trim(), mrn: mrn.trim(), birth_date: birth, preferred: null, pronouns: null, language: null, similar: null }
    : null;
  return { about, setAbout, fields, set: (part: Partial<PatientFields>) => setFields((old) => ({ ...old, ...part })), patient, incomplete: about && !complete };
}
