// Generated from crates/sotto-client/src/view by `cargo xtask bindings`. Do not edit.

export type ErrorCode = "wrong_password" | "throttled" | "vault_destroyed" | "password_too_short" | "login_malformed" | "login_taken" | "wrong_code" | "recovery_code_unknown" | "bundle_damaged" | "second_factor_needed" | "invite_malformed" | "invite_unknown" | "invite_expired" | "invite_used" | "already_enrolled" | "not_enrolled" | "token_malformed" | "token_unknown" | "token_expired" | "token_used" | "device_revoked" | "account_revoked" | "unknown_root" | "server_certificate" | "signature_invalid" | "workstation_unknown" | "workstation_revoked" | "clock_skew" | "request_replayed" | "upgrade_required" | "server_unreachable" | "server_busy" | "server_error" | "disk_full" | "vault_corrupt" | "vault_missing" | "vault_in_use" | "vault_rolled_back" | "keyring_missing" | "keyring_locked" | "lease_ended" | "too_large" | "malformed" | "locked" | "not_found" | "not_a_member" | "not_permitted" | "conflict" | "stale_epoch" | "cancelled" | "internal" | "wrong_pin" | "pin_missing" | "pin_malformed" | "pin_repeats" | "pin_counts" | "member_not_permitted" | "password_guessable" | "sheet_malformed" | "sheet_foreign" | "sheet_repeated" | "sheets_too_few" | "sheets_unfit" | "wiped" | "rule_looser" | "managed_unreadable" | "managed_unsafe" | "file_too_large" | "file_refused" | "file_damaged" | "image_too_large" | "attachment_too_large" | "attachment_type_forbidden";

export type ErrorView = { 
/**
 * What to branch on.
 */
code: ErrorCode, 
/**
 * Seconds until a repeat may succeed.
 */
retry_after_seconds: number | null, };

export type Connection = "online" | "connecting" | "offline";

export type Priority = "fyi" | "action" | "concern" | "stat";

export type ThreadClass = "clinical" | "scheduling" | "billing" | "staff";

export type TileView = { 
/**
 * The account.
 */
account: string, 
/**
 * How they are called.
 */
name: string, 
/**
 * What they do.
 */
title: string, 
/**
 * Their initials.
 */
initials: string, 
/**
 * Whether their vault is here and can be opened with the password.
 */
has_vault: boolean, 
/**
 * How many tries a PIN has left here; absent where there is none.
 */
pin_tries_left: number | null, 
/**
 * Whether the password alone does not open: after too many wrong PINs a code of the second factor is needed once.
 */
second_factor_needed: boolean, 
/**
 * Why the server takes nothing from their device here any more, if it said so: then nothing opens it.
 */
shut_out: ErrorCode | null, };

export type LockedView = { 
/**
 * Whose.
 */
account: string, 
/**
 * Since when, milliseconds since 1970.
 */
since: number, 
/**
 * Whether a draft waits.
 */
draft_kept: boolean, 
/**
 * Threads with something unread when it locked.
 */
waiting: number, 
/**
 * STAT messages among them.
 */
stat: number, };

export type ManagedFault = { 
/**
 * What is wrong.
 */
code: ErrorCode, 
/**
 * Where the system keeps it.
 */
place: string, 
/**
 * The key it is at, where that is known.
 */
key: string | null, };

export type WorkstationView = { 
/**
 * Whether this machine is a workstation of a clinic.
 */
enrolled: boolean, 
/**
 * When it was wiped, if it was and was not let in again; milliseconds since 1970.
 */
wiped_at: number | null, 
/**
 * The machine's name.
 */
name: string, 
/**
 * The clinic's name, as far as this machine was told it.
 */
organisation: string, 
/**
 * Who has a vault here, or had one.
 */
people: Array<TileView>, 
/**
 * The person whose session is locked here, if one is.
 */
locked: LockedView | null, 
/**
 * Whether the server can be heard.
 */
connection: Connection, 
/**
 * Until when the locked person's vault opens without the server, milliseconds since 1970.
 */
lease_until: number | null, 
/**
 * Whom to ask for help: as this machine's management says it, or else the clinic.
 */
help: string, 
/**
 * What is wrong with what this machine's management says; nothing of it is used then.
 */
managed_fault: ManagedFault | null, 
/**
 * Whether the keys lie in a plain file instead of the operating system's keyring.
 */
insecure_keyring: boolean, 
/**
 * The language of the last person; before anybody was here, that of the machine's management.
 */
language: Language, 
/**
 * The colours of the last person.
 */
theme: Theme, };

export type WorkstationKind = "shared" | "private";

export type EnrolWorkstationRequest = { 
/**
 * The token's text.
 */
token: string, };

export type WorkstationEnrolled = { 
/**
 * The clinic's name; empty while this machine was not told it.
 */
organisation: string, 
/**
 * The host of the clinic's server.
 */
server: string, 
/**
 * Who uses this workstation.
 */
kind: WorkstationKind, };

export type BeginEnrolRequest = { 
/**
 * The invite's text.
 */
invite: string, 
/**
 * The password that the person chose.
 */
password: string, };

export type TotpSetup = { 
/**
 * The `otpauth` address, for a QR code.
 */
uri: string, 
/**
 * The secret in groups of four, for typing.
 */
secret_text: string, };

