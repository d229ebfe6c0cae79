//! Which threads the list shows, newest first, a page at a time: one index range and what stands in those rows.

use rusqlite::{Connection, Row, params};

use super::super::column::{self, integer};
use super::{COLUMN_COUNT, COLUMNS, ThreadRow};
use crate::Result;

/// Which threads of those the person is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Filter {
    /// All of them.
    Mine,
    /// Those with unread messages.
    Unread,
    /// Those about a patient.
    Patients,
    /// Those about none.
    Team,
}

impl Filter {
    /// The condition, and the index that has all its columns and the list's order.
    const fn condition(self) -> (&'static str, &'static str) {
        match self {
            Self::Mine => ("joined = 1", "thread_mine"),
            Self::Unread => ("joined = 1 AND unread > 0", "thread_unread"),
            Self::Patients => ("joined = 1 AND about = 1", "thread_about"),
            Self::Team => ("joined = 1 AND about = 0", "thread_about"),
        }
    }
}

/// Where a page ends and the next one starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ListKey {
    /// The last row's time.
    pub last_at: u64,
    /// The last row.
    pub row: i64,
}

impl ListKey {
    /// The key as text, for a client's `next`.
    #[must_use]
    pub fn encode(&self) -> String {
        format!("{}.{}", self.last_at, self.row)
    }

    /// Reads a client's `after`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (last_at, row) = text.split_once('.')?;
        Some(Self { last_at: last_at.parse().ok()?, row: row.parse().ok()? })
    }
}

/// A row of the list. No `Debug`: it holds names and text.
#[derive(Clone, PartialEq, Eq)]
pub struct ListRow {
    /// The thread.
    pub thread: ThreadRow,
    /// Entries of this person that wait to be sent.
    pub queued: u64,
    /// Entries that could not be sent.
    pub failed: u64,
    /// Whether there is a draft.
    pub draft: bool,
}

impl ListRow {
    /// Where the page ends if this is its last row.
    #[must_use]
    pub const fn key(&self) -> ListKey {
        ListKey { last_at: self.thread.last_at, row: self.thread.row }
    }
}

/// How many threads each filter has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// [`Filter::Mine`].
    pub mine: u64,
    /// [`Filter::Unread`].
    pub unread: u64,
    /// [`Filter::Patients`].
    pub patients: u64,
    /// [`Filter::Team`].
    pub team: u64,
}

/// At most `limit` threads, the newest first, after `after`.
///
/// # Errors
/// Those of reading.
pub fn list(connection: &Connection, filter: Filter, after: Option<ListKey>, limit: u32) -> Result<Vec<ListRow>> {
    let after = after.unwrap_or(ListKey { last_at: u64::MAX, row: i64::MAX });
    let mut select = connection.prepare_cached(&list_sql(filter))?;
    let rows = select.query_map(params![integer(after.last_at), after.row, limit], parse)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// One thread as the list shows it.
///
/// # Errors
/// Those of reading.
pub fn row(connection: &Connection, row: i64) -> Result<Option<ListRow>> {
    use rusqlite::OptionalExtension;
    let sql = format!("SELECT {COLUMNS}, {FLAGS} FROM thread WHERE row = ?1");
    Ok(connection.prepare_cached(&sql)?.query_row([row], parse).optional()?)
}

/// How many threads each filter has. Counts index entries: no thread's row is read.
///
/// # Errors
/// Those of reading.
pub fn count(connection: &Connection) -> Result<Counts> {
    let number = |filter: Filter| -> Result<u64> {
        Ok(connection.prepare_cached(&count_sql(filter))?.query_row([], |row| column::unsigned(row, 0))?)
    };
    Ok(Counts {
        mine: number(Filter::Mine)?,
        unread: number(Filter::Unread)?,
        patients: number(Filter::Patients)?,
        team: number(Filter::Team)?,
    })
}

/// The outbox and the drafts are small, and each question of them is one index range.
const FLAGS: &str = "(SELECT count(*) FROM outbox WHERE outbox.thread = thread.id AND outbox.state < 2 AND outbox.quiet = 0),
    (SELECT count(*) FROM outbox WHERE outbox.thread = thread.id AND outbox.state = 2 AND outbox.quiet = 0),
    EXISTS (SELECT 1 FROM draft WHERE draft.thread = thread.id)";

pub(super) fn list_sql(filter: Filter) -> String {
    let (condition, index) = filter.condition();
    format!(
        "SELECT {COLUMNS}, {FLAGS} FROM thread INDEXED BY {index}
         WHERE {condition} AND (last_at, row) < (?1, ?2) ORDER BY last_at DESC, row DESC LIMIT ?3"
    )
}

pub(super) fn count_sql(filter: Filter) -> String {
    let (condition, index) = filter.condition();
    format!("SELECT count(*) FROM thread INDEXED BY {index} WHERE {condition}")
}

fn parse(row: &Row<'_>) -> rusqlite::Result<ListRow> {
    Ok(ListRow {
        thread: super::parse(row)?,
        queued: column::unsigned(row, COLUMN_COUNT)?,
        failed: column::unsigned(row, COLUMN_COUNT + 1)?,
        draft: row.get(COLUMN_COUNT + 2)?,
    })
}
