//! What does a search ask and find?

use serde::{Deserialize, Serialize};
use sotto_protocol::event::Priority;
use sotto_protocol::role::Role;
use sotto_protocol::{AccountId, EntryId, ThreadId};

/// What a search is kept to. What is `null` may be anything.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct SearchFilter {
    /// Who wrote it.
    #[cfg_attr(feature = "typescript", ts(type = "string | null"))]
    pub from: Option<AccountId>,
    /// The role that whoever wrote it has now.
    pub role: Option<Role>,
    /// Words of the name, the number or the date of birth of the patient whom the thread is about.
    pub patient: Option<String>,
    /// Received then or later, milliseconds since 1970.
    #[cfg_attr(feature = "typescript", ts(type = "number | null"))]
    pub since: Option<u64>,
    /// Received before, milliseconds since 1970.
    #[cfg_attr(feature = "typescript", ts(type = "number | null"))]
    pub until: Option<u64>,
    /// How pressing it is.
    pub priority: Option<Priority>,
}

/// A search over everything in the vault, newest first. Without words, everything that the filter lets through, if that says more than a time
/// or `fyi`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct SearchRequest {
    /// The words; each must occur, the last one also as a beginning.
    pub query: String,
    /// Only in this thread.
    #[cfg_attr(feature = "typescript", ts(type = "string | null"))]
    pub thread: Option<ThreadId>,
    /// Where the page before ended.
    pub before: Option<String>,
    /// Hits at most; more than 100 gives 100.
    pub limit: u32,
    /// What it is kept to.
    #[serde(default)]
    pub filter: SearchFilter,
}

/// A message that was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct SearchHit {
    /// Its thread.
    #[cfg_attr(feature = "typescript", ts(type = "string"))]
    pub thread: ThreadId,
    /// Its entry.
    #[cfg_attr(feature = "typescript", ts(type = "string"))]
    pub entry: EntryId,
    /// Its place in the thread.
    #[cfg_attr(feature = "typescript", ts(type = "number"))]
    pub seq: u64,
    /// What the thread is called in the list.
    pub title: String,
    /// Who wrote it.
    pub author_name: String,
    /// How pressing it is.
    pub priority: Priority,
    /// Milliseconds since 1970.
    #[cfg_attr(feature = "typescript", ts(type = "number"))]
    pub at: u64,
    /// The part of the text around the words.
    pub snippet: String,
    /// Ranges `[start, end)` of the words in `snippet`, in UTF-16 units.
    pub marks: Vec<(u32, u32)>,
}

/// A page of hits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct SearchPage {
    /// The hits, newest first.
    pub hits: Vec<SearchHit>,
    /// Where the next page begins; `None` at the end.
    pub next: Option<String>,
    /// Whether the index is being made anew: older messages may not be found yet.
    pub indexing: bool,
}
