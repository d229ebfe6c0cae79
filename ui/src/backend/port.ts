/**
 * The only door out of the UI. Tauri (the desktop), HTTP (the patient portal, later) and a fake (tests) are three keys to it.
 * The types in `bindings/` are generated from Rust; this file only says which calls and events exist.
 */
import type {
  AppEvent, CreateThreadRequest, DirectoryPerson, DraftView, EnrolRequest, MessagePage, MessagePageRequest, Preferences,
  SearchPage, SearchRequest, SendMessageRequest, SessionView, SignInRequest, ThreadListRequest, ThreadPage, ThreadView,
  ViewState, WorkstationView,
} from "./bindings";

export interface Backend {
  /** What may be known while locked: tiles, counts, connection, policy. */
  workstation(): Promise<WorkstationView>;
  /** Uses an invite on this machine: makes the account's keys, sets the password, opens the vault. */
  enrol(request: EnrolRequest): Promise<void>;
  /** Opens a person's vault with the password. On success the shell replaces this window by the main one. */
  signIn(request: SignInRequest): Promise<void>;

  /** The signed-in person, connection and policy. Fails with `locked` when locked, as everything below does. */
  session(): Promise<SessionView>;
  lock(): Promise<void>;
  switchUser(): Promise<void>;
  /** Tells the shell that a person is at the window (stops the five-second fade). */
  stayAwake(): Promise<void>;

  threads(request: ThreadListRequest): Promise<ThreadPage>;
  thread(thread: string): Promise<ThreadView>;
  createThread(request: CreateThreadRequest): Promise<ThreadView>;
  messages(request: MessagePageRequest): Promise<MessagePage>;
  sendMessage(request: SendMessageRequest): Promise<string>;
  retryMessage(entry: string): Promise<void>;
  discardMessage(entry: string): Promise<void>;
  /** Everything up to and with `seq` counts as read; a smaller `seq` than before marks as unread from there. */
  markRead(thread: string, seq: number): Promise<void>;
  draft(thread: string): Promise<DraftView | null>;
  saveDraft(thread: string, draft: DraftView | null): Promise<void>;
  search(request: SearchRequest): Promise<SearchPage>;
  directory(): Promise<DirectoryPerson[]>;

  preferences(): Promise<Preferences>;
  savePreferences(preferences: Preferences): Promise<void>;
  /** Where the person was (thread, scroll, focus); sealed in the vault so that an unlock comes back to it. */
  viewState(): Promise<ViewState | null>;
  saveViewState(state: ViewState): Promise<void>;

  subscribe(listener: (event: AppEvent) => void): () => void;
}
