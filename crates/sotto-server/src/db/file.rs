//! How chunks of files are kept: in a database of their own, so that no commit of the log waits for a megabyte.

use rusqlite::{Connection, OptionalExtension, params};
use sotto_protocol::api::FileStored;
use sotto_protocol::{AccountId, ErrorCode, FileId, ThreadId};
use sotto_sqlcipher::Result;

use super::number::Number;
use super::{Embedded, read};
use crate::store::file::{FileStore, NewChunk, UNFINISHED};
use crate::store::{StoreError, Viewer};

/// A chunk's id is `file row << 8 | number`: a file's chunks lie together, in their order. `used` is what all of them take.
pub(super) const MIGRATIONS: &[&str] = &["
CREATE TABLE file (
    row INTEGER PRIMARY KEY,
    thread BLOB NOT NULL,
    id BLOB NOT NULL,
    account BLOB NOT NULL,
    chunks INTEGER NOT NULL,
    stored INTEGER NOT NULL DEFAULT 0,
    bytes INTEGER NOT NULL DEFAULT 0,
    begun_at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX file_once ON file (thread, id);
CREATE INDEX file_unfinished ON file (account, begun_at) WHERE stored < chunks;

CREATE TABLE chunk (
    id INTEGER PRIMARY KEY,
    bytes BLOB NOT NULL
) STRICT;

CREATE TABLE used (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    bytes INTEGER NOT NULL
) STRICT;
INSERT INTO used (id, bytes) VALUES (1, 0);
"];

struct FileRow {
    row: i64,
    account: [u8; 16],
    chunks: u32,
    stored: u32,
}

const fn chunk_id(row: i64, number: u32) -> i64 {
    (row << 8) | number as i64
}

fn find(connection: &Connection, thread: ThreadId, file: FileId) -> Result<Option<FileRow>> {
    let mut select = connection.prepare_cached("SELECT row, account, chunks, stored FROM file WHERE thread = ?1 AND id = ?2")?;
    let row = select.query_row(params![thread.as_bytes(), file.as_bytes()], |row| {
        Ok(FileRow { row: row.get(0)?, account: row.get(1)?, chunks: row.get(2)?, stored: row.get(3)? })
    });
    Ok(row.optional()?)
}

fn begin(connection: &Connection, chunk: &NewChunk) -> Result<std::result::Result<FileRow, ErrorCode>> {
    let account = chunk.account.as_bytes();
    let mut count = connection.prepare_cached("SELECT count(*) FROM file WHERE account = ?1 AND stored < chunks")?;
    if count.query_row([account], |row| row.get::<_, u32>(0))? >= UNFINISHED {
        return Ok(Err(ErrorCode::Throttled));
    }
    let sql = "INSERT INTO file (thread, id, account, chunks, begun_at) VALUES (?1, ?2, ?3, ?4, ?5)";
    let row = connection.prepare_cached(sql)?.insert(params![
        chunk.thread.as_bytes(),
        chunk.file.as_bytes(),
        account,
        chunk.chunks,
        Number(chunk.now)
    ])?;
    Ok(Ok(FileRow { row, account: *account, chunks: chunk.chunks, stored: 0 }))
}

fn store_chunk(connection: &Connection, chunk: &NewChunk) -> Result<std::result::Result<(), ErrorCode>> {
    let known = match find(connection, chunk.thread, chunk.file)? {
        Some(known) => Ok(known),
        None => begin(connection, chunk)?,
    };
    let file = match known {
        Ok(file) => file,
        Err(code) => return Ok(Err(code)),
    };
    if file.chunks != chunk.chunks || file.account != *chunk.account.as_bytes() {
        return Ok(Err(ErrorCode::Conflict));
    }
    let id = chunk_id(file.row, chunk.number);
    let mut select = connection.prepare_cached("SELECT bytes = ?2 FROM chunk WHERE id = ?1")?;
    match select.query_row(params![id, &chunk.bytes[..]], |row| row.get::<_, bool>(0)).optional()? {
        Some(true) => return Ok(Ok(())),
        Some(false) => return Ok(Err(ErrorCode::Conflict)),
        None => {}
    }
    let length = i64::try_from(chunk.bytes.len()).unwrap_or(i64::MAX);
    let quota = i64::try_from(chunk.quota).unwrap_or(i64::MAX);
    let mut take = connection.prepare_cached("UPDATE used SET bytes = bytes + ?1 WHERE bytes + ?1 <= ?2")?;
    if take.execute(params![length, quota])? == 0 {
        return Ok(Err(ErrorCode::DiskFull));
    }
    connection.prepare_cached("INSERT INTO chunk (id, bytes) VALUES (?1, ?2)")?.execute(params![id, &chunk.bytes[..]])?;
    connection
        .prepare_cached("UPDATE file SET stored = stored + 1, bytes = bytes + ?2 WHERE row = ?1")?
        .execute(params![file.row, length])?;
    Ok(Ok(()))
}

fn load_file(connection: &Connection, thread: ThreadId, file: FileId) -> Result<Option<FileStored>> {
    let Some(found) = find(connection, thread, file)? else { return Ok(None) };
    let mut select = connection.prepare_cached("SELECT id & 255 FROM chunk WHERE id >= ?1 AND id < ?2 ORDER BY id")?;
    let numbers = select.query_map([chunk_id(found.row, 0), chunk_id(found.row + 1, 0)], |row| row.get(0))?;
    Ok(Some(FileStored { chunks: found.chunks, stored: numbers.collect::<rusqlite::Result<_>>()? }))
}

fn load_chunk(connection: &Connection, thread: ThreadId, file: FileId, number: u32) -> Result<Option<Vec<u8>>> {
    let Some(found) = find(connection, thread, file)?.filter(|found| number < found.chunks) else { return Ok(None) };
    let mut select = connection.prepare_cached("SELECT bytes FROM chunk WHERE id = ?1")?;
    Ok(select.query_row([chunk_id(found.row, number)], |row| row.get(0)).optional()?)
}

fn delete(connection: &Connection, row: i64) -> Result<()> {
    connection.execute("UPDATE used SET bytes = bytes - (SELECT bytes FROM file WHERE row = ?1)", [row])?;
    connection.execute("DELETE FROM chunk WHERE id >= ?1 AND id < ?2", [chunk_id(row, 0), chunk_id(row + 1, 0)])?;
    connection.execute("DELETE FROM file WHERE row = ?1", [row])?;
    Ok(())
}

fn withdraw(connection: &Connection, thread: ThreadId, file: FileId, account: AccountId) -> Result<std::result::Result<(), ErrorCode>> {
    let Some(found) = find(connection, thread, file)? else { return Ok(Ok(())) };
    if found.account != *account.as_bytes() {
        return Ok(Err(ErrorCode::NotPermitted));
    }
    if found.stored >= found.chunks {
        return Ok(Err(ErrorCode::Conflict));
    }
    delete(connection, found.row)?;
    Ok(Ok(()))
}

fn sweep(connection: &Connection, before: u64) -> Result<()> {
    let mut select = connection.prepare_cached("SELECT row FROM file WHERE stored < chunks AND begun_at < ?1")?;
    let rows = select.query_map([Number(before)], |row| row.get(0))?.collect::<rusqlite::Result<Vec<i64>>>()?;
    rows.into_iter().try_for_each(|row| delete(connection, row))
}

impl Embedded {
    /// Runs a job in one transaction of the files' own database.
    async fn with_files<T: Send + 'static>(
        &self,
        job: impl FnOnce(&Connection) -> Result<T> + Send + 'static,
    ) -> std::result::Result<T, StoreError> {
        let in_transaction = |connection: &mut Connection| {
            let transaction = connection.transaction()?;
            let value = job(&transaction)?;
            transaction.commit()?;
            Ok(value)
        };
        self.files.run(in_transaction).await
    }
}

impl FileStore for Embedded {
    async fn sees_thread(&self, viewer: Viewer, thread: ThreadId) -> std::result::Result<bool, StoreError> {
        self.read(move |connection| Ok(read::find_thread(connection, viewer, thread)?.is_some())).await
    }

    async fn store_chunk(&self, chunk: NewChunk) -> std::result::Result<std::result::Result<(), ErrorCode>, StoreError> {
        self.with_files(move |connection| store_chunk(connection, &chunk)).await
    }

    async fn load_file(&self, thread: ThreadId, file: FileId) -> std::result::Result<Option<FileStored>, StoreError> {
        self.with_files(move |connection| load_file(connection, thread, file)).await
    }

    async fn load_chunk(&self, thread: ThreadId, file: FileId, number: u32) -> std::result::Result<Option<Vec<u8>>, StoreError> {
        self.with_files(move |connection| load_chunk(connection, thread, file, number)).await
    }

    async fn withdraw_file(
        &self,
        thread: ThreadId,
        file: FileId,
        account: AccountId,
    ) -> std::result::Result<std::result::Result<(), ErrorCode>, StoreError> {
        self.with_files(move |connection| withdraw(connection, thread, file, account)).await
    }

    async fn sweep_files(&self, before: u64) -> std::result::Result<(), StoreError> {
        self.with_files(move |connection| sweep(connection, before)).await
    }
}
