// Whose thread is this? The patient's identifiers, in sight at all times; neutral when there is no patient.
import { ArrowLeft, CircleAlert, PanelRight, Search, UsersRound } from "lucide-react";
import type { ReactNode } from "react";
import type { PatientView, ThreadView } from "../../backend/bindings";
import { useText } from "../../i18n/text";
import { useTimes } from "../../i18n/times";
import { Avatar } from "../../kit/Avatar/Avatar";
import { Badge } from "../../kit/Badge/Badge";
import { IconButton } from "../../kit/IconButton/IconButton";
import { patientInitials, patientName, threadName } from "../../lib/patient";
import { useNow } from "../../lib/time";
import styles from "./Banner.module.css";

type Props = { view: ThreadView; contextOpen: boolean; onBack: () => void; onFind: () => void; onContext: () => void };

/** The banner above the log. */
export function Banner({ view, contextOpen, onBack, onFind, onContext }: Props) {
  const text = useText();
  const { patient } = view.row;
  const dark = patient !== null;
  const tools = (
    <div className={styles.tools}>
      <IconButton onDark={dark} label={text("thread.find")} icon={<Search aria-hidden="true" />} onPress={onFind} />
      <IconButton onDark={dark} label={text("thread.context")} pressed={contextOpen} icon={<PanelRight aria-hidden="true" />} onPress={onContext} />
    </div>
  );
  const back = <IconButton onDark={dark} label={text("thread.back")} className={styles.back} icon={<ArrowLeft aria-hidden="true" />} onPress={onBack} />;
  return patient === null ? <Neutral view={view} back={back} tools={tools} /> : <Patient patient={patient} back={back} tools={tools} />;
}

function Patient({ patient, back, tools }: { patient: PatientView; back: ReactNode; tools: ReactNode }) {
  const text = useText();
  const times = useTimes();
  const now = useNow();
  return (
    <header className={styles.banner} data-testid="patient-banner">
      {back}
      <Avatar initials={patientInitials(patient)} tone="patient" />
      <div className={styles.words}>
        <div className={styles.line}>
          <h2 className={styles.name} id="thread-title"><bdi>{patientName(patient)}</bdi></h2>
          {patient.similar === null ? null : <Badge tone="onDark" icon={<CircleAlert aria-hidden="true" />}><bdi>{text("patient.similar", { name: patient.similar })}</bdi></Badge>}
        </div>
        <p className={styles.ids}>
          <span><b>{times.birth(patient.birth_date)}</b> · {times.age(patient.birth_date, now)}</span>
          <span>{text("patient.mrn")} <b><bdi>{patient.mrn}</bdi></b></span>
          {patient.pronouns === null ? null : <span><bdi>{patient.pronouns}</bdi></span>}
          {patient.language === null ? null : <span><bdi>{patient.language}</bdi></span>}
        </p>
      </div>
      {tools}
    </header>
  );
}

function Neutral({ view, back, tools }: { view: ThreadView; back: ReactNode; tools: ReactNode }) {
  const text = useText();
  return (
    <header className={`${styles.banner} ${styles.neutral}`}>
      {back}
      <span className={styles.sign} aria-hidden="true"><UsersRound /></span>
      <div className={styles.words}>
        <h2 className={styles.name} id="thread-title"><bdi>{threadName(view.row)}</bdi></h2>
        <p className={styles.ids}><span>{text("thread.no_patient")}</span><span>{text("thread.people", { n: view.members.length })}</span></p>
      </div>
      {tools}
    </header>
  );
}
