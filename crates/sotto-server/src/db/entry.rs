//! Where the log itself lies: one row an entry, whatever the number of its readers.

use rusqlite::{Connection, OptionalExtension, Row, Statement, params};
use sotto_protocol::entry::{EntryKind, Stamp};
use sotto_protocol::key::Hash;
use sotto_sqlcipher::Result;

use super::number::Number;
use crate::store::order::Earlier;
use crate::store::{NewEntry, StoredEntry};

/// Bits of the seq in an entry's id; 2^40 entries a thread, 2^23 threads.
const SEQ_BITS: u32 = 40;

/// The row id of a thread's entry.
pub fn id(thread_row: i64, seq: u64) -> i64 {
    (thread_row << SEQ_BITS) | i64::try_from(seq).unwrap_or((1 << SEQ_BITS) - 1)
}

const fn seq(id: i64) -> u64 {
    (id & ((1 << SEQ_BITS) - 1)).cast_unsigned()
}

/// Finds an entry of a thread by the id its author gave it.
pub(super) const FIND: &str = "SELECT id, position, received_at, chain, bytes FROM entry WHERE id >> 40 = ?1 AND entry = ?2";

/// Reads a stretch of a thread.
pub(super) const STRETCH: &str = "SELECT id, position, received_at, chain, kind, bytes FROM entry WHERE id BETWEEN ?1 AND ?2 ORDER BY id";

/// Reads the key entries of a stretch, and the events of alert 0.
pub(super) const TELLING: &str = "SELECT id, position, received_at, chain, kind, bytes FROM entry INDEXED BY entry_telling
    WHERE id BETWEEN ?1 AND ?2 AND (kind = 1 OR alert = 0) ORDER BY id";

/// Finds the first of the newest entries of a stretch, without counting the quiet ones (alert 4), of which there are several a message.
pub(super) const NEWEST: &str = "SELECT id FROM entry WHERE id BETWEEN ?1 AND ?2 AND alert <> 4 ORDER BY id DESC LIMIT 1 OFFSET ?3";

/// The seq from which on a stretch of a thread has `newest` entries that are not quiet; its beginning where it has fewer.
pub fn newest_from(connection: &Connection, thread_row: i64, from: u64, to: u64, newest: u64) -> Result<u64> {
    let mut select = connection.prepare_cached(NEWEST)?;
    let range = params![id(thread_row, from), id(thread_row, to), Number(newest.saturating_sub(1))];
    let found: Option<i64> = select.query_row(range, |row| row.get(0)).optional()?;
    Ok(found.map_or(from, seq))
}

/// Adds an entry.
pub fn insert(connection: &Connection, thread_row: i64, stamp: &Stamp, entry: &NewEntry) -> Result<()> {
    let mut insert = connection.prepare_cached(
        "INSERT INTO entry (id, position, received_at, kind, epoch, entry, chain, bytes, alert) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    )?;
    insert.execute(params![
        id(thread_row, stamp.seq),
        Number(stamp.position),
        Number(stamp.received_at),
        u8::from(entry.kind),
        Number(entry.epoch),
        entry.entry.as_bytes(),
        stamp.chain.as_bytes(),
        entry.bytes.as_ref(),
        u8::from(entry.alert),
    ])?;
    Ok(())
}

/// The stored entry of the same thread and id, compared with this one.
pub fn find_earlier(connection: &Connection, thread_row: i64, entry: &NewEntry) -> Result<Option<Earlier>> {
    let mut select = connection.prepare_cached(FIND)?;
    let found = select.query_row(params![thread_row, entry.entry.as_bytes()], |row| {
        let same = row.get_ref(4)?.as_blob().is_ok_and(|bytes| bytes == entry.bytes.as_ref());
        Ok(Earlier { stamp: parse_stamp(row)?, same })
    });
    Ok(found.optional()?)
}

/// The position of an entry that is there.
pub fn load_position(connection: &Connection, thread_row: i64, seq: u64) -> Result<u64> {
    let mut select = connection.prepare_cached("SELECT position FROM entry WHERE id = ?1")?;
    Ok(select.query_row(params![id(thread_row, seq)], |row| row.get(0).map(|Number(n)| n))?)
}

/// Reads entries `from..=to` one by one; `read` gets each one's stamp and a way to the rest of it, and says whether to go on.
pub fn load_stretch(
    connection: &Connection,
    thread_row: i64,
    from: u64,
    to: u64,
    read: impl FnMut(Stamp, &EntryRow<'_>) -> Result<bool>,
) -> Result<()> {
    load(connection, STRETCH, (thread_row, from, to), read)
}

/// As [`load_stretch`], but only what says what the thread is.
pub fn load_telling(
    connection: &Connection,
    thread_row: i64,
    from: u64,
    to: u64,
    read: impl FnMut(Stamp, &EntryRow<'_>) -> Result<bool>,
) -> Result<()> {
    load(connection, TELLING, (thread_row, from, to), read)
}

fn load(
    connection: &Connection,
    sql: &str,
    (thread_row, from, to): (i64, u64, u64),
    mut read: impl FnMut(Stamp, &EntryRow<'_>) -> Result<bool>,
) -> Result<()> {
    let mut select = connection.prepare_cached(sql)?;
    let mut rows = query(&mut select, thread_row, from, to)?;
    while let Some(row) = rows.next()? {
        if !read(parse_stamp(row)?, &EntryRow(row))? {
            break;
        }
    }
    Ok(())
}

fn query<'s>(select: &'s mut Statement<'_>, thread_row: i64, from: u64, to: u64) -> rusqlite::Result<rusqlite::Rows<'s>> {
    select.query(params![id(thread_row, from), id(thread_row, to)])
}

/// A row whose bytes are not read yet: a row that belongs to a later page costs only its stamp.
#[derive(Debug)]
pub struct EntryRow<'r>(&'r Row<'r>);

impl EntryRow<'_> {
    /// The entry, without a box; and whether it is a key entry.
    pub fn load(&self, stamp: Stamp) -> Result<(StoredEntry, bool)> {
        let is_key = self.0.get::<_, u8>(4)? == u8::from(EntryKind::Key);
        Ok((StoredEntry { stamp, bytes: self.0.get(5)?, key_box: None }, is_key))
    }
}

fn parse_stamp(row: &Row<'_>) -> rusqlite::Result<Stamp> {
    let chain = Hash::from_bytes(row.get(3)?);
    Ok(Stamp { seq: seq(row.get(0)?), position: row.get::<_, Number>(1)?.0, received_at: row.get::<_, Number>(2)?.0, chain })
}
