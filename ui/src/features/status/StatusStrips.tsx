// What holds for the whole window right now: offline, catching up, an unsafe key store, a vault put back?
import { CloudOff, DownloadCloud, History, KeyRound, LoaderCircle, ShieldAlert } from "lucide-react";
import { useCallback, useState } from "react";
import type { AppEvent, SessionView } from "../../backend/bindings";
import { useEvents } from "../../backend/queries/events";
import { useText } from "../../i18n/text";
import { Strip } from "../../kit/Strip/Strip";

/** The strips above the panes. The loud ones stay until the cause is gone. */
export function StatusStrips({ session }: { session: SessionView }) {
  const text = useText();
  const [progress, setProgress] = useState<{ done: number; total: number } | null>(null);
  const listen = useCallback((event: AppEvent) => {
    if (event.kind === "catching_up") setProgress(event.done >= event.total ? null : { done: event.done, total: event.total });
  }, []);
  useEvents(listen);
  return (
    <>
      {session.insecure_keyring ? <Strip tone="loud" role="alert" icon={<KeyRound aria-hidden="true" />}>{text("status.insecure_keyring")}</Strip> : null}
      {session.rolled_back ? <Strip tone="loud" role="alert" icon={<History aria-hidden="true" />}>{text("status.rolled_back")}</Strip> : null}
      {session.directory_warning === null ? null : <Strip tone="loud" role="alert" icon={<ShieldAlert aria-hidden="true" />}>{text(`status.directory.${session.directory_warning}`)}</Strip>}
      {session.connection === "offline" ? <Strip tone="calm" icon={<CloudOff aria-hidden="true" />}>{text("status.offline")}</Strip> : null}
      {session.connection === "connecting" ? <Strip tone="calm" icon={<LoaderCircle aria-hidden="true" />}>{text("status.connecting")}</Strip> : null}
      {progress === null ? null : <Strip tone="calm" role="note" icon={<DownloadCloud aria-hidden="true" />}>{text("status.catching_up", { done: progress.done, total: progress.total })}</Strip>}
    </>
  );
}