export type EnrolmentBegun = { 
/**
 * The account.
 */
account: string, 
/**
 * How they are called.
 */
name: string, 
/**
 * Their login name.
 */
login: string, 
/**
 * For their authenticator app.
 */
totp: TotpSetup, };

export type FinishEnrolRequest = { 
/**
 * The account.
 */
account: string, 
/**
 * The six digits that the app shows.
 */
code: string, };

export type RecoveryCodes = { 
/**
 * The codes, each good for one recovery.
 */
codes: Array<string>, };

export type SignInRequest = { 
/**
 * Whose.
 */
account: string, 
/**
 * The password.
 */
password: string, };

export type SignInPinRequest = { 
/**
 * Whose.
 */
account: string, 
/**
 * 6 to 12 digits.
 */
pin: string, };

export type SetPinRequest = { 
/**
 * Their password, once more.
 */
password: string, 
/**
 * The new PIN.
 */
pin: string, };

export type SignInNewRequest = { 
/**
 * The login name, as typed.
 */
login: string, 
/**
 * The password.
 */
password: string, 
/**
 * The six digits that the authenticator app shows.
 */
code: string, };

export type RecoverRequest = { 
/**
 * The login name, as typed.
 */
login: string, 
/**
 * The recovery code, as typed.
 */
recovery_code: string, 
/**
 * The six digits that the authenticator app shows.
 */
code: string, 
/**
 * The new password.
 */
password: string, };

export type FillingView = { 
/**
 * Messages here.
 */
done: number, 
/**
 * Messages there are.
 */
total: number, };

export type DirectoryWarning = "withheld" | "forked" | "forged";

export type NewSignIn = { 
/**
 * What the account is there: what is answered with.
 */
device: string, 
/**
 * The machine's name.
 */
workstation: string, 
/**
 * Where that is.
 */
location: string, 
/**
 * When, milliseconds since 1970, by that machine's clock.
 */
at: number, 
/**
 * Whether they said that it was not them; told until that device is shut out.
 */
denied: boolean, };

export type SignInView = { 
/**
 * The machine's name.
 */
workstation: string, 
/**
 * Where that is.
 */
location: string, 
/**
 * When, milliseconds since 1970, by the server's clock.
 */
at: number, 
/**
 * Whether a recovery code was used in place of the password.
 */
recovery: boolean, 
/**
 * Whether it is the machine that asks.
 */
here: boolean, };

export type SessionView = { 
/**
 * The person.
 */
account: string, 
/**
 * How they are called.
 */
name: string, 
/**
 * What they do.
 */
title: string, 
/**
 * Their initials.
 */
initials: string, 
/**
 * The machine's name.
 */
workstation: string, 
/**
 * The clinic's name.
 */
organisation: string, 
/**
 * Whether the server can be heard.
 */
connection: Connection, 
/**
 * Idle seconds until the lock.
 */
idle_lock_seconds: number, 
/**
 * The last of those, during which the screen fades.
 */
fade_seconds: number, 
/**
 * Whether they have a PIN on this workstation.
 */
pin_set: boolean, 
/**
 * Whether the keys lie in a plain file instead of the operating system's keyring.
 */
insecure_keyring: boolean, 
/**
 * Whether the vault turned out to be an older copy of itself; nothing is sent until it has caught up.
 */
rolled_back: boolean, 
/**
 * What is wrong with the server's word on who is who, if anything is.
 */
directory_warning: DirectoryWarning | null, 
/**
 * Where the account came after this vault and the person has not said that it was them, newest first.
 */
new_sign_ins: Array<NewSignIn>, };

export type Role = "physician" | "nurse" | "front_desk" | "billing" | "it_admin" | "privacy_officer" | "custom";

export type Permission = "clinical" | "scheduling" | "billing" | "staff" | "people" | "workstations" | "review" | "export";

export type AdminStanding = "none" | "may_ask" | "asked" | "granted";

export type Permissions = { 
/**
 * Their role; nobody without one may anything.
 */
role: Role | null, 
/**
 * The classes of threads they may be in.
 */
classes: Array<ThreadClass>, 
/**
 * Whether they may invite people, set their roles and revoke them.
 */
people: boolean, 
/**
 * Whether they may make workstation tokens and revoke workstations.
 */
workstations: boolean, 
/**
 * Whether they may look at the lists of people and machines.
 */
review: boolean, 
/**
 * How far they are with being an administrator, with the key that is on this machine.
 */
admin: AdminStanding, 
/**
 * Whether the root's key is in this vault, so that they may make others administrators by it.
 */
root_key: boolean, 
/**
 * Whether they may make administrators with the root's sheets in hand.
 */
root_sheets: boolean, };

export type RoleChoice = { 
/**
 * The role.
 */
role: Role, 
/**
 * What a custom role may do; empty for every other.
 */
permissions: Array<Permission>, };

export type PersonState = "invited" | "active" | "revoked";

export type PersonView = { 
/**
 * The account.
 */
account: string, 
/**
 * How they are called.
 */
name: string, 
/**
 * What they do.
 */
title: string, 
/**
 * Their initials.
 */
initials: string, 
/**
 * Their login name, as far as it is known here.
 */
login: string | null, 
/**
 * Their role; nobody without one may anything.
 */
role: Role | null, 
/**
 * What they may do by it.
 */
permissions: Array<Permission>, 
/**
 * How far they are with being an administrator.
 */
admin: AdminStanding, 
/**
 * How far they have come.
 */
state: PersonState, 
/**
 * Until when the open invite is good, milliseconds since 1970.
 */
expires_at: number | null, 
/**
 * Whether that is the signed-in person.
 */
me: boolean, };

