// How does what a list shows get into a spreadsheet or another program?
import { useEffect, useState } from "react";
import { useText } from "../../i18n/text";
import { Button } from "../../kit/Button/Button";
import { CopyText } from "../../kit/CopyText/CopyText";
import { Dialog } from "../../kit/Dialog/Dialog";
import { ErrorNote } from "../../kit/ErrorNote/ErrorNote";
import { Segmented } from "../../kit/Segmented/Segmented";
import { Skeleton } from "../../kit/Skeleton/Skeleton";
import type { Exported, Form } from "./exported";
import styles from "./Workstations.module.css";

type Made = { form: Form; text: string } | { form: Form; reason: unknown };

/** The rows as text to copy. The window writes no files, and the shell empties the clipboard at lock. */
export function ExportDialog({ title, what, onClose }: { title: string; /** What stood there when it was asked for; it does not change while it is looked at. */ what: Exported; onClose: () => void }) {
  const text = useText();
  const [form, setForm] = useState<Form>("csv");
  const [made, setMade] = useState<Made | null>(null);
  useEffect(() => {
    let left = false;
    const tell = (next: Made): void => {
      if (!left) setMade(next);
    };
    what.textOf(form).then((said) => tell({ form, text: said }), (reason: unknown) => tell({ form, reason }));
    return () => {
      left = true;
    };
  }, [what, form]);
  const shown = made?.form === form ? made : null;
  return (
    <Dialog title={title} closeLabel={text("action.close")} onClose={onClose} footer={<Button label={text("action.done")} variant="primary" onPress={onClose} testId="export-done" />}>
      <div className={styles.form}>
        <Segmented label={text("export.form")} value={form} onChange={setForm} segments={[{ value: "csv", label: text("export.csv") }, { value: "json", label: text("export.json") }]} />
        {shown === null ? <Skeleton label={text("export.loading")} rows={2} shape="line" /> : "text" in shown ? <CopyText label={text("export.text", { n: what.rows })} value={shown.text} testId="export-text" /> : <ErrorNote reason={shown.reason} />}
        <p className={styles.hint}>{text("export.keep", { name: `${what.file}.${form}` })}</p>
        {form === "csv" ? <p className={styles.hint}>{text("export.formula")}</p> : null}
      </div>
    </Dialog>
  );
}
