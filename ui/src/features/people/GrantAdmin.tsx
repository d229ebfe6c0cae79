// How is somebody who asked made an administrator: by the root's key in this vault, or by its printed sheets?
import { Plus } from "lucide-react";
import { useState } from "react";
import type { PersonView, SheetsView } from "../../backend/bindings";
import { useBackend } from "../../backend/context";
import { useCall } from "../../backend/queries/call";
import { useStaffChanged } from "../../backend/queries/staff";
import { ERROR_SENTENCES } from "../../i18n/errors";
import { useText } from "../../i18n/text";
import { announce } from "../../kit/Announcer/announce";
import { Button } from "../../kit/Button/Button";
import { Dialog } from "../../kit/Dialog/Dialog";
import { ErrorNote } from "../../kit/ErrorNote/ErrorNote";
import { PasteField } from "../../kit/PasteField/PasteField";
import styles from "./People.module.css";

/** As many as a root is ever shared over. */
const SHEETS = 16;

type Props = { person: PersonView; /** Whether the root's key is in this vault and may grant this person. */ byRoot: boolean; onClose: () => void };

/** What follows, and the sheets where they are needed. */
export function GrantAdmin({ person, byRoot, onClose }: Props) {
  const text = useText();
  const backend = useBackend();
  const changed = useStaffChanged();
  const [sheets, setSheets] = useState<readonly string[]>(byRoot ? [] : ["", ""]);
  const [read, setRead] = useState<SheetsView | null>(null);
  const typed = sheets.filter((sheet) => sheet.trim() !== "");
  const grant = useCall(async () => {
    const checked = byRoot ? null : await backend.checkRootSheets(typed);
    setRead(checked);
    if (checked !== null && checked.problem !== null) return false;
    await backend.grantAdmin({ account: person.account, sheets: typed });
    return true;
  }, (done) => {
    if (!done) return;
    changed();
    announce(text("grant.said", { name: person.name }));
    onClose();
  });
  const change = (place: number, sheet: string): void => {
    setRead(null);
    setSheets(sheets.map((one, index) => (index === place ? sheet : one)));
  };
  /** What is wrong with the sheet in a box; boxes that are empty were not read. */
  const problem = (place: number): string | null => {
    if (sheets[place]?.trim() === "") return null;
    const one = read?.sheets[sheets.slice(0, place).filter((sheet) => sheet.trim() !== "").length];
    if (one === undefined || one.problem === null) return null;
    const says = text(ERROR_SENTENCES[one.problem].says);
    return one.line === null ? says : `${text("grant.line", { n: one.line })} ${says}`;
  };
  const whole = read !== null && read.problem !== null && read.sheets.every((sheet) => sheet.problem === null) ? read.problem : null;
  return (
    <Dialog title={text("grant.title", { name: person.name })} closeLabel={text("action.close")} onClose={onClose} size={byRoot ? undefined : "large"} footer={<>
      <Button label={text("action.cancel")} onPress={onClose} />
      <Button label={text("grant.do")} variant="primary" busy={grant.busy} disabled={!byRoot && typed.length === 0} onPress={() => grant.go()} testId="grant-admin" />
    </>}>
      <div className={styles.form}>
        <p>{text("grant.body")}</p>
        {byRoot ? null : <p>{text("grant.sheets_body")}</p>}
        {sheets.map((sheet, place) => (
          // The boxes have no other identity than their place.
          // oxlint-disable-next-line react/no-array-index-key
          <PasteField key={place} label={text("grant.sheet", { n: place + 1 })} value={sheet} onChange={(next) => change(place, next)} rows={5} error={problem(place)} testId={`sheet-${place + 1}`} />
        ))}
        {byRoot || sheets.length >= SHEETS ? null : <div><Button label={text("grant.more")} icon={<Plus aria-hidden="true" />} onPress={() => setSheets([...sheets, ""])} testId="sheet-more" /></div>}
        {whole === null ? null : <ErrorNote reason={{ code: whole, retry_after_seconds: null }} />}
        {grant.reason === null ? null : <ErrorNote reason={grant.reason} />}
      </div>
    </Dialog>
  );
}
