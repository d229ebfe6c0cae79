// Who belongs to the fake clinic, and how does an administrator change that?
import type {
  ImportOutcome, ImportPeopleRequest, ImportReport, ImportRow, InviteRequest, InviteView, Permissions, PersonView, RoleChoice,
} from "../bindings";
import { FAKE_INVITE, FakeArrival } from "./arrival";
import { ROLES } from "../../lib/roles";
import { loginOf, PEOPLE, ROLE_CLASSES } from "./clinic";

const DAY = 86_400_000;
const LOGIN = /^[a-z0-9._-]{2,64}$/u;

/** The people's part of the port. */
export abstract class FakeStaff extends FakeArrival {
  private roll: PersonView[] | null = null;
  private count = 0;

  private staff(): PersonView[] {
    this.roll ??= this.options.empty ? [] : [
      ...PEOPLE.map(({ account, name, title, initials, revoked, role, classes }): PersonView =>
        ({ account, name, title, initials, role: account === this.me && this.options.admin ? "it_admin" : role, permissions: classes, login: loginOf(account), state: revoked ? "revoked" : "active", expires_at: null, me: account === this.me })),
      { account: "acc-new", name: "Bea Beispiel", title: "Nurse, day clinic", initials: "BB", role: "nurse", permissions: ROLE_CLASSES.nurse, login: "bea.beispiel", state: "invited", expires_at: this.options.now + 3 * DAY, me: false },
      { account: "acc-late", name: "Otto Muster", title: "Physiotherapist", initials: "OM", role: "front_desk", permissions: ROLE_CLASSES.front_desk, login: "otto.muster", state: "invited", expires_at: this.options.now - DAY, me: false },
    ];
    return this.roll;
  }

  /** Refuses whoever does not administer. */
  protected admin(): void {
    if (!this.options.admin) this.reject("not_permitted");
  }

  permissions(): Promise<Permissions> {
    const { admin } = this.options;
    const role = admin ? "it_admin" : this.options.role;
    return this.answer("permissions", [], () => ({ role, classes: ROLE_CLASSES[role], people: admin, workstations: admin, review: role === "privacy_officer" }));
  }

  people(): Promise<PersonView[]> {
    return this.answer("people", [], () => {
      if (this.options.role !== "privacy_officer") this.admin();
      return [...this.staff()];
    });
  }

  invite(request: InviteRequest): Promise<InviteView> {
    return this.answer("invite", [request], () => {
      this.admin();
      if (!LOGIN.test(request.login)) this.reject("login_malformed");
      if (this.taken(request.login)) this.reject("login_taken");
      return this.makeInvite(request, { role: request.role, permissions: request.permissions }, request.days);
    });
  }

  private taken(login: string): boolean {
    return this.staff().some((one) => one.login === login && one.state !== "revoked");
  }

  private makeInvite({ name, title, login }: Pick<ImportRow, "name" | "title" | "login">, { role, permissions }: RoleChoice, days: number): InviteView {
    this.count += 1;
    const expires_at = this.options.now + days * DAY;
    const account = `acc-made-${this.count}`;
    const initials = name.split(" ").map((word) => word[0] ?? "").join("").slice(0, 2).toUpperCase();
    this.roll = [...this.staff(), { account, name, title, initials, login, role, permissions, state: "invited", expires_at, me: false }];
    return { account, name, title, login, text: `${FAKE_INVITE}${this.count}`, expires_at };
  }

  setRole(account: string, choice: RoleChoice): Promise<void> {
    return this.answer("setRole", [account, choice], () => {
      this.admin();
      if (account === this.me) this.reject("not_permitted");
      this.roll = this.staff().map((one) => (one.account === account ? { ...one, ...choice } : one));
    });
  }

  revokePerson(account: string): Promise<void> {
    return this.answer("revokePerson", [account], () => {
      this.admin();
      this.roll = this.staff().map((one) => (one.account === account ? { ...one, state: "revoked", expires_at: null } : one));
    });
  }

  importPeople(request: ImportPeopleRequest): Promise<ImportReport> {
    return this.answer("importPeople", [request], () => {
      this.admin();
      const seen = new Set<string>();
      const rows = request.rows.map((row) => {
        const outcome = this.judge(row, seen, request);
        seen.add(row.login);
        const { permissions: _permissions, ...read } = row;
        return { ...read, outcome };
      });
      const fit = rows.filter((row) => row.outcome.kind === "ready" || row.outcome.kind === "invited").length;
      return { rows, fit, refused: rows.length - fit };
    });
  }

  private judge(row: ImportRow, seen: ReadonlySet<string>, request: ImportPeopleRequest): ImportOutcome {
    if (row.name === "") return { kind: "refused", reason: "name_missing" };
    if (row.name.length > 120) return { kind: "refused", reason: "name_too_long" };
    if (row.title.length > 120) return { kind: "refused", reason: "title_too_long" };
    if (!LOGIN.test(row.login)) return { kind: "refused", reason: "login_malformed" };
    if (seen.has(row.login)) return { kind: "refused", reason: "login_repeated" };
    if (this.taken(row.login)) return { kind: "refused", reason: "login_taken" };
    const role = ROLES.find((one) => one === row.role);
    if (role === undefined) return { kind: "refused", reason: "role_unknown" };
    return request.dry_run ? { kind: "ready" } : { kind: "invited", invite: this.makeInvite(row, { role, permissions: [] }, request.days) };
  }
}
