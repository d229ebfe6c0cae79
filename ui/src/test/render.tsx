// How does a test put a component or a whole window on the screen, over an honest fake?
import { QueryClientProvider } from "@tanstack/react-query";
import { render } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import axe from "axe-core";
import type { ReactNode } from "react";
import { expect } from "vitest";
import { LockApp } from "../app/LockApp";
import { MainApp } from "../app/MainApp";
import type { Language } from "../backend/bindings";
import { BackendProvider } from "../backend/context";
import { FakeBackend, type FakeOptions } from "../backend/fake/fake";
import { makeQueryClient } from "../backend/queries/client";
import { TextProvider } from "../i18n/text";

/** Renders a component with everything that stands above it in a window. */
export function show(ui: ReactNode, { language = "en", backend = new FakeBackend() }: { language?: Language; backend?: FakeBackend } = {}) {
  const client = makeQueryClient();
  const view = render(
    <QueryClientProvider client={client}><BackendProvider backend={backend}><TextProvider language={language}>{ui}</TextProvider></BackendProvider></QueryClientProvider>,
  );
  return { ...view, backend, client, user: userEvent.setup() };
}

/** The main window over a fake. */
export function showMain(options: Partial<FakeOptions> = {}) {
  const backend = new FakeBackend(options);
  return { ...render(<MainApp backend={backend} />), backend, user: userEvent.setup() };
}

/** The lock window over a fake. */
export function showLock(options: Partial<FakeOptions> = {}) {
  const backend = new FakeBackend({ state: "tiles", ...options });
  return { ...render(<LockApp backend={backend} />), backend, user: userEvent.setup() };
}

/** Fails on anything axe finds; contrast needs a real browser and is looked at there. */
export async function expectAccessible(element: Element = document.body): Promise<void> {
  const result = await axe.run(element, { rules: { "color-contrast": { enabled: false }, region: { enabled: false } } });
  expect(result.violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html).join(" ")}`)).toEqual([]);
}

/** What was said to the backend by one method. */
export function said(backend: FakeBackend, method: FakeBackend["calls"][number]["method"]): unknown[][] {
  return backend.calls.filter((call) => call.method === method).map((call) => call.args);
}
