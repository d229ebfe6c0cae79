// What does a workstation say that IT wiped? What to do now, what is safe and what is not, and the way back for IT.
import { CircleCheck, MonitorOff, PenLine } from "lucide-react";
import { Button } from "../../kit/Button/Button";
import { Card } from "../../kit/Card/Card";
import { useText } from "../../i18n/text";
import { useTimes } from "../../i18n/times";
import styles from "./Wiped.module.css";

type Props = { at: number; /** Whom to call, as the clinic says it; may be empty. */ help: string; onEnrol: () => void };

/** The card. Somebody in a hurry reads the title and the first line, and knows where to go. */
export function Wiped({ at, help, onEnrol }: Props) {
  const text = useText();
  const times = useTimes();
  return (
    <div className={styles.wiped}>
      <span className={styles.sign} aria-hidden="true"><MonitorOff /></span>
      <Card title={text("wiped.title")} sub={text("wiped.sub", { time: times.full(at) })} foot={<Button label={text("wiped.enrol")} variant="quiet" onPress={onEnrol} testId="wiped-enrol" />}>
        <p className={styles.now} data-testid="wiped">{text("wiped.do")}</p>
        <ul className={styles.facts}>
          <li><CircleCheck aria-hidden="true" />{text("wiped.safe")}</li>
          <li><PenLine aria-hidden="true" />{text("wiped.unsent")}</li>
        </ul>
        <p className={styles.call}>{help === "" ? text("wiped.call") : text.rich("wiped.call_help", { help: <strong key="help"><bdi>{help}</bdi></strong> })}</p>
      </Card>
    </div>
  );
}
