// Which of the fake clinic's machines were reported lost, and how does the fake keep that?
import type { CloseIncidentRequest, CommandView, IncidentPersonView, IncidentView, OpenIncidentRequest } from "../bindings";
import { nameOf, PEOPLE } from "./clinic";
import { FakeFleet } from "./fleet";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** What is reported; what was done since comes from the commands. */
type Reported = Omit<IncidentView, "commands" | "shut_out" | "wiped"> & { /** Until when commands count. */ until: number };

/** Whether it is a wipe of a whole machine. */
const whole = (command: CommandView): boolean => command.action === "wipe" && command.person === null;
const person = (account: string, renewed: boolean): IncidentPersonView => ({ account, name: nameOf(account), renewed, revoked: PEOPLE.find((one) => one.account === account)?.revoked ?? false });

/** What was reported before anybody looked: one that is still away, one that wiped itself, one that was found, one that nobody waits for. */
function makeReported(now: number): Reported[] {
  const one = (incident: string, workstation: string, workstation_name: string, ago: number, more: Partial<Reported>): Reported =>
    ({ incident, workstation, workstation_name, reason: "lost", opened_by: nameOf("acc-lena"), opened_at: now - ago, people: [], closed: null, until: Number.POSITIVE_INFINITY, ...more });
  const closed = (outcome: "found" | "wiped" | "written_off", ago: number): Partial<Reported> => ({ closed: { outcome, by: nameOf("acc-noor"), at: now - ago }, until: now - ago });
  return [
    one("inc-away", "ws-5", "Exam-7-Laptop", 30 * HOUR, { people: [person("acc-iris", true), person("acc-omar", false), person("acc-gone", false)] }),
    one("inc-wiped", "ws-m17", "Day-Clinic-4", 6 * DAY, { reason: "stolen", people: [person("acc-luis", false)], ...closed("wiped", 4 * DAY) }),
    one("inc-found", "ws-1", "Front-Desk-2", 40 * DAY, { opened_by: null, people: [person("acc-mina", false)], ...closed("found", 40 * DAY - HOUR) }),
    one("inc-written", "ws-3", "Billing-1", 420 * DAY, { reason: "stolen", people: [person("acc-june", true)], ...closed("written_off", 30 * DAY) }),
  ];
}

/** The register's part of the port. */
export abstract class FakeRegister extends FakeFleet {
  private missed: Reported[] | null = null;

  private reported(): Reported[] {
    this.missed ??= this.options.empty ? [] : makeReported(this.options.now);
    return this.missed;
  }

  private since(one: Reported): IncidentView {
    const { until, ...rest } = one;
    const commands = this.list().filter((command) => command.workstation === one.workstation && (whole(command) || (command.issued_at >= one.opened_at && command.issued_at <= until))).toSorted((a, b) => b.issued_at - a.issued_at);
    const out = this.machines().find((machine) => machine.id === one.workstation)?.state === "revoked";
    return { ...rest, commands, shut_out: out, wiped: commands.some((command) => whole(command) && command.receipt?.outcome === "done") };
  }

  incidents(): Promise<IncidentView[]> {
    return this.answer("incidents", [], () => {
      this.reader();
      return this.reported().map((one) => this.since(one));
    });
  }

  openIncident(request: OpenIncidentRequest): Promise<string> {
    return this.answer("openIncident", [request], () => {
      this.admin();
      const machine = this.enrolled(request.workstation);
      if (this.reported().some((one) => one.workstation === machine.id && one.closed === null)) this.reject("conflict");
      const incident = `inc-new-${this.reported().length}`;
      const people = ["acc-iris", "acc-omar"].map((account) => person(account, false));
      this.missed = [{ incident, workstation: machine.id, workstation_name: machine.name, reason: request.reason, opened_by: nameOf(this.me), opened_at: Date.now(), people, closed: null, until: Number.POSITIVE_INFINITY }, ...this.reported()];
      return incident;
    });
  }

  closeIncident(request: CloseIncidentRequest): Promise<void> {
    return this.answer("closeIncident", [request], () => {
      this.admin();
      const found = this.reported().find((one) => one.incident === request.incident) ?? this.reject("not_found");
      if (found.closed !== null) this.reject("conflict");
      if (request.outcome === "wiped" && !this.since(found).wiped) this.reject("not_found");
      const at = Date.now();
      this.missed = this.reported().map((one) => (one === found ? { ...one, closed: { outcome: request.outcome, by: nameOf(this.me), at }, until: at } : one));
    });
  }

  exportIncidents(): Promise<unknown> {
    return this.answer("exportIncidents", [], () => {
      this.reader();
      const statements = this.list().filter((one) => one.receipt !== null).map((one) => btoa(`${one.command} for the pictures only`.repeat(4)));
      return { sotto_receipts: 1, root: "Zm9yIHRoZSBwaWN0dXJlcyBvbmx5IGFuZCBubyByZWFsIGtleQ==", statements, incidents: this.reported().map((one) => this.since(one)) };
    });
  }
}
