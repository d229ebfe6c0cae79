// What does the lock window show: a machine that is new, the tiles, somebody who arrives, or whose session is locked?
import { QueryClientProvider } from "@tanstack/react-query";
import { useState } from "react";
import type { WorkstationView } from "../backend/bindings";
import { BackendProvider } from "../backend/context";
import type { Backend } from "../backend/port";
import { makeQueryClient } from "../backend/queries/client";
import { useCacheEvents } from "../backend/queries/events";
import { useWorkstation } from "../backend/queries/session";
import { Enrol } from "../features/enrol/Enrol";
import { EnrolWorkstation } from "../features/enrol_workstation/EnrolWorkstation";
import { Recover } from "../features/recover/Recover";
import { Locked } from "../features/sign_in/Locked";
import { SignIn } from "../features/sign_in/SignIn";
import { SomeoneElse } from "../features/sign_in/SomeoneElse";
import { Wiped } from "../features/wiped/Wiped";
import { TextProvider, useText } from "../i18n/text";
import { Announcer } from "../kit/Announcer/Announcer";
import { ErrorNote } from "../kit/ErrorNote/ErrorNote";
import { Skeleton } from "../kit/Skeleton/Skeleton";
import { useAppearance } from "./appearance";
import { LockFrame } from "./LockFrame";
import styles from "./LockFrame.module.css";

/** The lock window over a backend. */
export function LockApp({ backend }: { backend: Backend }) {
  const [client] = useState(makeQueryClient);
  return (
    <QueryClientProvider client={client}>
      <BackendProvider backend={backend}>
        <Window />
      </BackendProvider>
    </QueryClientProvider>
  );
}

function Window() {
  useCacheEvents();
  const workstation = useWorkstation();
  const language = workstation.data?.language ?? (navigator.language.startsWith("es") ? "es" : "en");
  useAppearance(workstation.data?.theme ?? "system", "comfortable", language);
  return (
    <TextProvider language={language}>
      {workstation.data === undefined
        ? <Waiting reason={workstation.error} onRetry={() => void workstation.refetch()} />
        : <LockFrame view={workstation.data}><Screen view={workstation.data} /></LockFrame>}
      <Announcer />
    </TextProvider>
  );
}

function Waiting({ reason, onRetry }: { reason: unknown; onRetry: () => void }) {
  const text = useText();
  return <main className={styles.waiting}><h1 className="visually-hidden">{text("app.name")}</h1>{reason === null ? <Skeleton label={text("lock.loading")} rows={3} shape="line" /> : <ErrorNote pane reason={reason} onRetry={onRetry} />}</main>;
}

type Place = "start" | "tiles" | "settled" | "enrol" | "someone" | "recover";

function Screen({ view }: { view: WorkstationView }) {
  const [place, setPlace] = useState<Place>("start");
  // The new machine says whose it is before the tiles come, though the core knows it already.
  const [arriving, setArriving] = useState(!view.enrolled);
  const [again, setAgain] = useState(false);
  if (!view.enrolled && view.wiped_at !== null && !again) return <Wiped at={view.wiped_at} help={view.help} onEnrol={() => setAgain(true)} />;
  if (!view.enrolled || arriving) return <EnrolWorkstation here={view.enrolled} onDone={() => setArriving(false)} />;
  const toTiles = (): void => setPlace("tiles");
  const toSomeone = (): void => setPlace("someone");
  switch (place) {
    case "enrol": return <Enrol organisation={view.organisation} onGone={() => setPlace("settled")} onBack={toTiles} />;
    case "someone": return <SomeoneElse connection={view.connection} onBack={toTiles} onLost={() => setPlace("recover")} />;
    case "recover": return <Recover organisation={view.organisation} onGone={() => setPlace("settled")} onBack={toSomeone} />;
    case "start": case "tiles": case "settled": {
      const tile = place === "start" && view.locked !== null ? view.people.find((person) => person.account === view.locked?.account) : undefined;
      if (view.locked !== null && tile !== undefined) return <Locked person={tile} locked={view.locked} onSwitch={toTiles} onFull={toSomeone} />;
      return <SignIn view={view} settled={place === "settled"} onInvite={() => setPlace("enrol")} onSomeone={toSomeone} />;
    }
    default: {
      const never: never = place;
      return never;
    }
  }
}