export type InviteRequest = { 
/**
 * How they are called.
 */
name: string, 
/**
 * What they do.
 */
title: string, 
/**
 * Their login name.
 */
login: string, 
/**
 * Their role.
 */
role: Role, 
/**
 * What a custom role may do; empty for every other.
 */
permissions: Array<Permission>, 
/**
 * Days until the invite ends.
 */
days: number, };

export type InviteView = { 
/**
 * The account it makes.
 */
account: string, 
/**
 * How they are called.
 */
name: string, 
/**
 * What they do.
 */
title: string, 
/**
 * Their login name.
 */
login: string, 
/**
 * The invite's text; whoever holds it can become the account.
 */
text: string, 
/**
 * Until when it is good, milliseconds since 1970.
 */
expires_at: number, };

export type AskAdminRequest = { 
/**
 * Their password, once more.
 */
password: string, 
/**
 * A code of their second factor.
 */
code: string, };

export type GrantAdminRequest = { 
/**
 * Whom.
 */
account: string, 
/**
 * The texts of the root's sheets; none where the root's key is in this vault.
 */
sheets: Array<string>, };

export type WorkstationState = "waiting" | "active" | "revoked";

export type Counted = { 
/**
 * An error code's name, or the word of a refusal. A text, so that a server takes those of newer machines.
 */
name: string, 
/**
 * How often.
 */
count: number, };

export type Diagnostics = { 
/**
 * How many sessions are open.
 */
sessions: number, 
/**
 * How many entries wait in them for the server; those in closed vaults cannot be counted.
 */
waiting: number, 
/**
 * When a vault there last had everything the server had; absent where none had since the start. Milliseconds since 1970, by the machine's clock.
 */
synced_at: number | null, 
/**
 * Bytes that are free where the vaults are; absent where the system does not tell.
 */
free_disk_bytes: number | null, 
/**
 * By how many milliseconds the machine's clock is ahead of the server's; behind where negative, absent where the server did not tell its own.
 */
clock_ahead_ms: number | null, 
/**
 * How often feed, outbox and control connection ended with each error code.
 */
errors: Array<Counted>, 
/**
 * Why statements were not taken and commands not done, each with how often; the oldest are forgotten.
 */
refusals: Array<Counted>, };

export type MachineReport = { 
/**
 * Sotto's version there.
 */
app_version: string, 
/**
 * The operating system with its version.
 */
os: string, 
/**
 * Whether the disk is encrypted; absent where the system does not tell.
 */
disk_encrypted: boolean | null, 
/**
 * Whether the system locks its screen by itself after a time without input; absent where the system does not tell.
 */
screen_lock: boolean | null, 
/**
 * Whether the keyring is a plain file.
 */
insecure_keyring: boolean, 
/**
 * How many people's vaults are there.
 */
vaults: number, 
/**
 * Until when the longest cached share opens a vault without the server; milliseconds since 1970.
 */
lease_until: number | null, 
/**
 * Statements of the directory that it has not taken in yet.
 */
behind: number, 
/**
 * What it counted, for whoever must find out why it does not work.
 */
diagnostics: Diagnostics, };

export type CustodianView = { 
/**
 * The account.
 */
account: string, 
/**
 * How they are called.
 */
name: string, 
/**
 * Whether they are out by now: then somebody else has to take the machine over.
 */
revoked: boolean, };

export type WorkstationEntry = { 
/**
 * The workstation, or the token while it waits.
 */
id: string, 
/**
 * Its name.
 */
name: string, 
/**
 * Where it stands.
 */
location: string, 
/**
 * Who uses it.
 */
kind: WorkstationKind, 
/**
 * How far it has come.
 */
state: WorkstationState, 
/**
 * When the server last heard it, milliseconds since 1970.
 */
last_seen_at: number | null, 
/**
 * Until when the open token is good, milliseconds since 1970.
 */
expires_at: number | null, 
/**
 * Whether that is this machine.
 */
here: boolean, 
/**
 * Whether its control connection is open now.
 */
connected: boolean, 
/**
 * Whether it was not heard for 30 days.
 */
stale: boolean, 
/**
 * Commands to it that have no receipt.
 */
pending: number, 
/**
 * What it last told of itself.
 */
report: MachineReport | null, 
/**
 * Who answers for it; absent is nobody.
 */
custodian: CustodianView | null, };

export type CustodyRequest = { 
/**
 * The machine, one of [`crate::Session::workstations`].
 */
workstation: string, 
/**
 * Who takes it over; absent is nobody.
 */
custodian: string | null, 
/**
 * Where it stands; may be empty.
 */
location: string, };

export type CustodyView = { 
/**
 * Who answered for it before; absent is nobody.
 */
from: string | null, 
/**
 * Who answered for it from then on; absent is nobody.
 */
to: string | null, 
/**
 * Whether it changed hands, which two of the same name do not show; else only its place changed.
 */
handed: boolean, 
/**
 * Where it stood before.
 */
location_before: string, 
/**
 * Where it stood from then on.
 */
location: string, 
/**
 * Who signed the change; absent is the clinic's root.
 */
by: string | null, 
/**
 * When, milliseconds since 1970.
 */
at: number, };

