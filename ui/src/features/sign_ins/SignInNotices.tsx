// Does the person know that their account is on another machine too, and was that them?
import { ShieldAlert, UserRoundSearch } from "lucide-react";
import type { NewSignIn } from "../../backend/bindings";
import { useBackend } from "../../backend/context";
import { useCall } from "../../backend/queries/call";
import { useText } from "../../i18n/text";
import { useTimes } from "../../i18n/times";
import { Button } from "../../kit/Button/Button";
import { ErrorNote } from "../../kit/ErrorNote/ErrorNote";
import { Strip } from "../../kit/Strip/Strip";
import { useNow } from "../../lib/time";
import styles from "./SignInNotices.module.css";

/** A strip for each, until the person says that it was them, or an administrator has shut it out. */
export function SignInNotices({ news }: { news: readonly NewSignIn[] }) {
  return news.map((one) => <Notice key={one.device} one={one} />);
}

function Notice({ one }: { one: NewSignIn }) {
  const text = useText();
  const times = useTimes();
  const now = useNow();
  const backend = useBackend();
  const answer = useCall((mine: boolean) => backend.answerSignIn(one.device, mine), () => undefined);
  const place = one.location === "" ? one.workstation : `${one.workstation} (${one.location})`;
  const says = text(one.denied ? "sign_ins.denied" : "sign_ins.new", { place, day: times.day(one.at, now), time: times.clock(one.at) });
  return (
    <Strip tone={one.denied ? "loud" : "warn"} role="alert" icon={one.denied ? <ShieldAlert aria-hidden="true" /> : <UserRoundSearch aria-hidden="true" />}>
      <div className={styles.notice} data-testid="new-sign-in" data-denied={one.denied}>
        <span className={styles.says}>{says}</span>
        <span className={styles.buttons}>
          <Button label={text(one.denied ? "sign_ins.mine_after_all" : "sign_ins.mine")} busy={answer.busy} onPress={() => answer.go(true)} testId="sign-in-mine" />
          {one.denied ? null : <Button label={text("sign_ins.not_mine")} variant="danger" busy={answer.busy} onPress={() => answer.go(false)} testId="sign-in-not-mine" />}
        </span>
        {answer.reason === null ? null : <ErrorNote reason={answer.reason} />}
      </div>
    </Strip>
  );
}
