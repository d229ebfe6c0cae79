// Which fake does a browser page get? The one its address asks for: `?state=locked&language=es&fail=threads:server_error`.
import { ERROR_CODES } from "../errors";
import type { ManagedFault } from "../bindings";
import type { Backend } from "../port";
import { FakeBackend, type FakeOptions } from "./fake";

declare global {
  interface Window {
    /** The page's fake, for pictures that need an event. */
    sottoFake?: FakeBackend;
  }
}

function oneOf<const T extends string>(value: string | null, allowed: readonly T[], fallback: NoInfer<T>): T {
  return allowed.find((one) => one === value) ?? fallback;
}

const FAULTS = ["managed_unreadable", "managed_unsafe", "token_used"] as const;
const FAULT_KEYS = { managed_unreadable: "rules.idle_lock_s", managed_unsafe: null, token_used: "enrolment_token" };

/** What would be wrong with a machine's management. */
function faultOf(code: (typeof FAULTS)[number]): ManagedFault {
  return { code, place: "/etc/sotto/managed.json", key: FAULT_KEYS[code] };
}

function optionsFrom(params: URLSearchParams, page: string): Partial<FakeOptions> {
  const fail: FakeOptions["fail"] = {};
  for (const pair of params.get("fail")?.split(",") ?? []) {
    const [method, code, after] = pair.split(":");
    const known = ERROR_CODES.find((one) => one === code);
    if (method && known) Object.assign(fail, { [method]: { code: known, after: after === undefined ? undefined : Number(after) } });
  }
  const isLock = page.includes("lock");
  const text = params.get("draft");
  return {
    state: oneOf(params.get("state"), ["enrol", "tiles", "locked", "main"], isLock ? "tiles" : "main"),
    empty: params.has("empty"),
    connection: oneOf(params.get("connection"), ["online", "connecting", "offline"], "online"),
    insecureKeyring: params.has("insecure"),
    rolledBack: params.has("rolledback"),
    directoryWarning: params.has("directory") ? oneOf(params.get("directory"), ["withheld", "forked", "forged"], "forged") : null,
    preferences: {
      theme: oneOf(params.get("theme"), ["system", "light", "dark", "high_contrast"], "system"),
      language: oneOf(params.get("language"), ["en", "es"], "en"),
      density: oneOf(params.get("density"), ["comfortable", "compact"], "comfortable"),
      single_keys: true,
      context_open: !params.has("nocontext"),
      fleet_views: [],
    },
    view: params.has("thread") ? { filter: "mine", thread: params.get("thread"), anchor_seq: null, anchor_offset: 0, composer_focused: false, selection_start: 0, selection_end: 0 } : null,
    draft: text === null ? null : [params.get("thread") ?? "", { text, priority: "action" }],
    fail,
    hang: (params.get("hang")?.split(",") ?? []) as FakeOptions["hang"],
    admin: params.has("admin"),
    standing: oneOf(params.get("standing"), ["may_ask", "asked", "granted"], "granted"),
    role: oneOf(params.get("role"), ["physician", "nurse", "front_desk", "billing", "it_admin", "privacy_officer", "custom"], "custom"),
    machines: Number(params.get("machines") ?? 140),
    nobody: params.has("nobody"),
    wiped: params.has("wiped"),
    pin: params.has("pin") ? Number(params.get("pin")) : null,
    newSignIn: params.has("newsignin") ? oneOf(params.get("newsignin"), ["told", "denied"], "told") : null,
    shutOut: ERROR_CODES.find((one) => one === params.get("shutout")) ?? null,
    managedFault: params.has("managed") ? faultOf(oneOf(params.get("managed"), FAULTS, "managed_unreadable")) : null,
    background: { on: !params.has("nostart"), demanded: params.has("muststart"), possible: true },
    filling: params.has("filling") ? { done: Number(params.get("filling")), total: 50_000 } : null,
    sendDelay: 900,
    navigate: (target) => location.assign(`${target === "main" ? "index" : "lock"}.html${location.search}`),
  };
}

const fake = new FakeBackend(optionsFrom(new URLSearchParams(location.search), location.pathname));
window.sottoFake = fake;

/** The development key to the port. */
export const backend: Backend = fake;
