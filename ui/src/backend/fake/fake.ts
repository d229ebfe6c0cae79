// How does a backend behave that lives in memory? Honestly: it queues, sends, fails, locks and forgets as the contract says.
import type {
  AcknowledgeRequest, Answer, AppEvent, Connection, CreateThreadRequest, DraftView, FileView, FillingView, MessagePageRequest, MessageView, Preferences, Priority,
  SearchRequest, SendMessageRequest, SessionView, SignInRequest, ThreadListRequest, ThreadRow, ThreadView, ViewState, WorkstationView,
} from "../bindings";
import type { Backend } from "../port";
import { makeThreads, nameOf, PEOPLE, ROLE_CLASSES, type FakeThread } from "./clinic";
import { pageOf, rowOf, searchIn } from "./page";
import { answered, offering, readersOf } from "./receipts";
import { FAKE_PASSWORD, type FakeOptions } from "./base";
import { FakeFiles } from "./files";

export { FAKE_PASSWORD, type FakeOptions } from "./base";

const needing = (rows: ThreadRow[]): number => rows.filter((row) => row.unread > 0 || row.failed > 0).length;

/** An in-memory backend with synthetic data, for tests, pictures and development. */
export class FakeBackend extends FakeFiles implements Backend {
  private readonly logs: FakeThread[];
  private readonly drafts = new Map<string, DraftView>();
  private view: ViewState | null;
  private prefs: Preferences;
  private connection: Connection;
  private made = 0;

  constructor(options: Partial<FakeOptions> = {}) {
    super(options);
    this.logs = this.options.empty ? [] : makeThreads(this.options.now);
    this.view = this.options.view;
    this.prefs = this.options.preferences;
    this.connection = this.options.connection;
    if (this.options.draft) this.drafts.set(...this.options.draft);
  }

  override emit(event: AppEvent): void {
    if (event.kind === "connection") this.setConnection(event.connection);
    super.emit(event);
  }

  private setConnection(connection: Connection): void {
    this.connection = connection;
    if (connection === "online") for (const thread of this.logs) this.flush(thread);
  }

  private find(id: string): FakeThread {
    return this.logs.find((thread) => thread.id === id) ?? this.reject("not_found");
  }

  private rows(): ThreadRow[] {
    const drafts = new Set(this.drafts.keys());
    const classes = ROLE_CLASSES[this.options.admin ? "it_admin" : this.options.role];
    return this.logs.filter((thread) => classes.includes(thread.class)).map((thread) => rowOf(thread, drafts, this.me)).toSorted((a, b) => b.last_at - a.last_at);
  }

  workstation(): Promise<WorkstationView> {
    return this.answer("workstation", [], () => ({
      enrolled: this.state !== "enrol", wiped_at: this.options.wiped ? this.options.now - 3_600_000 : null, name: this.state === "enrol" || this.options.nobody ? "" : "Front-Desk-2", organisation: this.state === "enrol" || this.options.nobody ? "" : "Sample Street Clinic",
      people: this.state === "enrol" || this.options.nobody ? [] : PEOPLE.filter((one) => !one.revoked).slice(0, 6).map((one, index) => ({ account: one.account, name: one.name, title: one.title, initials: one.initials, has_vault: index < 4, ...this.pinOf(one.account), shut_out: index === 0 ? this.options.shutOut : null })),
      locked: this.state === "locked" ? { account: this.me, since: this.options.now - 4 * 60_000, draft_kept: true, waiting: 6, stat: 1 } : null,
      connection: this.connection, lease_until: this.state === "enrol" || this.options.nobody ? null : this.options.now + 9 * 3_600_000, help: this.state === "enrol" ? "" : "IT desk: extension 4400", managed_fault: this.options.managedFault,
      insecure_keyring: this.options.insecureKeyring, language: this.prefs.language, theme: this.prefs.theme,
    }));
  }

  signIn(request: SignInRequest): Promise<void> {
    return this.answer("signIn", [request], () => {
      if (this.pinOf(request.account).second_factor_needed) this.reject("second_factor_needed");
      if (request.password !== FAKE_PASSWORD) this.reject("wrong_password");
      this.comeIn(request.account);
    });
  }