export type Action = "lock" | "sign_out" | "wipe" | "report";

export type CommandReason = "lost" | "stolen" | "leaver" | "retired" | "suspected" | "routine";

export type CommandRequest = { 
/**
 * The machine, one of [`crate::Session::workstations`].
 */
workstation: string, 
/**
 * One person on it; absent is everybody, and for a wipe the machine itself.
 */
account: string | null, 
/**
 * What to do.
 */
action: Action, 
/**
 * Why.
 */
reason: CommandReason, };

export type CommandState = "requested" | "issued" | "delivered" | "executing" | "receipted" | "lapsed" | "unconfirmed";

export type CommandOutcome = "done" | "expired" | "nothing";

export type ErasedKind = "keyring_entries" | "wrapped_keys" | "vaults" | "other_files" | "app_data";

export type Erased = { 
/**
 * The kind.
 */
kind: ErasedKind, 
/**
 * How many there were.
 */
found: number, 
/**
 * How many are still there: what the system would not delete. Keys never are.
 */
left: number, };

export type ReceiptView = { 
/**
 * How it ended.
 */
outcome: CommandOutcome, 
/**
 * When, by the machine's clock.
 */
ended_at: number, 
/**
 * Of a wipe what was destroyed.
 */
erased: Array<Erased>, 
/**
 * Whether everything that was found is gone.
 */
complete: boolean, };

export type CommandView = { 
/**
 * The command.
 */
command: string, 
/**
 * The machine.
 */
workstation: string, 
/**
 * Its name.
 */
workstation_name: string, 
/**
 * The one person it is about, if it is about one.
 */
person: string | null, 
/**
 * What to do.
 */
action: Action, 
/**
 * Why.
 */
reason: CommandReason, 
/**
 * How far it has come.
 */
state: CommandState, 
/**
 * Who gave it; absent is the clinic's root.
 */
issued_by: string | null, 
/**
 * Whether that is who asks, who therefore cannot agree to it.
 */
mine: boolean, 
/**
 * Who agreed, where two were needed.
 */
approved_by: string | null, 
/**
 * Milliseconds since 1970.
 */
issued_at: number, 
/**
 * Not begun later than this.
 */
not_after: number, 
/**
 * When the server put it on the machine's connection.
 */
delivered_at: number | null, 
/**
 * When the machine said that it begins.
 */
begun_at: number | null, 
/**
 * The machine's receipt.
 */
receipt: ReceiptView | null, 
/**
 * Of the newest report that the machine did: what it told of itself then or later. The machine's word on its connection, and not in the receipt.
 */
report: MachineReport | null, };

export type IncidentReason = "lost" | "stolen";

export type IncidentOutcome = "found" | "wiped" | "written_off";

export type OpenIncidentRequest = { 
/**
 * The machine, one of [`crate::Session::workstations`].
 */
workstation: string, 
/**
 * What happened to it.
 */
reason: IncidentReason, };

export type CloseIncidentRequest = { 
/**
 * The incident, one of [`crate::Session::incidents`].
 */
incident: string, 
/**
 * How it ended.
 */
outcome: IncidentOutcome, };

export type IncidentPersonView = { 
/**
 * The account.
 */
account: string, 
/**
 * How they are called.
 */
name: string, 
/**
 * Whether they are out by now.
 */
revoked: boolean, 
/**
 * Whether they came back with new keys: those that the machine had open nothing that is written from then on.
 */
renewed: boolean, };

export type IncidentEndView = { 
/**
 * How.
 */
outcome: IncidentOutcome, 
/**
 * Who signed that; absent is the clinic's root.
 */
by: string | null, 
/**
 * When, milliseconds since 1970.
 */
at: number, };

export type IncidentView = { 
/**
 * The incident.
 */
incident: string, 
/**
 * The machine.
 */
workstation: string, 
/**
 * Its name.
 */
workstation_name: string, 
/**
 * What happened to it.
 */
reason: IncidentReason, 
/**
 * Who reported it; absent is the clinic's root.
 */
opened_by: string | null, 
/**
 * When, milliseconds since 1970.
 */
opened_at: number, 
/**
 * What the machine was told while the incident was open, and a wipe of it whenever that was told; the newest first, each with its receipt.
 */
commands: Array<CommandView>, 
/**
 * Whether the machine is out of service by now.
 */
shut_out: boolean, 
/**
 * Whether the machine signed that it is wiped: only then does it end so.
 */
wiped: boolean, 
/**
 * Whose accounts were on it, by name.
 */
people: Array<IncidentPersonView>, 
/**
 * How it ended; absent while it is open.
 */
closed: IncidentEndView | null, };

export type AttachmentType = "image" | "pdf" | "office" | "text" | "audio" | "video";

