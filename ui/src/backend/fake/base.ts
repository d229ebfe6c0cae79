// What has every part of the fake in common: it answers late, fails and hangs where it was told to, and remembers what was said.
import type { AppEvent, BackgroundView, Connection, DirectoryWarning, DraftView, ErrorCode, FillingView, ManagedFault, Preferences, Role, ViewState } from "../bindings";
import type { Backend } from "../port";

/** A call of the port. */
export type Method = Exclude<keyof Backend, "subscribe">;

/** How a fake begins, and where it misbehaves. */
export type FakeOptions = {
  /** `enrol`: the machine is no workstation yet. */
  now: number; state: "enrol" | "tiles" | "locked" | "main"; empty: boolean; connection: Connection;
  insecureKeyring: boolean; rolledBack: boolean; directoryWarning: DirectoryWarning | null; preferences: Preferences; view: ViewState | null; draft: [string, DraftView] | null;
  /** Whether the signed-in person administers people and workstations. */
  admin: boolean;
  /** How far the administrator is with the grant that their role needs. */
  standing: "may_ask" | "asked" | "granted";
  /** The signed-in person's role, where it is not the administrator's. */
  role: Role;
  /** Whether this machine was wiped an hour ago. */
  wiped: boolean;
  /** How many machines the clinic has. */
  machines: number;
  /** Whether nobody has a vault here yet. */
  nobody: boolean;
  /** How many tries the first person's PIN has: null without one, 0 after the last. */
  pin: number | null;
  /** Whether the account came to another machine after this vault, and whether the person said that it was not them. */
  newSignIn: "told" | "denied" | null;
  /** Why the server takes nothing from the first person's device any more. */
  shutOut: ErrorCode | null;
  /** What is wrong with what this machine's management says. */
  managedFault: ManagedFault | null;
  /** Whether the app starts with the system. */
  background: BackgroundView;
  /** How far a new vault has come. */
  filling: FillingView | null;
  /** Methods that reject with a code. */
  fail: Partial<Record<Method, { code: ErrorCode; after?: number }>>;
  /** Methods that never answer. */
  hang: Method[];
  /** Milliseconds from the outbox to the server. */
  sendDelay: number;
  /** What the shell would do: replace the window. */
  navigate: (window: "main" | "lock") => void;
};

/** The PIN of whoever has one there. */
export const FAKE_PIN = "271828";
/** The password of everybody in the fake clinic. */
export const FAKE_PASSWORD = "correct horse battery";

const DEFAULTS: FakeOptions = {
  now: 0, state: "main", empty: false, connection: "online", insecureKeyring: false, rolledBack: false, directoryWarning: null,
  preferences: { theme: "light", language: "en", density: "comfortable", single_keys: true, context_open: true, fleet_views: [] },
  view: null, draft: null, admin: false, standing: "granted", role: "custom", wiped: false, machines: 24, nobody: false, pin: null, newSignIn: null, shutOut: null, managedFault: null, background: { on: true, demanded: false, possible: true }, filling: null, fail: {}, hang: [], sendDelay: 0, navigate: () => undefined,
};

/** Options, answers and events. */
export abstract class FakeBase {
  readonly options: FakeOptions;
  /** Every call in order, for tests that ask what was said. */
  readonly calls: { method: Method; args: unknown[] }[] = [];
  protected readonly listeners = new Set<(event: AppEvent) => void>();
  protected state: FakeOptions["state"];
  protected me = "acc-noor";
  /** Tries that the first person's PIN has. */
  protected pin: number | null;

  constructor(options: Partial<FakeOptions> = {}) {
    this.options = { ...DEFAULTS, now: Date.now(), ...options };
    this.state = this.options.state;
    this.pin = this.options.pin;
  }

  protected async answer<T>(method: Method, args: unknown[], make: () => T): Promise<T> {
    this.calls.push({ method, args });
    if (this.options.hang.includes(method)) return new Promise(() => undefined);
    const failure = this.options.fail[method];
    await Promise.resolve();
    if (failure) return this.reject(failure.code, failure.after);
    return make();
  }

  protected reject(code: ErrorCode, after?: number): never {
    // The contract rejects with a plain view, never with an Error that carries text.
    // oxlint-disable-next-line no-throw-literal
    throw { code, retry_after_seconds: after ?? null };
  }

  /** Lets something happen, as the core would. */
  emit(event: AppEvent): void {
    for (const listener of this.listeners) listener(event);
  }

  subscribe(listener: (event: AppEvent) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
}