  session(): Promise<SessionView> {
    return this.answer("session", [], () => {
      const me = PEOPLE.find((one) => one.account === this.me) ?? this.reject("locked");
      return {
        account: me.account, name: me.name, title: me.title, initials: me.initials, workstation: "Front-Desk-2", organisation: "Sample Street Clinic",
        connection: this.connection, idle_lock_seconds: 120, fade_seconds: 5, insecure_keyring: this.options.insecureKeyring, pin_set: this.pinOf(me.account).pin_tries_left !== null, rolled_back: this.options.rolledBack,
        directory_warning: this.options.directoryWarning, new_sign_ins: this.newSignIns(),
      };
    });
  }

  lock(): Promise<void> {
    return this.answer("lock", [], () => this.leave("locked"));
  }

  switchUser(): Promise<void> {
    return this.answer("switchUser", [], () => this.leave("tiles"));
  }

  private leave(state: "locked" | "tiles"): void {
    this.emit({ kind: "locking" });
    this.state = state;
    this.options.navigate("lock");
  }

  stayAwake(): Promise<void> {
    return this.answer("stayAwake", [], () => this.emit({ kind: "lock_cancelled" }));
  }

  threads(request: ThreadListRequest) {
    return this.answer("threads", [request], () => {
      const all = this.rows();
      const filters = { mine: all, unread: all.filter((row) => row.unread > 0), patients: all.filter((row) => row.patient !== null), team: all.filter((row) => row.patient === null) };
      const from = request.after === null ? 0 : Number(request.after);
      const rows = filters[request.filter].slice(from, from + request.limit);
      const next = from + request.limit < filters[request.filter].length ? String(from + request.limit) : null;
      return { rows, next, counts: { mine: needing(filters.mine), unread: filters.unread.length, patients: needing(filters.patients), team: needing(filters.team) } };
    });
  }

  thread(id: string): Promise<ThreadView> {
    return this.answer("thread", [id], () => this.viewOf(this.find(id)));
  }

  private viewOf(thread: FakeThread): ThreadView {
    const members = PEOPLE.filter((one) => thread.members.includes(one.account)).map(({ account, name, title, initials, revoked }) => ({ account, name, title, initials, revoked }));
    return { row: rowOf(thread, new Set(this.drafts.keys()), this.me), members, epoch: 3, last_seq: thread.lastSeq, read_seq: thread.readSeq, warnings: thread.warnings };
  }

  createThread(request: CreateThreadRequest): Promise<ThreadView> {
    return this.answer("createThread", [request], () => {
      this.made += 1;
      const id = `thr-new-${this.made}`;
      const created: MessageView = { kind: "change", entry: `${id}-1`, seq: 1, author_name: nameOf(this.me), at: Date.now(), change: "created" };
      const thread: FakeThread = { id, class: request.class, title: request.title, patient: request.patient, members: [this.me, ...request.members], reason: request.reason, warnings: [], readSeq: 1, lastSeq: 1, extra: [], at: () => created };
      this.logs.unshift(thread);
      this.emit({ kind: "threads_changed", threads: null });
      return this.viewOf(thread);
    });
  }

  messages(request: MessagePageRequest) {
    return this.answer("messages", [request], () => pageOf(this.find(request.thread), request));
  }

  sendMessage(request: SendMessageRequest): Promise<string> {
    return this.answer("sendMessage", [request], () => {
      const thread = this.find(request.thread);
      this.drafts.delete(thread.id);
      return this.queue(thread, request.text, request.priority, null, request.answers);
    });
  }

  private queue(thread: FakeThread, text: string, priority: Priority, file: FileView | null, answers: readonly Answer[] = []): string {
    this.made += 1;
    const entry = `out-${this.made}`;
    thread.extra.push({ kind: "message", entry, seq: null, author: this.me, author_name: nameOf(this.me), mine: true, at: Date.now(), text, priority, state: { kind: "queued" }, file, receipts: offering(answers) });
    this.emit({ kind: "threads_changed", threads: [thread.id] });
    if (this.connection === "online") setTimeout(() => this.flush(thread), this.options.sendDelay);
    return entry;
  }

  protected share(id: string, file: FileView, text: string, priority: Priority): void {
    this.queue(this.find(id), text, priority, file);
  }

  protected fileAt(id: string, seq: number): FileView | null {
    const message = this.find(id).at(seq);
    return message.kind === "message" ? message.file : null;
  }

  protected fetched(id: string, seq: number): void {
    const thread = this.find(id);
    const before = thread.at;
    const message = before(seq);
    if (message.kind !== "message" || message.file === null) return;
    const whole: MessageView = { ...message, file: { ...message.file, here: message.file.parts } };
    thread.at = (at) => (at === seq ? whole : before(at));
  }

