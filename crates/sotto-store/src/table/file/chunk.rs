//! What of a file's content is here: sealed chunks, each once. Opened they are never on the disk.

use rusqlite::{Connection, OptionalExtension, params};

use crate::Result;

/// The rowid of a chunk: a file's chunks lie together, in their order. No file has 256 of them.
const fn id(file: i64, number: u32) -> i64 {
    (file << 8) | number as i64
}

/// Keeps a chunk. The first one of a number stays.
///
/// # Errors
/// Those of writing.
pub fn store(connection: &Connection, file: i64, number: u32, sealed: &[u8]) -> Result<()> {
    connection
        .prepare_cached("INSERT OR IGNORE INTO file_chunk(id, sealed) VALUES (?1, ?2)")?
        .execute(params![id(file, number), sealed])?;
    Ok(())
}

/// A chunk's sealed bytes.
///
/// # Errors
/// Those of reading.
pub fn load(connection: &Connection, file: i64, number: u32) -> Result<Option<Vec<u8>>> {
    let mut select = connection.prepare_cached("SELECT sealed FROM file_chunk WHERE id = ?1")?;
    Ok(select.query_row([id(file, number)], |row| row.get(0)).optional()?)
}

/// The numbers of the chunks that are here, rising.
///
/// # Errors
/// Those of reading.
pub fn here(connection: &Connection, file: i64) -> Result<Vec<u32>> {
    let mut select = connection.prepare_cached("SELECT id & 255 FROM file_chunk WHERE id >= ?1 AND id < ?2 ORDER BY id")?;
    let numbers = select.query_map([id(file, 0), id(file + 1, 0)], |row| row.get(0))?;
    Ok(numbers.collect::<rusqlite::Result<_>>()?)
}

/// How many chunks are here.
///
/// # Errors
/// Those of reading.
pub fn count(connection: &Connection, file: i64) -> Result<u32> {
    let mut select = connection.prepare_cached("SELECT count(*) FROM file_chunk WHERE id >= ?1 AND id < ?2")?;
    Ok(select.query_row([id(file, 0), id(file + 1, 0)], |row| row.get(0))?)
}

/// Forgets the chunks of the oldest files that can be fetched again, until at most so many are here. Those of `keep` stay, and so does what
/// is still to be sent.
///
/// # Errors
/// Those of writing.
pub fn trim(connection: &Connection, keep: i64, most: u32) -> Result<()> {
    let mut count = connection.prepare_cached("SELECT count(*) FROM file_chunk")?;
    let sql = "SELECT row FROM file WHERE state = 4 AND row <> ?1
               AND EXISTS (SELECT 1 FROM file_chunk WHERE id >= row << 8 AND id < (row + 1) << 8) ORDER BY row LIMIT 1";
    let mut oldest = connection.prepare_cached(sql)?;
    while count.query_row([], |row| row.get::<_, u32>(0))? > most {
        let Some(file) = oldest.query_row([keep], |row| row.get(0)).optional()? else { return Ok(()) };
        delete(connection, file)?;
    }
    Ok(())
}

/// Forgets all chunks of a file.
///
/// # Errors
/// Those of writing.
pub fn delete(connection: &Connection, file: i64) -> Result<()> {
    let mut delete = connection.prepare_cached("DELETE FROM file_chunk WHERE id >= ?1 AND id < ?2")?;
    delete.execute([id(file, 0), id(file + 1, 0)])?;
    Ok(())
}
