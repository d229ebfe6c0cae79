// Does the person know that their account is on another machine too, was that them, and what did ending it do?
import { ShieldAlert, ShieldCheck, UserRoundSearch } from "lucide-react";
import { useState } from "react";
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

/** A strip for each, until the person says that it was them or ends it; what that did stays until they have read it. */
export function SignInNotices({ news }: { news: readonly NewSignIn[] }) {
  const backend = useBackend();
  const [ended, setEnded] = useState<readonly NewSignIn[]>([]);
  const [asked, setAsked] = useState<string | null>(null);
  // Called here and not in the question, which is gone as soon as the directory says so: maybe before the answer is here.
  const end = useCall((one: NewSignIn) => backend.endDevice(one.device).then(() => one), (one) => setEnded((before) => [...before, one]));
  const onEnd = (one: NewSignIn): void => {
    setAsked(one.device);
    end.go(one);
  };
  const isEnded = (one: NewSignIn): boolean => ended.some((other) => other.device === one.device);
  return (
    <>
      {ended.map((one) => <Ended key={one.device} one={one} onRead={() => setEnded(ended.filter((other) => other !== one))} />)}
      {news.filter((one) => !isEnded(one)).map((one) => <Notice key={one.device} one={one} ending={end.busy} failed={one.device === asked ? end.reason : null} onEnd={() => onEnd(one)} />)}
    </>
  );
}

function placeOf(one: NewSignIn): string {
  return one.location === "" ? one.workstation : `${one.workstation} (${one.location})`;
}

type NoticeProps = { one: NewSignIn; ending: boolean; /** What the end was refused with. */ failed: unknown; onEnd: () => void };

function Notice({ one, ending, failed, onEnd }: NoticeProps) {
  const text = useText();
  const times = useTimes();
  const now = useNow();
  const backend = useBackend();
  const answer = useCall((mine: boolean) => backend.answerSignIn(one.device, mine), () => undefined);
  const reason = failed ?? answer.reason;
  const says = text(one.denied ? "sign_ins.denied" : "sign_ins.new", { place: placeOf(one), day: times.day(one.at, now), time: times.clock(one.at) });
  return (
    <Strip tone={one.denied ? "loud" : "warn"} role="alert" icon={one.denied ? <ShieldAlert aria-hidden="true" /> : <UserRoundSearch aria-hidden="true" />}>
      <div className={styles.notice} data-testid="new-sign-in" data-denied={one.denied}>
        <span className={styles.says}>{says}</span>
        <span className={styles.buttons}>
          {one.denied ? <Button label={text("sign_ins.end")} variant="danger" busy={ending} disabled={answer.busy} onPress={onEnd} testId="sign-in-end" /> : null}
          <Button label={text(one.denied ? "sign_ins.mine_after_all" : "sign_ins.mine")} busy={answer.busy} disabled={ending} onPress={() => answer.go(true)} testId="sign-in-mine" />
          {one.denied ? null : <Button label={text("sign_ins.not_mine")} variant="danger" busy={answer.busy} onPress={() => answer.go(false)} testId="sign-in-not-mine" />}
        </span>
        {reason === null ? null : <ErrorNote reason={reason} />}
      </div>
    </Strip>
  );
}

function Ended({ one, onRead }: { one: NewSignIn; onRead: () => void }) {
  const text = useText();
  return (
    <Strip tone="warn" role="alert" icon={<ShieldCheck aria-hidden="true" />}>
      <div className={styles.notice} data-testid="sign-in-ended">
        <span className={styles.says}>{text("sign_ins.ended", { place: placeOf(one) })}</span>
        <Button label={text("action.done")} onPress={onRead} testId="sign-in-ended-read" />
      </div>
    </Strip>
  );
}
