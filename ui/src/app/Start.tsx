// What must be known before the first pane is drawn: who, how, and where they were?
import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import type { Language } from "../backend/bindings";
import { useBackend } from "../backend/context";
import { useCacheEvents } from "../backend/queries/events";
import { usePreferences, useSession } from "../backend/queries/session";
import { TextProvider, useText } from "../i18n/text";
import { Announcer } from "../kit/Announcer/Announcer";
import { Button } from "../kit/Button/Button";
import { ErrorNote } from "../kit/ErrorNote/ErrorNote";
import { Skeleton } from "../kit/Skeleton/Skeleton";
import { useAppearance } from "./appearance";
import styles from "./Workspace.module.css";
import { Workspace } from "./Workspace";

type Props = { onLeave: (way: "lock" | "switchUser") => void; onLanguage: (language: Language) => void };

/** Loads session, preferences and view state side by side, then the panes. */
export function Start({ onLeave, onLanguage }: Props) {
  useCacheEvents();
  const backend = useBackend();
  const session = useSession();
  const preferences = usePreferences();
  const view = useQuery({ queryKey: ["view_state"], queryFn: () => backend.viewState(), gcTime: 0 });
  const language = preferences.data?.language ?? (navigator.language.startsWith("es") ? "es" : "en");
  useAppearance(preferences.data?.theme ?? "system", preferences.data?.density ?? "comfortable", language);
  useEffect(() => onLanguage(language), [language, onLanguage]);
  const broken = session.error ?? preferences.error;
  const ready = session.data !== undefined && preferences.data !== undefined && !view.isPending;
  return (
    <TextProvider language={language}>
      {ready ? <Workspace session={session.data} preferences={preferences.data} restore={view.data ?? null} onLeave={onLeave} />
        : <Opening reason={broken} onRetry={() => void Promise.all([session.refetch(), preferences.refetch()])} onLock={() => onLeave("lock")} />}
      <Announcer />
    </TextProvider>
  );
}

function Opening({ reason, onRetry, onLock }: { reason: unknown; onRetry: () => void; onLock: () => void }) {
  const text = useText();
  return (
    <main className={styles.opening}>
      <h1 className="visually-hidden">{text("app.name")}</h1>
      {reason === null ? <Skeleton label={text("app.opening")} rows={4} shape="message" /> : <><ErrorNote pane reason={reason} onRetry={onRetry} /><Button label={text("rail.lock")} onPress={onLock} /></>}
    </main>
  );
}
