// Who belongs to the fake clinic, and how does an administrator change that?
import type {
  AdminStanding, AskAdminRequest, GrantAdminRequest, ImportOutcome, ImportPeopleRequest, ImportReport, ImportRow, InviteRequest, InviteView, Permissions, PersonView, RecoveryCodes, RoleChoice, SheetsView, SheetView,
} from "../bindings";
import { FAKE_CODES, FAKE_INVITE } from "./arrival";
import { FAKE_PASSWORD } from "./base";
import { FakeSignIns } from "./sign_ins";
import { ROLES } from "../../lib/roles";
import { loginOf, PEOPLE, ROLE_CLASSES } from "./clinic";

const DAY = 86_400_000;
const LOGIN = /^[a-z0-9._-]{2,64}$/u;

/** The people's part of the port. */
export abstract class FakeStaff extends FakeSignIns {
  private roll: PersonView[] | null = null;
  private count = 0;
  private standing: AdminStanding | null = null;

  private staff(): PersonView[] {
    this.roll ??= this.options.empty ? [] : [
      ...PEOPLE.map(({ account, name, title, initials, revoked, role, classes }): PersonView =>
        ({ account, name, title, initials, role: account === this.me && this.options.admin ? "it_admin" : role, admin: this.standingOf(account), permissions: classes, login: loginOf(account), state: revoked ? "revoked" : "active", expires_at: null, me: account === this.me })),
      { account: "acc-new", name: "Bea Beispiel", title: "Nurse, day clinic", initials: "BB", role: "nurse", admin: "none", permissions: ROLE_CLASSES.nurse, login: "bea.beispiel", state: "invited", expires_at: this.options.now + 3 * DAY, me: false },
      { account: "acc-late", name: "Otto Muster", title: "Physiotherapist", initials: "OM", role: "front_desk", admin: "none", permissions: ROLE_CLASSES.front_desk, login: "otto.muster", state: "invited", expires_at: this.options.now - DAY, me: false },
    ];
    return this.roll;
  }

  /** Iris asks; whoever looks on is as far as the test says. */
  private standingOf(account: string): AdminStanding {
    if (account === this.me && this.options.admin) return this.standing ?? this.options.standing;
    return account === "acc-iris" ? "asked" : "none";
  }

  askAdmin(request: AskAdminRequest): Promise<RecoveryCodes> {
    return this.answer("askAdmin", [request], () => {
      if (request.password !== FAKE_PASSWORD) this.reject("wrong_password");
      if (request.code !== "123456") this.reject("wrong_code");
      this.standing = "asked";
      this.roll = this.staff().map((one) => (one.me ? { ...one, admin: "asked" } : one));
      return { codes: FAKE_CODES };
    });
  }

  checkRootSheets(sheets: string[]): Promise<SheetsView> {
    return this.answer("checkRootSheets", [sheets], () => {
      const read = sheets.map((sheet, place): SheetView => (sheet.startsWith("SOTTO ROOT SHEET")
        ? { index: place + 1, of: 3, needed: 2, problem: null, line: null }
        : { index: null, of: null, needed: null, problem: "sheet_malformed", line: 7 }));
      const problem = read.find((sheet) => sheet.problem !== null)?.problem ?? (sheets.length < 2 ? "sheets_too_few" : null);
      return { sheets: read, problem };
    });
  }

  grantAdmin(request: GrantAdminRequest): Promise<void> {
    return this.answer("grantAdmin", [request], () => {
      if (request.account === this.me) this.standing = "granted";
      this.roll = this.staff().map((one) => (one.account === request.account ? { ...one, admin: "granted" } : one));
    });
  }

  /** Refuses whoever does not administer. */
  protected admin(): void {
    if (!this.options.admin) this.reject("not_permitted");
  }

  permissions(): Promise<Permissions> {
    const role = this.options.admin ? "it_admin" : this.options.role;
    return this.answer("permissions", [], () => {
      const standing = this.options.admin ? this.standing ?? this.options.standing : "none";
      const admin = standing === "granted";
      return { role, classes: ROLE_CLASSES[role], people: admin, workstations: admin, review: role === "privacy_officer", admin: standing, root_key: admin, root_sheets: this.options.admin };
    });
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
    this.roll = [...this.staff(), { account, name, title, initials, login, role, permissions, admin: "none", state: "invited", expires_at, me: false }];
    return { account, name, title, login, text: `${FAKE_INVITE}${this.count}`, expires_at };
  }

  inviteAgain(account: string, days: number): Promise<InviteView> {
    return this.answer("inviteAgain", [account, days], () => {
      this.admin();
      if (account === this.me) this.reject("not_permitted");
      const person = this.staff().find((one) => one.account === account && one.state === "active");
      if (person === undefined || person.login === null) return this.reject("not_found");
      this.count += 1;
      return { account, name: person.name, title: person.title, login: person.login, text: `${FAKE_INVITE}${this.count}`, expires_at: this.options.now + days * DAY };
    });
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
