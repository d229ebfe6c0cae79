//! What does a search ask and find?

use serde::{Deserialize, Serialize};
use sotto_protocol::{EntryId, ThreadId};

/// A search over everything in the vault, newest first.
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
}