export type Settings = { 
/**
 * Idle time before the lock, in seconds. Less is stricter.
 */
idle_lock_s: number | null, 
/**
 * A session's longest time, in seconds. Less is stricter.
 */
session_s: number | null, 
/**
 * How long the server's share may be cached, in seconds; 0 is never. Less is stricter.
 */
lease_s: number | null, 
/**
 * Days without the server after which the machine wipes itself. Less is stricter.
 */
self_wipe_days: number | null, 
/**
 * Days for which what was read is kept in a vault; 0 counts as 1. Less is stricter.
 */
retain_days: number | null, 
/**
 * Size of the largest file that may be sent, in MB of 1,048,576 bytes. Less is stricter.
 */
attachment_mb: number | null, 
/**
 * Types of files that may be sent. Of two lists what is in both is stricter.
 */
attachment_types: Array<AttachmentType> | null, 
/**
 * Whether a PIN may open a vault. No is stricter.
 */
pin: boolean | null, 
/**
 * Whether notifications of the system are shown. No is stricter.
 */
notifications: boolean | null, 
/**
 * Whether text may be copied out of a message. No is stricter.
 */
clipboard: boolean | null, 
/**
 * Whether the system is asked to keep the window out of pictures of the screen. Yes is stricter, and holds where no group lets it off.
 */
content_protection: boolean | null, 
/**
 * Whether a wipe needs a second admin. Yes is stricter.
 */
two_person_wipe: boolean | null, };

export type GroupMembersView = "everyone" | { "kind": WorkstationKind } | { "workstations": Array<string> };

export type GroupView = { 
/**
 * The group.
 */
group: string, 
/**
 * Its name.
 */
name: string, 
/**
 * Which machines.
 */
members: GroupMembersView, 
/**
 * What holds for them.
 */
settings: Settings, 
/**
 * When it was last set; milliseconds since 1970.
 */
issued_at: number, };

export type GroupRequest = { 
/**
 * The group; absent makes one.
 */
group: string | null, 
/**
 * Its name.
 */
name: string, 
/**
 * Which machines.
 */
members: GroupMembersView, 
/**
 * What holds for them; nothing gives the group up.
 */
settings: Settings, };

export type RuleSourceView = "clinic" | { "group": string } | "management" | "own";

export type RuleView = { 
/**
 * The setting's name, one of those of [`Settings`].
 */
setting: string, 
/**
 * Its value as JSON: a number, a truth, a list of types of files, or null for never.
 */
value: number | boolean | Array<AttachmentType> | null, 
/**
 * Whose rule it is.
 */
from: RuleSourceView, };

export type OwnRules = { 
/**
 * Idle time before the lock, in seconds; absent leaves it to the clinic.
 */
idle_lock_s: number | null, 
/**
 * A session's longest time, in seconds; absent leaves it to the clinic.
 */
session_s: number | null, 
/**
 * Notifications of the system are off.
 */
no_notifications: boolean, 
/**
 * No text is copied out of messages.
 */
no_clipboard: boolean, 
/**
 * Size of the largest file that they send, in MB; absent leaves it to the clinic.
 */
attachment_mb: number | null, 
/**
 * Types of files that they send; absent leaves it to the clinic.
 */
attachment_types: Array<AttachmentType> | null, };

export type OwnRulesView = { 
/**
 * What they set. One that the clinic has overtaken since is kept, and does nothing until it is the stricter one again.
 */
own: OwnRules, 
/**
 * What holds here without it: what may be set is stricter than this.
 */
without: Array<RuleView>, };

export type MakeWorkstationTokenRequest = { 
/**
 * What the machine is to be called.
 */
name: string, 
/**
 * Where it stands.
 */
location: string, 
/**
 * Who uses it.
 */
kind: WorkstationKind, 
/**
 * Days until the token ends.
 */
days: number, };

export type WorkstationTokenView = { 
/**
 * What the machine is to be called.
 */
name: string, 
/**
 * Where it stands.
 */
location: string, 
/**
 * Who uses it.
 */
kind: WorkstationKind, 
/**
 * The token's text; whoever holds it can make a workstation.
 */
text: string, 
/**
 * Until when it is good, milliseconds since 1970.
 */
expires_at: number, };

export type ImportRow = { 
/**
 * How they are called.
 */
name: string, 
/**
 * What they do.
 */
title: string, 
/**
 * Their login name.
 */
login: string, 
/**
 * Their role, by its word.
 */
role: string, 
/**
 * What a custom role may do: words with spaces between them.
 */
permissions: string, };

export type ImportPeopleRequest = { 
/**
 * The rows, at most 500.
 */
rows: Array<ImportRow>, 
/**
 * Days until the invites end.
 */
days: number, 
/**
 * Whether nothing is to be done but judging.
 */
dry_run: boolean, };

export type RowProblem = "name_missing" | "name_too_long" | "title_too_long" | "login_malformed" | "login_taken" | "login_repeated" | "role_unknown" | "permissions_malformed";

export type ImportOutcome = { "kind": "ready" } | { "kind": "invited", 
/**
 * The invite.
 */
invite: InviteView, } | { "kind": "refused", 
/**
 * Why.
 */
reason: RowProblem, } | { "kind": "failed", 
/**
 * Why.
 */
code: ErrorCode, };

export type ImportRowView = { 
/**
 * How they are called.
 */
name: string, 
/**
 * What they do.
 */
title: string, 
/**
 * Their login name.
 */
login: string, 
/**
 * Their role, as it was read.
 */
role: string, 
/**
 * What became of it.
 */
outcome: ImportOutcome, };

export type ImportReport = { 
/**
 * The rows.
 */
rows: Array<ImportRowView>, 
/**
 * How many were, or would be, invited.
 */
fit: number, 
/**
 * How many were, or would be, not.
 */
refused: number, };

