// How do components find the backend? Through one context, so that tests and the shell hand in their own.
import { createContext, useContext, type ReactNode } from "react";
import type { Backend } from "./port";

const BackendContext = createContext<Backend | null>(null);

/** Makes `backend` known to everything below. */
export function BackendProvider({ backend, children }: { backend: Backend; children: ReactNode }) {
  return <BackendContext value={backend}>{children}</BackendContext>;
}

/** The backend of this window. Throws when no provider stands above: a programming error. */
export function useBackend(): Backend {
  const backend = useContext(BackendContext);
  if (backend === null) throw new Error("no backend above this component");
  return backend;
}
