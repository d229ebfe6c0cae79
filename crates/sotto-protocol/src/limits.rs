//! How large anything may be. Every limit of the wire is named here; docs/PROTOCOL.md lists them.

/// Characters of a message's text.
pub const MESSAGE_CHARS: usize = 10_000;
/// Characters of a thread's title.
pub const TITLE_CHARS: usize = 200;
/// Answers that a message offers as buttons.
pub const ANSWERS: usize = 6;
/// Characters of such an answer.
pub const ANSWER_CHARS: usize = 40;
/// Characters of any other short text (a name, an MRN, a reason).
pub const FIELD_CHARS: usize = 120;
/// Bytes of an entry's body, sealed and padded. The largest bucket and its tag.
pub const BODY_BYTES: usize = 64 * 1024 + 16;
/// Bytes of an encoded entry: the body of a key entry with the most members fits.
pub const ENTRY_BYTES: usize = 96 * 1024;
/// Bytes of an encoded header: the one with the most alerts fits.
pub const HEADER_BYTES: usize = 2 * 1024;
/// Accounts in a thread.
pub const MEMBERS: usize = 500;
/// Accounts an entry may alert by name.
pub const ALERTS: usize = 32;
/// Bytes of one HPKE box (X-Wing: 1,120 + 32 + 16).
pub const BOX_BYTES: usize = 1_200;
/// Entries in one append request.
pub const APPEND_ENTRIES: usize = 256;
/// Bytes of one append request.
pub const APPEND_BYTES: usize = 4 * 1024 * 1024;
/// Bytes of a control-plane request (JSON).
pub const JSON_BYTES: usize = 256 * 1024;
/// Bytes of an encoded statement.
pub const STATEMENT_BYTES: usize = 64 * 1024;
/// Bytes of a sealed profile inside an invite.
pub const PROFILE_BYTES: usize = 1_024;
/// Bytes of one feed frame.
pub const FRAME_BYTES: usize = ENTRY_BYTES + BOX_BYTES + 256;
/// How far a request's time may be from the server's, in milliseconds.
pub const CLOCK_SKEW_MS: u64 = 120_000;
/// How long a session's proof holds, in milliseconds; the next one begins with a signature again.
pub const SESSION_PROOF_MS: u64 = 900_000;
/// Characters of a password, at least (security.md: a passphrase has twelve).
pub const PASSWORD_MIN_CHARS: usize = 12;
/// Characters of a password, at most.
pub const PASSWORD_MAX_CHARS: usize = 256;
/// Digits of a PIN, at least (security.md).
pub const PIN_MIN_DIGITS: usize = 6;
/// Digits of a PIN, at most.
pub const PIN_MAX_DIGITS: usize = 12;
/// Characters of a login name, at least.
pub const LOGIN_MIN_CHARS: usize = 2;
/// Characters of a login name, at most.
pub const LOGIN_MAX_CHARS: usize = 64;
/// Bytes of any OPAQUE message or record (the longest, a login's answer, has 320).
pub const OPAQUE_BYTES: usize = 512;
/// Bytes of a sealed account bundle, also inside a recovery box.
pub const BUNDLE_BYTES: usize = 8_192;
/// Recovery codes of an account; always exactly so many.
pub const RECOVERY_CODES: usize = 10;
/// Digits of a code of the second factor.
pub const TOTP_DIGITS: usize = 6;
/// Sign-ins in one answer, the newest.
pub const SIGN_INS: usize = 100;
/// Error codes, and reasons of refusals, in a machine's report.
pub const DIAGNOSTIC_COUNTS: usize = 128;
/// Views of the table of workstations that a person keeps, at most.
pub const FLEET_VIEWS: usize = 20;
/// Idle time before the lock that a person may set for themselves, at least, in seconds: below it nobody gets a sentence read.
pub const OWN_IDLE_LOCK_MIN_S: u32 = 10;
/// A session's longest time that a person may set for themselves, at least, in seconds.
pub const OWN_SESSION_MIN_S: u32 = 60;
/// Sheets that an organisation's root is shared over, at most.
pub const ROOT_SHEETS: usize = 16;
/// Bytes of a file's content.
pub const FILE_BYTES: u64 = 100 * 1024 * 1024;
/// Bytes of a chunk of a file before it is sealed.
pub const FILE_CHUNK_BYTES: usize = 1024 * 1024;
/// Bytes of a file's last chunk before it is sealed, at least; it is padded up to a power of two.
pub const FILE_LAST_BYTES: usize = 4_096;
/// Bytes that sealing adds to a chunk.
pub const FILE_TAG_BYTES: usize = 16;
/// Chunks of a file.
pub const FILE_CHUNKS: u32 = 100;