export type SheetView = { 
/**
 * Which of them it is, from 1; null where it cannot be read.
 */
index: number | null, 
/**
 * How many there are.
 */
of: number | null, 
/**
 * How many of them are enough.
 */
needed: number | null, 
/**
 * What is wrong with it: `sheet_malformed`, `sheet_foreign` or `sheet_repeated`.
 */
problem: ErrorCode | null, 
/**
 * The line to look at again, as it is numbered on the sheet.
 */
line: number | null, };

export type SheetsView = { 
/**
 * Each of them, in the order in which they came.
 */
sheets: Array<SheetView>, 
/**
 * Why they do not bring the root back; null where they do.
 */
problem: ErrorCode | null, };

export type PatientView = { 
/**
 * Family name.
 */
family: string, 
/**
 * Given name.
 */
given: string, 
/**
 * What they like to be called.
 */
preferred: string | null, 
/**
 * Date of birth, `YYYY-MM-DD`.
 */
birth_date: string, 
/**
 * Medical record number.
 */
mrn: string, 
/**
 * Pronouns.
 */
pronouns: string | null, 
/**
 * Spoken language.
 */
language: string | null, 
/**
 * `LAST, First` of another patient here whose name is easily taken for this one. Ignored in requests.
 */
similar: string | null, };

export type ThreadFilter = "mine" | "unread" | "patients" | "team";

export type ThreadListRequest = { 
/**
 * Which threads.
 */
filter: ThreadFilter, 
/**
 * Where the page before ended.
 */
after: string | null, 
/**
 * Rows at most; more than 200 gives 200.
 */
limit: number, };

export type ThreadRow = { 
/**
 * The thread.
 */
thread: string, 
/**
 * Its class.
 */
class: ThreadClass, 
/**
 * Its title; absent for a thread about a patient or between two people.
 */
title: string | null, 
/**
 * Its patient.
 */
patient: PatientView | null, 
/**
 * The other members' names.
 */
people: Array<string>, 
/**
 * The reason for contact.
 */
reason: string | null, 
/**
 * The newest message's priority.
 */
priority: Priority, 
/**
 * The newest message's beginning.
 */
preview: string, 
/**
 * Who wrote it.
 */
preview_author: string | null, 
/**
 * When something last happened, milliseconds since 1970.
 */
last_at: number, 
/**
 * Messages not read.
 */
unread: number, 
/**
 * Messages on their way.
 */
queued: number, 
/**
 * Messages that were refused.
 */
failed: number, 
/**
 * Whether something was written and not sent.
 */
draft: boolean, };

export type ThreadCounts = { 
/**
 * [`ThreadFilter::Mine`].
 */
mine: number, 
/**
 * [`ThreadFilter::Unread`].
 */
unread: number, 
/**
 * [`ThreadFilter::Patients`].
 */
patients: number, 
/**
 * [`ThreadFilter::Team`].
 */
team: number, };

export type ThreadPage = { 
/**
 * The rows.
 */
rows: Array<ThreadRow>, 
/**
 * Where the next page begins; `None` at the end.
 */
next: string | null, 
/**
 * The filters' numbers.
 */
counts: ThreadCounts, };

export type MemberView = { 
/**
 * The account.
 */
account: string, 
/**
 * How they are called.
 */
name: string, 
/**
 * What they do.
 */
title: string, 
/**
 * Their initials.
 */
initials: string, 
/**
 * Whether they are out.
 */
revoked: boolean, };

export type ThreadWarning = "forked_log" | "missing_entries" | "unreadable_epoch" | "archive_mismatch";

export type ThreadView = { 
/**
 * The row as the list shows it.
 */
row: ThreadRow, 
/**
 * Who is in it now.
 */
members: Array<MemberView>, 
/**
 * The epoch of its key; 0 until the first one is on the server.
 */
epoch: number, 
/**
 * The newest seq here.
 */
last_seq: number, 
/**
 * The newest seq that counts as read.
 */
read_seq: number, 
/**
 * What is wrong with it.
 */
warnings: Array<ThreadWarning>, };

export type MessageState = { "kind": "queued" } | { "kind": "failed", 
/**
 * Why.
 */
code: ErrorCode, } | { "kind": "on_server" } | { "kind": "received" };

export type Answer = "agree" | "need_to_talk" | { "text": string };

export type OwnAnswer = { 
/**
 * One of the answers that were offered; absent for a plain acknowledgement.
 */
answer: Answer | null, 
/**
 * Whether the server has it.
 */
on_server: boolean, };

export type AnswerCount = { 
/**
 * The answer that the sender offers.
 */
answer: Answer, 
/**
 * By how many it was given.
 */
count: number, };

export type MessageReceipts = { 
/**
 * Whom it was for: the others who were in the thread when it was sealed.
 */
recipients: number, 
/**
 * How many of them have it in a vault.
 */
stored: number, 
/**
 * How many of them had it on a screen: focused, unlocked, two seconds at least.
 */
displayed: number, 
/**
 * How many of them took note of it.
 */
acknowledged: number, 
/**
 * What may be answered by a button, and how often it was.
 */
answers: Array<AnswerCount>, 
/**
 * What the signed-in person answered.
 */
mine: OwnAnswer | null, };

export type ReaderDevice = { 
/**
 * The device.
 */
device: string, 
/**
 * The workstation it is at; empty where nobody knows its name.
 */
workstation: string, 
/**
 * When it said that the message is in its vault, milliseconds since 1970.
 */
stored_at: number | null, 
/**
 * When it said that the message was on its screen, milliseconds since 1970.
 */
displayed_at: number | null, };

