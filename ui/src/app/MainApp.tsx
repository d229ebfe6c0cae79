// What does the main window show: the content, or the cover over nothing?
import { QueryClientProvider } from "@tanstack/react-query";
import { useCallback, useEffect, useState } from "react";
import { flushSync } from "react-dom";
import type { AppEvent } from "../backend/bindings";
import { BackendProvider } from "../backend/context";
import type { Backend } from "../backend/port";
import { makeQueryClient } from "../backend/queries/client";
import { LockCover } from "../features/lock/LockCover";
import { TextProvider, useText } from "../i18n/text";
import type { Language } from "../backend/bindings";
import { flushAll } from "../lib/flush";
import { Start } from "./Start";

/** How long drafts may take before the core is told to lock; the cover is up already. */
const FLUSH_MS = 300;

type Cover = { up: false } | { up: true; reason: unknown; way: "lock" | "switchUser" };

/** The main window over a backend. */
export function MainApp({ backend }: { backend: Backend }) {
  const [client] = useState(makeQueryClient);
  const [cover, setCover] = useState<Cover>({ up: false });
  const [language, setLanguage] = useState<Language>("en");

  /** The one way to the cover: save, cancel, empty the cache, unmount. */
  const coverNow = useCallback((way: "lock" | "switchUser"): Promise<void> => {
    const flushed = flushAll(FLUSH_MS);
    void client.cancelQueries();
    flushSync(() => setCover({ up: true, reason: null, way }));
    client.clear();
    return flushed;
  }, [client]);

  const leave = useCallback(async (way: "lock" | "switchUser"): Promise<void> => {
    await coverNow(way);
    try {
      await backend[way]();
    } catch (reason) {
      setCover({ up: true, reason, way });
    }
  }, [backend, coverNow]);

  useEffect(() => backend.subscribe((event: AppEvent) => {
    if (event.kind === "locking") void coverNow("lock");
  }), [backend, coverNow]);

  return (
    <QueryClientProvider client={client}>
      <BackendProvider backend={backend}>
        {cover.up
          ? <TextProvider language={language}><Titled><LockCover reason={cover.reason} onRetry={() => void leave(cover.way)} /></Titled></TextProvider>
          : <Start onLeave={(way) => void leave(way)} onLanguage={setLanguage} />}
      </BackendProvider>
    </QueryClientProvider>
  );
}

function Titled({ children }: { children: React.ReactNode }) {
  const text = useText();
  useEffect(() => {
    document.title = text("app.name");
  }, [text]);
  return children;
}
