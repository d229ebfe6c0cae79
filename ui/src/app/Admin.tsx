// Where does an administrator look after people and workstations?
import type { Permissions, SessionView } from "../backend/bindings";
import { AdminStanding } from "../features/people/AskAdmin";
import { People } from "../features/people/People";
import { Commands } from "../features/workstations/Commands";
import { Groups } from "../features/workstations/Groups";
import { Incidents } from "../features/workstations/Incidents";
import { Workstations } from "../features/workstations/Workstations";
import { useText } from "../i18n/text";
import { Tabs, type TabItem } from "../kit/Tabs/Tabs";
import styles from "./Admin.module.css";

type Props = { session: SessionView; permissions: Permissions };

/** Only the halves that the person may administer or review. The core refuses the rest whatever is shown. */
export function Admin({ session, permissions }: Props) {
  const text = useText();
  const tabs: TabItem[] = [
    ...(permissions.people || permissions.review || permissions.root_sheets ? [{ id: "people", label: text("admin.people"), content: <People organisation={session.organisation} permissions={permissions} /> }] : []),
    ...(permissions.workstations || permissions.review ? [{ id: "workstations", label: text("admin.workstations"), content: <Workstations readOnly={!permissions.workstations} /> }] : []),
    ...(permissions.workstations || permissions.review ? [{ id: "commands", label: text("admin.commands"), content: <Commands readOnly={!permissions.workstations} /> }] : []),
    ...(permissions.workstations || permissions.review ? [{ id: "groups", label: text("admin.groups"), content: <Groups readOnly={!permissions.workstations} /> }] : []),
    ...(permissions.workstations || permissions.review ? [{ id: "incidents", label: text("admin.incidents"), content: <Incidents readOnly={!permissions.workstations} /> }] : []),
  ];
  return (
    <main className={styles.admin} data-pane="thread" data-testid="admin">
      <header className={styles.header}>
        <h1 className={styles.title}>{text("admin.title")}</h1>
        <p className={styles.sub}>{text("admin.sub")}</p>
      </header>
      <AdminStanding permissions={permissions} organisation={session.organisation} />
      {tabs.length === 0 ? null : <Tabs label={text("admin.title")} tabs={tabs} />}
    </main>
  );
}