export type Reader = { 
/**
 * The account.
 */
account: string, 
/**
 * How they are called.
 */
name: string, 
/**
 * What they do.
 */
title: string, 
/**
 * Their initials.
 */
initials: string, 
/**
 * Those of their devices that have it.
 */
devices: Array<ReaderDevice>, 
/**
 * When they acknowledged it, milliseconds since 1970.
 */
acknowledged_at: number | null, 
/**
 * What they answered, of what was offered.
 */
answer: Answer | null, };

export type AcknowledgeRequest = { 
/**
 * In which thread.
 */
thread: string, 
/**
 * Which message.
 */
message: string, 
/**
 * One of the answers that it offers, or a plain acknowledgement.
 */
answer: Answer | null, };

export type TombstoneReason = "bad_signature" | "unknown_author" | "cannot_decrypt" | "malformed" | "not_a_member" | "unknown_kind";

export type Change = "created" | "members" | "described" | "rotated" | "exported";

export type FileView = { 
/**
 * How it is called.
 */
name: string, 
/**
 * What its author's client found in it, as a media type.
 */
media_type: string, 
/**
 * Bytes of its content.
 */
bytes: number, 
/**
 * How many of its parts are on this workstation, sealed.
 */
here: number, 
/**
 * How many parts it has.
 */
parts: number, 
/**
 * Whether it can be looked at inside the app.
 */
viewable: boolean, };

export type OutgoingFileState = { "kind": "staged" } | { "kind": "sending" } | { "kind": "failed", 
/**
 * Why.
 */
code: ErrorCode, };

export type OutgoingFile = { 
/**
 * The file.
 */
file: string, 
/**
 * How it is called.
 */
name: string, 
/**
 * Bytes of its content.
 */
bytes: number, 
/**
 * Parts taken in, or, while it is sending, on the server.
 */
done: number, 
/**
 * How many parts it has.
 */
parts: number, 
/**
 * How far it has come.
 */
state: OutgoingFileState, };

export type BeginFileRequest = { 
/**
 * For which thread.
 */
thread: string, 
/**
 * How it is called; folders before it are dropped.
 */
name: string, 
/**
 * Bytes of its content.
 */
bytes: number, };

export type FilePartRequest = { 
/**
 * The file.
 */
file: string, 
/**
 * Which part, from 0.
 */
number: number, 
/**
 * Its bytes, in base64.
 */
data: string, };

export type SendFileRequest = { 
/**
 * The file.
 */
file: string, 
/**
 * What is said with it; may be empty.
 */
text: string, 
/**
 * How pressing.
 */
priority: Priority, };

export type FilePreview = { 
/**
 * `image/png`, `image/jpeg` or `application/pdf`.
 */
media_type: string, 
/**
 * Its bytes, in base64.
 */
data: string, };

export type MessageView = { "kind": "message", 
/**
 * Its entry.
 */
entry: string, 
/**
 * Its place in the thread; absent until the server has it.
 */
seq: number | null, 
/**
 * Who wrote it.
 */
author: string, 
/**
 * How they are called.
 */
author_name: string, 
/**
 * Whether that is the signed-in person.
 */
mine: boolean, 
/**
 * Milliseconds since 1970: the server's clock, or the author's until the server has it.
 */
at: number, 
/**
 * The text.
 */
text: string, 
/**
 * How pressing.
 */
priority: Priority, 
/**
 * How far it has come.
 */
state: MessageState, 
/**
 * Its file, if it has one.
 */
file: FileView | null, 
/**
 * How far it has come from there.
 */
receipts: MessageReceipts, } | { "kind": "change", 
/**
 * Its entry.
 */
entry: string, 
/**
 * Its place in the thread.
 */
seq: number, 
/**
 * Who made it.
 */
author_name: string, 
/**
 * Milliseconds since 1970.
 */
at: number, 
/**
 * What changed.
 */
change: Change, } | { "kind": "tombstone", 
/**
 * Its entry.
 */
entry: string, 
/**
 * Its place in the thread.
 */
seq: number, 
/**
 * Milliseconds since 1970.
 */
at: number, 
/**
 * Why.
 */
reason: TombstoneReason, };

export type MessagePageRequest = { 
/**
 * The thread.
 */
thread: string, 
/**
 * Only what is older than this seq.
 */
before: number | null, 
/**
 * Only what is newer than this seq.
 */
after: number | null, 
/**
 * Rows at most; more than 200 gives 200.
 */
limit: number, };

export type MessagePage = { 
/**
 * The rows.
 */
messages: Array<MessageView>, 
/**
 * Whether older rows exist here.
 */
has_before: boolean, 
/**
 * Whether newer rows exist here.
 */
has_after: boolean, 
/**
 * Whether what is older than these rows is not kept on this workstation, by a rule; false while `has_before`.
 */
not_kept: boolean, };

export type SendMessageRequest = { 
/**
 * To which thread.
 */
thread: string, 
/**
 * What.
 */
text: string, 
/**
 * How pressing.
 */
priority: Priority, 
/**
 * What readers may answer by a button, at most six, of 40 characters each.
 */
answers: Array<Answer>, };

export type CreateThreadRequest = { 
/**
 * Its class.
 */
class: ThreadClass, 
/**
 * The other members; the signed-in person is one by writing.
 */
members: string[], 
/**
 * A title.
 */
title: string | null, 
/**
 * The patient it is about.
 */
patient: PatientView | null, 
/**
 * The reason for contact.
 */
reason: string | null, };