  /** Gives queued rows their place in the log. */
  private flush(thread: FakeThread): void {
    const queued = thread.extra.filter((one) => one.kind === "message" && one.state.kind === "queued");
    if (queued.length === 0 || this.connection !== "online") return;
    thread.extra = thread.extra.filter((one) => !queued.includes(one));
    for (const one of queued) {
      if (one.kind !== "message") continue;
      const before = thread.at;
      thread.lastSeq += 1;
      const placed: MessageView = { ...one, seq: thread.lastSeq, state: { kind: "on_server" } };
      thread.at = (seq) => (seq === placed.seq ? placed : before(seq));
      thread.readSeq = thread.lastSeq;
    }
    for (const listener of this.listeners) listener({ kind: "threads_changed", threads: [thread.id] });
  }

  retryMessage(entry: string): Promise<void> {
    return this.answer("retryMessage", [entry], () => {
      for (const thread of this.logs) {
        const waits = thread.extra.some((one) => one.entry === entry);
        thread.extra = thread.extra.map((one) => (one.entry === entry && one.kind === "message" ? { ...one, state: { kind: "queued" } } : one));
        if (waits) setTimeout(() => this.flush(thread), this.options.sendDelay);
      }
    });
  }

  discardMessage(entry: string): Promise<void> {
    return this.answer("discardMessage", [entry], () => {
      for (const thread of this.logs) thread.extra = thread.extra.filter((one) => one.entry !== entry);
    });
  }

  markRead(id: string, seq: number): Promise<void> {
    return this.answer("markRead", [id, seq], () => this.mark(id, (old) => Math.max(old, seq)));
  }

  markUnread(id: string, seq: number): Promise<void> {
    return this.answer("markUnread", [id, seq], () => this.mark(id, (old) => Math.min(old, seq - 1)));
  }

  displayed(id: string, from: number, to: number): Promise<boolean> {
    return this.answer("displayed", [id, from, to], () => {
      this.mark(id, (old) => Math.max(old, to));
      return true;
    });
  }

  private mark(id: string, place: (old: number) => number): void {
    const thread = this.find(id);
    thread.readSeq = place(thread.readSeq);
    this.emit({ kind: "threads_changed", threads: [id] });
  }

  acknowledge(request: AcknowledgeRequest): Promise<void> {
    return this.answer("acknowledge", [request], () => {
      const thread = this.find(request.thread);
      const before = thread.at;
      thread.at = (seq) => {
        const message = before(seq);
        return message.entry === request.message ? answered(message, request.answer) : message;
      };
      this.emit({ kind: "threads_changed", threads: [thread.id] });
    });
  }

  readers(id: string, entry: string) {
    return this.answer("readers", [id, entry], () => {
      const thread = this.find(id);
      for (let seq = thread.lastSeq; seq >= Math.max(1, thread.lastSeq - 500); seq -= 1) {
        const message = thread.at(seq);
        if (message.entry === entry) return readersOf(message, thread.members);
      }
      return this.reject("not_found");
    });
  }

  draft(id: string): Promise<DraftView | null> {
    return this.answer("draft", [id], () => this.drafts.get(id) ?? null);
  }

  saveDraft(id: string, draft: DraftView | null): Promise<void> {
    return this.answer("saveDraft", [id, draft], () => {
      if (draft === null) this.drafts.delete(id);
      else this.drafts.set(id, draft);
    });
  }

  search(request: SearchRequest) {
    return this.answer("search", [request], () => searchIn(this.logs, request));
  }

  directory() {
    return this.answer("directory", [], () => PEOPLE.map(({ role: _role, ...one }) => ({ ...one, me: one.account === this.me })));
  }

  filling(): Promise<FillingView | null> {
    return this.answer("filling", [], () => this.options.filling);
  }

  preferences(): Promise<Preferences> {
    return this.answer("preferences", [], () => this.prefs);
  }

  savePreferences(preferences: Preferences): Promise<void> {
    return this.answer("savePreferences", [preferences], () => {
      this.prefs = preferences;
    });
  }

  viewState(): Promise<ViewState | null> {
    return this.answer("viewState", [], () => this.view);
  }

  saveViewState(state: ViewState): Promise<void> {
    return this.answer("saveViewState", [state], () => {
      this.view = state;
    });
  }
}
