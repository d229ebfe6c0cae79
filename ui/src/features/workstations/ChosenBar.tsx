// What can be done with several machines at once?
import { FileDown, X } from "lucide-react";
import { useState } from "react";
import type { WorkstationEntry } from "../../backend/bindings";
import { useText } from "../../i18n/text";
import { Button } from "../../kit/Button/Button";
import { CommandDialog } from "./CommandDialog";
import { DEEDS, type Deed } from "./deeds";
import { ExportDialog } from "./ExportDialog";
import { exportMachines, type Exported } from "./exported";
import { GroupForm } from "./GroupForm";
import styles from "./Workstations.module.css";

/** The bar of what is chosen. Tokens and machines that are out are left out of every command. */
export function ChosenBar({ picked, onClear }: { picked: readonly WorkstationEntry[]; onClear: () => void }) {
  const text = useText();
  const [deed, setDeed] = useState<Deed | "group" | null>(null);
  const [exported, setExported] = useState<Exported | null>(null);
  const able = picked.filter((one) => one.state === "active");
  const left = picked.length - able.length;
  return (
    <div className={styles.chosenBar} role="region" aria-label={text("fleet.chosen", { n: picked.length })}>
      <strong role="status">{text("fleet.chosen", { n: picked.length })}</strong>
      <Button label={text("fleet.unchoose")} variant="quiet" icon={<X aria-hidden="true" />} onPress={onClear} />
      <Button label={text("export.action")} variant="quiet" icon={<FileDown aria-hidden="true" />} onPress={() => setExported(exportMachines(picked))} />
      {left === 0 ? null : <span className={styles.hint}>{text("fleet.chosen_left", { n: left })}</span>}
      <span className={styles.chosenActions}>
        {DEEDS.map((one) => <Button key={one} label={text(`command.${one}`)} variant={one === "wipe" ? "danger" : "secondary"} disabled={able.length === 0} onPress={() => setDeed(one)} testId={`chosen-${one}`} />)}
        <Button label={text("fleet.chosen_group")} disabled={able.length === 0} onPress={() => setDeed("group")} />
      </span>
      {deed === null || deed === "group" ? null : <CommandDialog deed={deed} machines={able} onClose={() => setDeed(null)} />}
      {exported === null ? null : <ExportDialog title={text("export.title_chosen")} what={exported} onClose={() => setExported(null)} />}
      {deed === "group" ? <GroupForm group={null} chosen={able.map((one) => one.id)} onClose={() => setDeed(null)} /> : null}
    </div>
  );
}
