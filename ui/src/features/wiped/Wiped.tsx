// What does a workstation say that IT wiped? Plain words, what is safe, and the way back for IT.
import { Button } from "../../kit/Button/Button";
import { Card } from "../../kit/Card/Card";
import { useText } from "../../i18n/text";
import { useTimes } from "../../i18n/times";

/** The card; whom to call stands below it, as on every screen of the lock window. */
export function Wiped({ at, onEnrol }: { at: number; onEnrol: () => void }) {
  const text = useText();
  const times = useTimes();
  return (
    <Card title={text("wiped.title")} sub={text("wiped.sub", { time: times.full(at) })} foot={<Button label={text("wiped.enrol")} variant="quiet" onPress={onEnrol} />}>
      <p data-testid="wiped">{text("wiped.safe")}</p>
      <p>{text("wiped.do")}</p>
    </Card>
  );
}