export type DraftView = { 
/**
 * The text.
 */
text: string, 
/**
 * How pressing it is going to be.
 */
priority: Priority, };

export type SearchFilter = { 
/**
 * Who wrote it.
 */
from: string | null, 
/**
 * The role that whoever wrote it has now.
 */
role: Role | null, 
/**
 * Words of the name, the number or the date of birth of the patient whom the thread is about.
 */
patient: string | null, 
/**
 * Received then or later, milliseconds since 1970.
 */
since: number | null, 
/**
 * Received before, milliseconds since 1970.
 */
until: number | null, 
/**
 * How pressing it is.
 */
priority: Priority | null, };

export type SearchRequest = { 
/**
 * The words; each must occur, the last one also as a beginning.
 */
query: string, 
/**
 * Only in this thread.
 */
thread: string | null, 
/**
 * Where the page before ended.
 */
before: string | null, 
/**
 * Hits at most; more than 100 gives 100.
 */
limit: number, 
/**
 * What it is kept to.
 */
filter: SearchFilter, };

export type SearchHit = { 
/**
 * Its thread.
 */
thread: string, 
/**
 * Its entry.
 */
entry: string, 
/**
 * Its place in the thread.
 */
seq: number, 
/**
 * What the thread is called in the list.
 */
title: string, 
/**
 * Who wrote it.
 */
author_name: string, 
/**
 * How pressing it is.
 */
priority: Priority, 
/**
 * Milliseconds since 1970.
 */
at: number, 
/**
 * The part of the text around the words.
 */
snippet: string, 
/**
 * Ranges `[start, end)` of the words in `snippet`, in UTF-16 units.
 */
marks: Array<[number, number]>, };

export type SearchPage = { 
/**
 * The hits, newest first.
 */
hits: Array<SearchHit>, 
/**
 * Where the next page begins; `None` at the end.
 */
next: string | null, 
/**
 * Whether the index is being made anew: older messages may not be found yet.
 */
indexing: boolean, };

export type DirectoryPerson = { 
/**
 * The account.
 */
account: string, 
/**
 * How they are called.
 */
name: string, 
/**
 * What they do.
 */
title: string, 
/**
 * Their initials.
 */
initials: string, 
/**
 * Whether that is the signed-in person.
 */
me: boolean, 
/**
 * Whether they are out.
 */
revoked: boolean, 
/**
 * The classes of threads they may be in.
 */
classes: Array<ThreadClass>, };

export type Theme = "system" | "light" | "dark" | "high_contrast";

export type Language = "en" | "es";

export type Density = "comfortable" | "compact";

export type FleetFilter = "connected" | "stale" | "unencrypted" | "no_screen_lock" | "outdated" | "no_custodian" | "pending" | "out";

export type FleetSort = { 
/**
 * The column's name.
 */
column: string, 
/**
 * From the last to the first.
 */
down: boolean, };

export type FleetView = { 
/**
 * Its name.
 */
name: string, 
/**
 * The words that a machine has.
 */
query: string, 
/**
 * What a machine must be, all of it.
 */
filters: Array<FleetFilter>, 
/**
 * The order.
 */
sort: FleetSort, };

export type Preferences = { 
/**
 * Colours.
 */
theme: Theme, 
/**
 * Language.
 */
language: Language, 
/**
 * Row height.
 */
density: Density, 
/**
 * Whether single letters act outside text fields.
 */
single_keys: boolean, 
/**
 * Whether the context pane is open.
 */
context_open: boolean, 
/**
 * Views of the table of workstations, [`sotto_protocol::limits::FLEET_VIEWS`] at most.
 */
fleet_views: Array<FleetView>, };

export type BackgroundView = { 
/**
 * Whether it does.
 */
on: boolean, 
/**
 * Whether this machine's management demands it; then it is not switched off.
 */
demanded: boolean, 
/**
 * Whether it can be switched here at all: not where the app was started on a folder of somebody's choice.
 */
possible: boolean, };

export type ViewState = { 
/**
 * The list's filter.
 */
filter: ThreadFilter, 
/**
 * The open thread.
 */
thread: string | null, 
/**
 * The message at the top of the visible log.
 */
anchor_seq: number | null, 
/**
 * Its distance from the top, in pixels.
 */
anchor_offset: number, 
/**
 * Whether the composer had the focus.
 */
composer_focused: boolean, 
/**
 * Start of the composer's selection, in UTF-16 units.
 */
selection_start: number, 
/**
 * End of the composer's selection, in UTF-16 units.
 */
selection_end: number, };

export type AppEvent = { "kind": "connection", 
/**
 * What it is now.
 */
connection: Connection, } | { "kind": "threads_changed", 
/**
 * Which; `None` means the list as a whole.
 */
threads: string[] | null, } | { "kind": "catching_up", 
/**
 * Positions taken in since the backlog began.
 */
done: number, 
/**
 * Positions the backlog spans.
 */
total: number, } | { "kind": "filling", 
/**
 * Messages here.
 */
done: number, 
/**
 * Messages there are; equal to `done` at the end.
 */
total: number, } | { "kind": "lock_warning", 
/**
 * In how many seconds.
 */
seconds: number, } | { "kind": "lock_cancelled" } | { "kind": "locking" } | { "kind": "workstation_changed" };
