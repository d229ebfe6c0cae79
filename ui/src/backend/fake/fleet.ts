// How does the fake's administrator look after machines: let them in and out, tell them what to do, and set what holds there?
import type {
  CommandRequest, CommandView, CustodyRequest, CustodyView, GroupRequest, GroupView, MakeWorkstationTokenRequest, OwnRules, OwnRulesView, RuleView, WorkstationEntry, WorkstationTokenView,
} from "../bindings";
import { FAKE_TOKEN } from "./arrival";
import { nameOf } from "./clinic";
import { ERASED, makeCommands, makeGroups, NO_OWN, NO_SETTINGS, rulesOf, tightened, VALID } from "./commands";
import { custodian, makeCustody, makeMachines } from "./machines";
import { FakeStaff } from "./staff";

const DAY = 86_400_000;
const CLOSED: readonly CommandView["state"][] = ["receipted", "lapsed"];

/** The fleet's part of the port. */
export abstract class FakeFleet extends FakeStaff {
  private fleet: WorkstationEntry[] | null = null;
  private told: CommandView[] | null = null;
  private sets: GroupView[] | null = null;
  private hands: Map<string, CustodyView[]> | null = null;
  private tokens = 0;
  private own: OwnRules = NO_OWN;

  protected machines(): WorkstationEntry[] {
    this.fleet ??= this.options.empty ? [] : makeMachines(this.options.machines, this.options.now);
    return this.fleet;
  }

  protected list(): CommandView[] {
    this.told ??= this.options.empty ? [] : makeCommands(this.options.now);
    return this.told;
  }

  private rulesets(): GroupView[] {
    this.sets ??= this.options.empty ? [] : makeGroups(this.options.now);
    return this.sets;
  }

  protected reader(): void {
    if (this.options.role !== "privacy_officer") this.admin();
  }

  private change(id: string, more: Partial<CommandView>): void {
    this.told = this.list().map((one) => (one.command === id ? { ...one, ...more } : one));
  }

  private set(id: string, more: Partial<WorkstationEntry>): void {
    this.fleet = this.machines().map((one) => (one.id === id ? { ...one, ...more } : one));
  }

  workstations(): Promise<WorkstationEntry[]> {
    return this.answer("workstations", [], () => {
      this.reader();
      const open = new Map<string, number>();
      for (const one of this.list()) if (one.receipt === null) open.set(one.workstation, (open.get(one.workstation) ?? 0) + 1);
      // Without the server nobody knows when a machine was last heard, nor what it said of itself.
      const far = this.options.connection === "offline";
      return this.machines().map((one) => ({ ...one, pending: open.get(one.id) ?? 0, ...(far ? { connected: false, last_seen_at: null, report: null } : {}) }));
    });
  }

  makeWorkstationToken(request: MakeWorkstationTokenRequest): Promise<WorkstationTokenView> {
    return this.answer("makeWorkstationToken", [request], () => {
      this.admin();
      const { name, location, kind, days } = request;
      const expires_at = this.options.now + days * DAY;
      this.tokens += 1;
      const made: WorkstationEntry = { id: `tok-made-${this.tokens}`, name, location, kind, state: "waiting", last_seen_at: null, expires_at, here: false, connected: false, stale: false, pending: 0, report: null, custodian: null };
      this.fleet = [...this.machines(), made];
      return { name, location, kind, text: `${FAKE_TOKEN}${this.tokens}`, expires_at };
    });
  }

  revokeWorkstation(workstation: string): Promise<void> {
    return this.answer("revokeWorkstation", [workstation], () => {
      this.admin();
      this.set(workstation, { state: "revoked", expires_at: null, stale: false });
    });
  }

  issueCommand(request: CommandRequest): Promise<string> {
    return this.answer("issueCommand", [request], () => {
      this.admin();
      const machine = this.machines().find((one) => one.id === request.workstation && one.state !== "waiting") ?? this.reject("not_found");
      const command = `cmd-new-${this.list().length}`;
      const waits = request.action === "wipe" && rulesOf(machine, this.rulesets()).some((rule) => rule.setting === "two_person_wipe" && rule.value === true);
      const now = Date.now();
      this.told = [{
        command, workstation: machine.id, workstation_name: machine.name, person: request.account === null ? null : nameOf(request.account), action: request.action, reason: request.reason,
        state: waits ? "requested" : "issued", issued_by: nameOf(this.me), mine: true, approved_by: null, issued_at: now, not_after: now + VALID, delivered_at: null, begun_at: null, receipt: null, report: null,
      }, ...this.list()];
      if (!waits) this.begin(command);
      return command;
    });
  }

  approveCommand(command: string): Promise<void> {
    return this.answer("approveCommand", [command], () => {
      this.admin();
      const found = this.list().find((one) => one.command === command) ?? this.reject("not_found");
      if (found.mine) this.reject("not_permitted");
      if (found.state !== "requested") this.reject("conflict");
      this.agree(command, nameOf(this.me));
    });
  }

  /** Somebody agrees; for stories with a colleague who is not at this window. */
  agree(command: string, by: string): void {
    this.change(command, { state: "issued", approved_by: by });
    this.begin(command);
  }

