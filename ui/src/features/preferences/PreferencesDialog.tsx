// How does the person like their screen?
import type { Language, Preferences, Theme } from "../../backend/bindings";
import { useSavePreferences, useSession } from "../../backend/queries/session";
import { useText } from "../../i18n/text";
import { Button } from "../../kit/Button/Button";
import { Dialog } from "../../kit/Dialog/Dialog";
import { ErrorNote } from "../../kit/ErrorNote/ErrorNote";
import { Segmented } from "../../kit/Segmented/Segmented";
import { Switch } from "../../kit/Switch/Switch";
import { BackgroundSection } from "./BackgroundSection";
import { OwnRulesSection } from "./OwnRulesSection";
import { PinSection } from "./PinSection";
import { RulesSection } from "./RulesSection";
import { SignInsSection } from "./SignInsSection";
import styles from "./PreferencesDialog.module.css";

const THEMES: readonly Theme[] = ["system", "light", "dark", "high_contrast"];
const LANGUAGES: readonly Language[] = ["en", "es"];
const DENSITIES: readonly Preferences["density"][] = ["comfortable", "compact"];

/** Every change is saved at once. */
export function PreferencesDialog({ preferences, onClose }: { preferences: Preferences; onClose: () => void }) {
  const text = useText();
  const session = useSession();
  const save = useSavePreferences();
  const change = (part: Partial<Preferences>): void => save.mutate({ ...preferences, ...part });
  return (
    <Dialog title={text("preferences.title")} closeLabel={text("action.close")} onClose={onClose} footer={<Button label={text("action.done")} variant="primary" onPress={onClose} />}>
      <div className={styles.form}>
        <Segmented label={text("preferences.theme")} value={preferences.theme} onChange={(theme) => change({ theme })} segments={THEMES.map((one) => ({ value: one, label: text(`theme.${one}`) }))} />
        <Segmented label={text("preferences.language")} value={preferences.language} onChange={(language) => change({ language })} segments={LANGUAGES.map((one) => ({ value: one, label: text(`language.${one}`) }))} />
        <Segmented label={text("preferences.density")} value={preferences.density} onChange={(density) => change({ density })} segments={DENSITIES.map((one) => ({ value: one, label: text(`density.${one}`) }))} />
        <Switch label={text("preferences.single_keys")} hint={text("preferences.single_keys_hint")} on={preferences.single_keys} onChange={(single_keys) => change({ single_keys })} />
        <Switch label={text("preferences.context")} hint={text("preferences.context_hint")} on={preferences.context_open} onChange={(context_open) => change({ context_open })} />
        <BackgroundSection />
        {session.data === undefined ? null : <PinSection set={session.data.pin_set} />}
        <SignInsSection />
        <RulesSection />
        <OwnRulesSection />
        {save.error === null ? null : <ErrorNote reason={save.error} />}
      </div>
    </Dialog>
  );
}
