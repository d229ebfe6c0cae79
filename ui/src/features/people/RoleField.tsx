// What may a person do: one of seven roles, or a list of one's own?
import type { Permission, Role } from "../../backend/bindings";
import { useText } from "../../i18n/text";
import { Checkbox } from "../../kit/Checkbox/Checkbox";
import { Segmented } from "../../kit/Segmented/Segmented";
import { ADMINISTRATION, CONVERSATIONS, PERMISSIONS, ROLES } from "../../lib/roles";
import styles from "./People.module.css";

/** What is chosen so far. */
export type RoleDraft = { role: Role | null; permissions: readonly Permission[] };
type Props = { value: RoleDraft; onChange: (next: RoleDraft) => void; missing: boolean };

/** Nothing chosen. */
export const NO_ROLE: RoleDraft = { role: null, permissions: [] };

/** Whether it can be sent: a role, and of a custom one something that it may. */
export function isChosen(draft: RoleDraft): draft is { role: Role; permissions: readonly Permission[] } {
  return draft.role !== null && (draft.role !== "custom" || draft.permissions.length > 0);
}

/** The roles in sight, what the chosen one means, and the boxes of a custom one. */
export function RoleField({ value, onChange, missing }: Props) {
  const text = useText();
  const tick = (one: Permission, on: boolean): void => {
    // Administration and conversations exclude each other: ticking one takes the others away.
    const against = ADMINISTRATION.includes(one) ? CONVERSATIONS : CONVERSATIONS.includes(one) ? ADMINISTRATION : [];
    const next = PERMISSIONS.filter((other) => (other === one ? on : value.permissions.includes(other) && !(on && against.includes(other))));
    onChange({ ...value, permissions: next });
  };
  return (
    <div className={styles.role}>
      <Segmented label={text("role.label")} value={value.role} onChange={(role) => onChange({ role, permissions: role === value.role ? value.permissions : [] })} segments={ROLES.map((role) => ({ value: role, label: text(`role.${role}`) }))} />
      {value.role === null ? null : <p className={styles.roleHint} role="status">{text(`role.${value.role}_hint`)}</p>}
      {value.role === "custom" ? (
        <div role="group" aria-label={text("role.permissions")} className={styles.boxes}>
          {PERMISSIONS.map((one) => <Checkbox key={one} label={text(`permission.${one}`)} on={value.permissions.includes(one)} onChange={(on) => tick(one, on)} testId={`permission-${one}`} />)}
        </div>
      ) : null}
      {missing ? <p role="alert" className={styles.problem}>{text(value.role === null ? "role.missing" : "role.missing_permission")}</p> : null}
    </div>
  );
}
