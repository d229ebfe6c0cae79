// Does Sotto start with this computer, and may the person say so?
import { useBackground, useSetBackground } from "../../backend/queries/background";
import { useText } from "../../i18n/text";
import { ErrorNote } from "../../kit/ErrorNote/ErrorNote";
import { Switch } from "../../kit/Switch/Switch";

/** The switch, with what it is for; fixed where this machine's management demands it, absent where there is nothing to switch. */
export function BackgroundSection() {
  const text = useText();
  const background = useBackground();
  const set = useSetBackground();
  if (background.data === undefined || !background.data.possible) return null;
  const { on, demanded } = background.data;
  return (
    <>
      <Switch label={text("background.label")} hint={text(demanded ? "background.demanded" : "background.hint")} on={on} onChange={(next) => set.mutate(next)} disabled={demanded && on} testId="start-in-background" />
      {set.error === null ? null : <ErrorNote reason={set.error} />}
    </>
  );
}
