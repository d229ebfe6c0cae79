// Which dialog is open over the panes?
import type { Preferences, ThreadClass } from "../backend/bindings";
import { HelpDialog } from "../features/help/HelpDialog";
import { NewThread } from "../features/new_thread/NewThread";
import { Palette, type PaletteAction } from "../features/palette/Palette";
import { PreferencesDialog } from "../features/preferences/PreferencesDialog";
import type { Command } from "../lib/keys";

/** The open dialog, or none. */
export type Opened = null | { kind: "palette" } | { kind: "help" } | { kind: "preferences" } | { kind: "new_thread"; with: string | null };

type Props = {
  opened: Opened; preferences: Preferences; hasThread: boolean; admin: boolean; /** The kinds of conversation the person may be in. */ classes: readonly ThreadClass[];
  onClose: () => void; onDialog: (next: Opened) => void; onThread: (thread: string) => void; onMade: (thread: string) => void; onCommand: (command: Command) => void; onAdmin: () => void;
};

/** One dialog at a time. */
export function Dialogs({ opened, preferences, hasThread, admin, classes, onAdmin, onClose, onDialog, onThread, onMade, onCommand }: Props) {
  if (opened === null) return null;
  const act = (action: PaletteAction): void => {
    if (action === "preferences") onDialog({ kind: "preferences" });
    else if (action === "admin") onAdmin();
    // The palette is still closing and gives the focus back; the command comes after that.
    else requestAnimationFrame(() => requestAnimationFrame(() => onCommand(action)));
  };
  switch (opened.kind) {
    case "palette": return <Palette onThread={onThread} onPerson={(account) => onDialog({ kind: "new_thread", with: account })} onAction={act} onClose={onClose} hasThread={hasThread} admin={admin} writes={classes.length > 0} />;
    case "help": return <HelpDialog singleKeys={preferences.single_keys} onClose={onClose} />;
    case "preferences": return <PreferencesDialog preferences={preferences} onClose={onClose} />;
    case "new_thread": return <NewThread with={opened.with} classes={classes} onMade={onMade} onClose={onClose} />;
    default: {
      const never: never = opened;
      return never;
    }
  }
}
