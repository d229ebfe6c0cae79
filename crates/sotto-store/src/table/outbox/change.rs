//! How an entry of the outbox comes further: sealed, failed, retried, discarded, confirmed.

use rusqlite::{Connection, OptionalExtension, params};
use serde_bytes::ByteBuf;
use sotto_crypto::Secret32;
use sotto_protocol::{EntryId, ErrorCode};

use super::super::column::{self, integer};
use super::{FAILED, OutboxRow, OutboxState, QUEUED, SEALED, Sealing, load};
use crate::{Result, StoreError};

/// Keeps what sealing made; from here on the same bytes are sent until an answer comes.
///
/// # Errors
/// [`StoreError::NotFound`], and those of writing.
pub fn seal(connection: &Connection, entry: EntryId, sealing: &Sealing) -> Result<()> {
    let boxes: Vec<_> = sealing.boxes.iter().map(|(account, bytes)| (account, ByteBuf::from(bytes.as_slice()))).collect();
    let sql = "UPDATE outbox SET sealed = ?2, boxes = ?3, key = ?4, epoch = ?5, state = ?6, code = NULL WHERE entry = ?1";
    found(connection.prepare_cached(sql)?.execute(params![
        entry.as_bytes(),
        sealing.sealed,
        column::cbor(&boxes),
        sealing.key.as_ref().map(Secret32::as_bytes),
        integer(sealing.epoch),
        SEALED,
    ])?)
}

/// Back to waiting, to be sealed for the epoch that is current now (the answer was `stale_epoch`: the bytes are on no server).
///
/// # Errors
/// [`StoreError::NotFound`], and those of writing.
pub fn unseal(connection: &Connection, entry: EntryId) -> Result<()> {
    let sql = "UPDATE outbox SET sealed = NULL, boxes = NULL, key = NULL, epoch = NULL, state = ?2, code = NULL WHERE entry = ?1";
    found(connection.prepare_cached(sql)?.execute(params![entry.as_bytes(), QUEUED])?)
}

/// Takes it out of the sending order and keeps why; a quiet one is gone.
///
/// # Errors
/// [`StoreError::NotFound`], and those of writing.
pub fn fail(connection: &Connection, entry: EntryId, code: ErrorCode) -> Result<()> {
    if connection.prepare_cached("DELETE FROM outbox WHERE entry = ?1 AND quiet > 0")?.execute([entry.as_bytes()])? == 1 {
        return Ok(());
    }
    let sql = "UPDATE outbox SET state = ?2, code = ?3 WHERE entry = ?1";
    found(connection.prepare_cached(sql)?.execute(params![entry.as_bytes(), FAILED, code.number()])?)
}

/// Puts a failed entry back where it was in the order; sealed bytes are sent again as they are.
///
/// # Errors
/// [`StoreError::NotFound`] where no such entry has failed, and those of writing.
pub fn retry(connection: &Connection, entry: EntryId) -> Result<()> {
    let sql = "UPDATE outbox SET state = iif(sealed IS NULL, ?2, ?3), code = NULL WHERE entry = ?1 AND state = ?4";
    found(connection.prepare_cached(sql)?.execute(params![entry.as_bytes(), QUEUED, SEALED, FAILED])?)
}

/// Removes an entry that will not be sent.
///
/// # Errors
/// [`StoreError::NotFound`]; [`StoreError::Conflict`] where it is sealed and not failed: it may be on the server already.
pub fn discard(connection: &Connection, entry: EntryId) -> Result<()> {
    match load(connection, entry)?.map(|row| row.state) {
        None => Err(StoreError::NotFound("outbox entry")),
        Some(OutboxState::Sealed) => Err(StoreError::Conflict("outbox entry")),
        Some(_) => remove(connection, entry),
    }
}

/// The entry came back in the feed: removes it, remembers the caller's own name for it, and returns what it was.
/// Nothing where it is not in the outbox (sent from another workstation, or confirmed before).
///
/// # Errors
/// Those of writing.
pub fn complete(connection: &Connection, entry: EntryId) -> Result<Option<OutboxRow>> {
    // Most entries of a feed are others': one look into the unique index says so.
    let sql = "SELECT 1 FROM outbox WHERE entry = ?1";
    if connection.prepare_cached(sql)?.query_row([entry.as_bytes()], |_| Ok(())).optional()?.is_none() {
        return Ok(None);
    }
    let row = load(connection, entry)?;
    if let Some(name) = row.as_ref().and_then(|row| row.client_ref.as_ref()) {
        let sql = "INSERT OR IGNORE INTO sent_ref(client_ref, entry) VALUES (?1, ?2)";
        connection.prepare_cached(sql)?.execute(params![name, entry.as_bytes()])?;
    }
    remove(connection, entry)?;
    Ok(row)
}

fn remove(connection: &Connection, entry: EntryId) -> Result<()> {
    connection.prepare_cached("DELETE FROM outbox WHERE entry = ?1")?.execute([entry.as_bytes()])?;
    Ok(())
}

const fn found(changed: usize) -> Result<()> {
    if changed == 0 { Err(StoreError::NotFound("outbox entry")) } else { Ok(()) }
}
