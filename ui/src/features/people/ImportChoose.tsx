// Where does the list come from: a file, or what was copied out of a spreadsheet?
import { useState } from "react";
import { useText } from "../../i18n/text";
import { Button } from "../../kit/Button/Button";
import { DaysField } from "../../kit/DaysField/DaysField";
import { Dialog } from "../../kit/Dialog/Dialog";
import { ErrorNote } from "../../kit/ErrorNote/ErrorNote";
import { FileButton } from "../../kit/FileButton/FileButton";
import { PasteField } from "../../kit/PasteField/PasteField";
import { IMPORT_BYTES, IMPORT_ROWS, readPeople, readText, type ListProblem } from "../../lib/csv";
import type { Line } from "./ImportDialog";
import styles from "./People.module.css";

type Props = { days: number; onDays: (days: number) => void; busy: boolean; reason: unknown; onLines: (lines: Line[]) => void; onClose: () => void };

/** The list's text, and what is wrong with it as a whole. */
export function ImportChoose({ days, onDays, busy, reason, onLines, onClose }: Props) {
  const text = useText();
  const [list, setList] = useState("");
  const [file, setFile] = useState("");
  const [problem, setProblem] = useState<ListProblem | "too_large" | "unreadable" | null>(null);
  const take = async (from: File): Promise<void> => {
    setProblem(from.size > IMPORT_BYTES ? "too_large" : null);
    if (from.size > IMPORT_BYTES) return;
    setFile(from.name);
    setList(await readText(from));
  };
  const submit = async (): Promise<void> => {
    const read = await readPeople(list);
    setProblem(read.kind === "problem" ? read.problem : null);
    if (read.kind === "rows") onLines(read.rows);
  };
  const failed = (): void => setProblem("unreadable");
  return (
    <Dialog title={text("import.title")} closeLabel={text("action.close")} onClose={onClose} size="large" footer={<>
      <Button label={text("action.cancel")} onPress={onClose} />
      <Button label={text("import.check")} variant="primary" busy={busy} onPress={() => void submit().catch(failed)} testId="import-check" />
    </>}>
      <div className={styles.form}>
        <p>{text("import.body", { n: IMPORT_ROWS })}</p>
        <pre className={styles.example}>{text("import.example")}</pre>
        <div className={styles.choose}>
          <FileButton label={text("import.file")} accept={[".csv", ".txt", "text/csv", "text/plain"]} onFile={(from) => void take(from).catch(failed)} />
          {file === "" ? null : <span role="status"><bdi>{file}</bdi></span>}
        </div>
        <PasteField label={text("import.paste")} hint={text("import.paste_hint")} value={list} onChange={(next) => { setList(next); setProblem(null); }} rows={6} maxLength={IMPORT_BYTES} testId="import-text" />
        {problem === null ? null : <p role="alert" className={styles.problem}>{text(`import.problem_${problem}`, { n: IMPORT_ROWS })}</p>}
        <DaysField label={text("people.days")} value={days} onChange={onDays} />
        {reason === null ? null : <ErrorNote reason={reason} />}
      </div>
    </Dialog>
  );
}
