/**
 * The only door out of the UI. Tauri (the desktop), HTTP (the patient portal, later) and a fake (tests) are three keys to it.
 * The types in `bindings/` are generated from Rust; this file only says which calls and events exist.
 */
import type {
  AcknowledgeRequest, AppEvent, AskAdminRequest, BackgroundView, BeginEnrolRequest, BeginFileRequest, CloseIncidentRequest, CommandRequest, CommandView, CreateThreadRequest, CustodyRequest, CustodyView, DirectoryPerson, DraftView, EnrolmentBegun, EnrolWorkstationRequest, FillingView,
  FilePartRequest, FilePreview, FinishEnrolRequest, GrantAdminRequest, GroupRequest, GroupView, ImportPeopleRequest, ImportReport, IncidentView, InviteRequest, InviteView, MakeWorkstationTokenRequest, MessagePage, MessagePageRequest,
  OpenIncidentRequest, OutgoingFile, OwnRules, OwnRulesView, Permissions, PersonView, RoleChoice, Preferences, Reader, RecoverRequest, RecoveryCodes, SearchPage, SearchRequest, SendFileRequest, SendMessageRequest, SessionView,
  RuleView, SetPinRequest, SheetsView, SignInNewRequest, SignInPinRequest, SignInRequest, SignInView, ThreadListRequest, ThreadPage, ThreadView, ViewState, WorkstationEnrolled, WorkstationEntry,
  WorkstationTokenView, WorkstationView,
} from "./bindings";

export interface Backend {
  /** What may be known while locked: tiles, counts, connection, policy. */
  workstation(): Promise<WorkstationView>;
  /** Makes this machine a workstation of the clinic, with a token that IT made. */
  enrolWorkstation(request: EnrolWorkstationRequest): Promise<WorkstationEnrolled>;
  /** Uses an invite: makes the account's keys and sets the password. May be repeated until it is finished. */
  beginEnrol(request: BeginEnrolRequest): Promise<EnrolmentBegun>;
  /** Confirms the second factor and gives the recovery codes, once. The session then waits for `enter`. */
  finishEnrol(request: FinishEnrolRequest): Promise<RecoveryCodes>;
  /** Opens a person's vault with the password. On success the shell replaces this window by the main one. */
  signIn(request: SignInRequest): Promise<void>;
  /** Opens a person's vault with the PIN they set here. On success as `signIn`; `workstation` says how many tries are left. */
  signInPin(request: SignInPinRequest): Promise<void>;
  /** Signs in by name, password and code, and builds a vault here. On success the shell replaces this window by the main one. */
  signInNew(request: SignInNewRequest): Promise<void>;
  /** Sets a new password with a recovery code and gives new codes. The session then waits for `enter`. */
  recover(request: RecoverRequest): Promise<RecoveryCodes>;
  /** Opens the main window for the session that `finishEnrol` or `recover` left ready. Fails with `locked` when it is gone. */
  enter(): Promise<void>;
  /** Prints this window; the print style shows only the sheet. */
  print(): Promise<void>;

  /** The signed-in person, connection and policy. Fails with `locked` when locked, as everything below does. */
  session(): Promise<SessionView>;
  lock(): Promise<void>;
  switchUser(): Promise<void>;
  /** Tells the shell that a person is at the window (stops the five-second fade). */
  stayAwake(): Promise<void>;
  /** Whether the app starts with the system, so that IT reaches this workstation before anybody opens it. */
  background(): Promise<BackgroundView>;
  /** Fails with `not_permitted` to switch off what this machine's management demands. */
  setBackground(on: boolean): Promise<void>;

  threads(request: ThreadListRequest): Promise<ThreadPage>;
  thread(thread: string): Promise<ThreadView>;
  createThread(request: CreateThreadRequest): Promise<ThreadView>;
  messages(request: MessagePageRequest): Promise<MessagePage>;
  sendMessage(request: SendMessageRequest): Promise<string>;
  retryMessage(entry: string): Promise<void>;
  discardMessage(entry: string): Promise<void>;
  /** Begins to take a file in; answers with its id. Its parts follow, then `sendFile`. */
  beginFile(request: BeginFileRequest): Promise<string>;
  /** One part of 1,048,576 bytes, the last one what is left. `file_refused` forgets the file. */
  putFilePart(request: FilePartRequest): Promise<void>;
  sendFile(request: SendFileRequest): Promise<void>;
  retryFile(file: string): Promise<void>;
  discardFile(file: string): Promise<void>;
  /** The files of a thread that wait like a draft, are on their way or were refused. */
  outgoingFiles(thread: string): Promise<OutgoingFile[]>;
  /** Brings a message's file here, from where it stopped. `threads_changed` tells each part. */
  fetchFile(thread: string, seq: number): Promise<void>;
  cancelFetch(thread: string, seq: number): Promise<void>;
  /** What a message whose parts are all here looks like: a picture, or a PDF as it is. */
  filePreview(thread: string, seq: number): Promise<FilePreview>;
  /** Everything up to and with `seq` counts as read, at every workstation of the person; nothing is taken back by it. */
  markRead(thread: string, seq: number): Promise<void>;
  /** Everything from `seq` on counts as unread, at every workstation of the person. */
  markUnread(thread: string, seq: number): Promise<void>;
  /** Everything from `from` to `to` was on the screen for two seconds; it counts as read, and others learn of it. False where the window has no focus. */
  displayed(thread: string, from: number, to: number): Promise<boolean>;
  /** Takes note of somebody's message, with one of the answers that it offers. Resolves once it is safe on this workstation. */
  acknowledge(request: AcknowledgeRequest): Promise<void>;
  /** Whom a message was for, each with what is known of them. */
  readers(thread: string, message: string): Promise<Reader[]>;
  draft(thread: string): Promise<DraftView | null>;
  saveDraft(thread: string, draft: DraftView | null): Promise<void>;
  search(request: SearchRequest): Promise<SearchPage>;
  directory(): Promise<DirectoryPerson[]>;
  /** How far a new vault has taken in earlier messages; null when it has all. */
  filling(): Promise<FillingView | null>;

