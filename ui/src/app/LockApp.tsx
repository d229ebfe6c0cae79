// What does the lock window show: enrol, the tiles, or whose session is locked?
import { QueryClientProvider } from "@tanstack/react-query";
import { useState } from "react";
import type { WorkstationView } from "../backend/bindings";
import { BackendProvider } from "../backend/context";
import type { Backend } from "../backend/port";
import { makeQueryClient } from "../backend/queries/client";
import { useCacheEvents } from "../backend/queries/events";
import { useWorkstation } from "../backend/queries/session";
import { Enrol } from "../features/enrol/Enrol";
import { Locked } from "../features/sign_in/Locked";
import { SignIn } from "../features/sign_in/SignIn";
import { TextProvider, useText } from "../i18n/text";
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
    </TextProvider>
  );
}

function Waiting({ reason, onRetry }: { reason: unknown; onRetry: () => void }) {
  const text = useText();
  return <main className={styles.waiting}><h1 className="visually-hidden">{text("app.name")}</h1>{reason === null ? <Skeleton label={text("lock.loading")} rows={3} shape="line" /> : <ErrorNote pane reason={reason} onRetry={onRetry} />}</main>;
}

type Place = "start" | "tiles" | "enrol";

function Screen({ view }: { view: WorkstationView }) {
  const [place, setPlace] = useState<Place>("start");
  if (!view.enrolled || place === "enrol")
    return <Enrol workstation={view.enrolled ? view.name : null} onDone={() => setPlace("tiles")} onBack={view.enrolled ? () => setPlace("tiles") : null} />;
  const tile = place === "start" && view.locked !== null ? view.people.find((person) => person.account === view.locked?.account) : undefined;
  if (view.locked !== null && tile !== undefined) return <Locked person={tile} locked={view.locked} onSwitch={() => setPlace("tiles")} />;
  return <SignIn view={view} onInvite={() => setPlace("enrol")} />;
}
