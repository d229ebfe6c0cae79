//! What does the list show of a thread, and what does an open one show besides its log?

use serde::{Deserialize, Serialize};
use sotto_protocol::{AccountId, ThreadId};

use super::{Priority, ThreadClass};

/// The patient a thread is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct PatientView {
    /// Family name.
    pub family: String,
    /// Given name.
    pub given: String,
    /// What they like to be called.
    pub preferred: Option<String>,
    /// Date of birth, `YYYY-MM-DD`.
    pub birth_date: String,
    /// Medical record number.
    pub mrn: String,
    /// Pronouns.
    pub pronouns: Option<String>,
    /// Spoken language.
    pub language: Option<String>,
    /// `LAST, First` of another patient here whose name is easily taken for this one. Ignored in requests.
    pub similar: Option<String>,
}

/// Which threads the list shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum ThreadFilter {
    /// All the person is in.
    #[default]
    Mine,
    /// With something unread.
    Unread,
    /// About a patient.
    Patients,
    /// About none.
    Team,
}

/// Asks for a page of the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct ThreadListRequest {
    /// Which threads.
    pub filter: ThreadFilter,
    /// Where the page before ended.
    pub after: Option<String>,
    /// Rows at most; more than 200 gives 200.
    pub limit: u32,
}

/// One row of the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct ThreadRow {
    /// The thread.
    #[cfg_attr(feature = "typescript", ts(type = "string"))]
    pub thread: ThreadId,
    /// Its class.
    pub class: ThreadClass,
    /// Its title; absent for a thread about a patient or between two people.
    pub title: Option<String>,
    /// Its patient.
    pub patient: Option<PatientView>,
    /// The other members' names.
    pub people: Vec<String>,
    /// The reason for contact.
    pub reason: Option<String>,
    /// The newest message's priority.
    pub priority: Priority,
    /// The newest message's beginning.
    pub preview: String,
    /// Who wrote it.
    pub preview_author: Option<String>,
    /// When something last happened, milliseconds since 1970.
    #[cfg_attr(feature = "typescript", ts(type = "number"))]
    pub last_at: u64,
    /// Messages not read.
    pub unread: u32,
    /// Messages on their way.
    pub queued: u32,
    /// Messages that were refused.
    pub failed: u32,
    /// Whether something was written and not sent.
    pub draft: bool,
}

/// How many threads each filter shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct ThreadCounts {
    /// [`ThreadFilter::Mine`].
    pub mine: u32,
    /// [`ThreadFilter::Unread`].
    pub unread: u32,
    /// [`ThreadFilter::Patients`].
    pub patients: u32,
    /// [`ThreadFilter::Team`].
    pub team: u32,
}

/// A page of the list, newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct ThreadPage {
    /// The rows.
    pub rows: Vec<ThreadRow>,
    /// Where the next page begins; `None` at the end.
    pub next: Option<String>,
    /// The filters' numbers.
    pub counts: ThreadCounts,
}

/// A member of a thread.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct MemberView {
    /// The account.
    #[cfg_attr(feature = "typescript", ts(type = "string"))]
    pub account: AccountId,
    /// How they are called.
    pub name: String,
    /// What they do.
    pub title: String,
    /// Their initials.
    pub initials: String,
    /// Whether they are out.
    pub revoked: bool,
}

/// Something about a thread that stays until somebody acts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum ThreadWarning {
    /// A member saw another log than this one: the server may be lying to somebody.
    ForkedLog,
    /// Entries are missing and the server does not give them.
    MissingEntries,
    /// The key of an epoch does not open.
    UnreadableEpoch,
    /// The archive's copy of a key is not the key.
    ArchiveMismatch,
}

/// An open thread without its log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct ThreadView {
    /// The row as the list shows it.
    pub row: ThreadRow,
    /// Who is in it now.
    pub members: Vec<MemberView>,
    /// The epoch of its key; 0 until the first one is on the server.
    #[cfg_attr(feature = "typescript", ts(type = "number"))]
    pub epoch: u64,
    /// The newest seq here.
    #[cfg_attr(feature = "typescript", ts(type = "number"))]
    pub last_seq: u64,
    /// The newest seq that counts as read.
    #[cfg_attr(feature = "typescript", ts(type = "number"))]
    pub read_seq: u64,
    /// What is wrong with it.
    pub warnings: Vec<ThreadWarning>,
}

/// Begins a thread.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct CreateThreadRequest {
    /// Its class.
    pub class: ThreadClass,
    /// The other members; the signed-in person is one by writing.
    #[cfg_attr(feature = "typescript", ts(type = "string[]"))]
    pub members: Vec<AccountId>,
    /// A title.
    pub title: Option<String>,
    /// The patient it is about.
    pub patient: Option<PatientView>,
    /// The reason for contact.
    pub reason: Option<String>,
}