  /** Where the person signed in that was new to them, newest first. */
  signIns(): Promise<SignInView[]>;
  /** Says of one of the session's new sign-ins whether that was the person. */
  answerSignIn(device: string, mine: boolean): Promise<void>;
  /** Ends one of the person's other devices for good: the session there closes, and what waits there to be sent never is. */
  endDevice(device: string): Promise<void>;
  /** The same for all their other devices; gives how many those were. */
  signOutElsewhere(): Promise<number>;

  /** What the person may do. Everything below fails with `not_permitted` without it. */
  permissions(): Promise<Permissions>;
  people(): Promise<PersonView[]>;
  /** Where somebody else signed in that was new to them. */
  signInsOf(account: string): Promise<SignInView[]>;
  invite(request: InviteRequest): Promise<InviteView>;
  /** Invites somebody who is in and lost every key: once it is used, their older keys, devices and login are out. */
  inviteAgain(account: string, days: number): Promise<InviteView>;
  /** Gives a person another role; it holds at once, everywhere. */
  setRole(account: string, choice: RoleChoice): Promise<void>;
  /** Asks for the grant that the person's administering role needs: the key is made here, and new recovery codes are given. */
  askAdmin(request: AskAdminRequest): Promise<RecoveryCodes>;
  /** Makes an administrator of somebody who asked: by the root's key in this vault, or by its sheets. */
  grantAdmin(request: GrantAdminRequest): Promise<void>;
  /** Says what is wrong with root sheets, and nothing that is on them. */
  checkRootSheets(sheets: string[]): Promise<SheetsView>;
  /** Cuts a person off, or withdraws an invite that nobody used. */
  revokePerson(account: string): Promise<void>;
  /** Judges a list row by row, and invites the rows that fit unless it is a dry run. */
  importPeople(request: ImportPeopleRequest): Promise<ImportReport>;
  workstations(): Promise<WorkstationEntry[]>;
  makeWorkstationToken(request: MakeWorkstationTokenRequest): Promise<WorkstationTokenView>;
  /** Takes a workstation out of service, or withdraws a token that nobody used. */
  revokeWorkstation(workstation: string): Promise<void>;

  /** Tells a workstation what to do; answers with the command's id. */
  issueCommand(request: CommandRequest): Promise<string>;
  /** Agrees to a command that waits for a second administrator. */
  approveCommand(command: string): Promise<void>;
  /** Every command with how far it has come, the newest first. */
  commands(): Promise<CommandView[]>;
  /** Every receipt with what it rests on: JSON to keep in a file, which `sotto fleet receipts verify` checks from the root on. */
  exportReceipts(): Promise<unknown>;
  groups(): Promise<GroupView[]>;
  /** Sets what holds for a group of workstations; settings without anything give it up. Answers with the group's id. */
  setGroup(request: GroupRequest): Promise<string>;
  /** What holds at a workstation and whose rule each is; for `null` at this one for the signed-in person, their own rules among it. */
  rules(workstation: string | null): Promise<RuleView[]>;
  /** Every change of who answers for a workstation, the newest first. */
  custody(workstation: string): Promise<CustodyView[]>;
  /** Hands a workstation to somebody, or to nobody, and says where it stands. */
  setCustody(request: CustodyRequest): Promise<void>;
  /** Every workstation that was reported lost or stolen, the newest first, with what was done since. */
  incidents(): Promise<IncidentView[]>;
  /** Reports a workstation; answers with the incident's id. */
  openIncident(request: OpenIncidentRequest): Promise<string>;
  /** Says how an incident ended; it stays in the register. */
  closeIncident(request: CloseIncidentRequest): Promise<void>;
  /** The register with every receipt in it: JSON to keep in a file, whose receipts `sotto fleet receipts verify` checks. */
  exportIncidents(): Promise<unknown>;

  /** Lets a PIN open the signed-in person's vault on this workstation; needs the password once more. */
  setPin(request: SetPinRequest): Promise<void>;
  removePin(): Promise<void>;

  preferences(): Promise<Preferences>;
  savePreferences(preferences: Preferences): Promise<void>;
  /** What the person tightened for themselves here, and what holds without it. */
  ownRules(): Promise<OwnRulesView>;
  /** Sets it in place of the last. Fails with `rule_looser` for what is looser than the rules of the clinic, its groups and the machine's management. */
  setOwnRules(rules: OwnRules): Promise<OwnRulesView>;
  /** Where the person was (thread, scroll, focus); sealed in the vault so that an unlock comes back to it. */
  viewState(): Promise<ViewState | null>;
  saveViewState(state: ViewState): Promise<void>;

  subscribe(listener: (event: AppEvent) => void): () => void;
}
