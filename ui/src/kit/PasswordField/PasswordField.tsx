// How is a password typed, and looked at when nobody stands behind?
import { Eye, EyeOff } from "lucide-react";
import { useState, type Ref } from "react";
import { useText } from "../../i18n/text";
import { IconButton } from "../IconButton/IconButton";
import { TextField } from "../TextField/TextField";
import styles from "./PasswordField.module.css";

type Props = { label: string; hint?: string; value: string; onChange: (password: string) => void; error?: string | null; autoFocus?: boolean; disabled?: boolean; fresh?: boolean; testId?: string; ref?: Ref<HTMLInputElement> };

/** A password with an eye beside it. `fresh` is for one that is being chosen. */
export function PasswordField({ label, hint, value, onChange, error = null, autoFocus = false, disabled = false, fresh = false, testId, ref }: Props) {
  const text = useText();
  const [shown, setShown] = useState(false);
  return (
    <div className={styles.password}>
      <TextField ref={ref} label={label} hint={hint} type={shown ? "text" : "password"} value={value} onChange={onChange} error={error} autoFocus={autoFocus} testId={testId} disabled={disabled} maxLength={256} autoComplete={fresh ? "new-password" : "off"} />
      <IconButton label={text(shown ? "sign_in.hide_password" : "sign_in.show_password")} pressed={shown} className={styles.eye}
        icon={shown ? <EyeOff aria-hidden="true" /> : <Eye aria-hidden="true" />} onPress={() => setShown(!shown)} />
    </div>
  );
}