  /** It holds from here on; a machine that is there does it step by step. */
  private begin(command: string): void {
    const found = this.list().find((one) => one.command === command);
    if (found === undefined) return;
    const machine = this.machines().find((one) => one.id === found.workstation);
    // Who is out by a wipe is out at once, whether or not the machine ever hears of it.
    if (found.action === "wipe" && found.person === null) this.set(found.workstation, { state: "revoked", stale: false });
    if (machine?.connected === true && this.options.sendDelay > 0) setTimeout(() => this.hear(command), this.options.sendDelay);
  }

  /** The machine hears the command, does it, and signs that it is over. */
  hear(command: string): void {
    const found = this.list().find((one) => one.command === command);
    if (found === undefined || CLOSED.includes(found.state)) return;
    const now = Date.now();
    const wipe = found.action === "wipe";
    const report = found.action === "report" ? this.machines().find((one) => one.id === found.workstation)?.report ?? null : null;
    this.change(command, { report, state: "receipted", delivered_at: now, begun_at: now + 120, receipt: { outcome: "done", ended_at: now + (wipe ? 1400 : 200), erased: wipe ? ERASED : [], complete: true } });
  }

  commands(): Promise<CommandView[]> {
    return this.answer("commands", [], () => {
      this.reader();
      return this.list().toSorted((a, b) => b.issued_at - a.issued_at);
    });
  }

  exportReceipts(): Promise<unknown> {
    return this.answer("exportReceipts", [], () => {
      this.reader();
      return { sotto_receipts: 1, root: "Zm9yIHRoZSBwaWN0dXJlcyBvbmx5IGFuZCBubyByZWFsIGtleQ==", statements: this.list().filter((one) => one.receipt !== null).map((one) => btoa(`${one.command} for the pictures only`.repeat(4))) };
    });
  }

  groups(): Promise<GroupView[]> {
    return this.answer("groups", [], () => {
      this.reader();
      return this.rulesets().filter((group) => Object.values(group.settings).some((value) => value !== null)).toSorted((a, b) => a.name.localeCompare(b.name));
    });
  }

  setGroup(request: GroupRequest): Promise<string> {
    return this.answer("setGroup", [request], () => {
      this.admin();
      const group = request.group ?? `grp-new-${this.rulesets().length}`;
      const next: GroupView = { group, name: request.name, members: request.members, settings: { ...NO_SETTINGS, ...request.settings }, issued_at: this.options.now };
      this.sets = [...this.rulesets().filter((one) => one.group !== group), next];
      return group;
    });
  }

  rules(workstation: string | null): Promise<RuleView[]> {
    return this.answer("rules", [workstation], () => {
      const machine = this.machines().find((one) => (workstation === null ? one.here : one.id === workstation && one.state !== "waiting")) ?? this.reject("not_found");
      if (!machine.here) this.reader();
      return workstation === null ? tightened(this.without(), this.own) : rulesOf(machine, this.rulesets());
    });
  }

  /** What holds here before the person tightens anything. */
  private without(): RuleView[] {
    return rulesOf(this.machines().find((one) => one.here) ?? this.reject("not_found"), this.rulesets());
  }

  ownRules(): Promise<OwnRulesView> {
    return this.answer("ownRules", [], () => ({ own: this.own, without: this.without() }));
  }

  setOwnRules(rules: OwnRules): Promise<OwnRulesView> {
    return this.answer("setOwnRules", [rules], () => {
      const without = this.without();
      for (const name of ["idle_lock_s", "session_s", "attachment_mb"] as const) {
        const most = without.find((rule) => rule.setting === name)?.value;
        if (rules[name] !== this.own[name] && typeof most === "number" && (rules[name] ?? 0) > most) this.reject("rule_looser");
      }
      this.own = rules;
      this.emit({ kind: "workstation_changed" });
      return { own: this.own, without };
    });
  }

  private custodies(): Map<string, CustodyView[]> {
    this.hands ??= makeCustody(this.options.now);
    return this.hands;
  }

  protected enrolled(workstation: string): WorkstationEntry {
    return this.machines().find((one) => one.id === workstation && one.state !== "waiting") ?? this.reject("not_found");
  }

  custody(workstation: string): Promise<CustodyView[]> {
    return this.answer("custody", [workstation], () => {
      this.reader();
      return this.custodies().get(this.enrolled(workstation).id) ?? [];
    });
  }

  setCustody(request: CustodyRequest): Promise<void> {
    return this.answer("setCustody", [request], () => {
      this.admin();
      const machine = this.enrolled(request.workstation);
      const next = request.custodian === null ? null : custodian(request.custodian);
      if (next?.revoked === true) this.reject("not_found");
      const handed = next?.account !== machine.custodian?.account;
      if (!handed && request.location === machine.location) return;
      const change: CustodyView = { from: machine.custodian?.name ?? null, to: next?.name ?? null, handed, location_before: machine.location, location: request.location, by: nameOf(this.me), at: Date.now() };
      this.custodies().set(machine.id, [change, ...(this.custodies().get(machine.id) ?? [])]);
      this.set(machine.id, { custodian: next, location: request.location });
    });
  }
}
