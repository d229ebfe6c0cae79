//! How something waits to be sent that is shown and counted nowhere: a read mark, of which only the newest matters.

use rusqlite::{Connection, params};

use super::super::column;
use super::{NewOutboxRow, QUEUED, queue};
use crate::Result;

/// What a quiet entry is: the column's number.
const READ_MARK: u8 = 2;

/// Puts a read mark at the end, or in place of the thread's one that waits and was not sealed yet: whoever reads for an hour without the
/// server tells it one place and not a hundred.
///
/// # Errors
/// Those of writing.
pub fn queue_mark(connection: &Connection, row: &NewOutboxRow) -> Result<()> {
    let sql = "UPDATE outbox SET content = ?2 WHERE thread = ?1 AND quiet = ?3 AND state = ?4";
    if connection.prepare_cached(sql)?.execute(params![row.thread.as_bytes(), row.content, READ_MARK, QUEUED])? > 0 {
        return Ok(());
    }
    queue(connection, row)?;
    let sql = "UPDATE outbox SET quiet = ?2 WHERE entry = ?1";
    connection.prepare_cached(sql)?.execute(params![row.entry.as_bytes(), READ_MARK])?;
    Ok(())
}

/// How many quiet entries wait to be sent.
///
/// # Errors
/// Those of reading.
pub fn count_quiet(connection: &Connection) -> Result<u64> {
    let sql = "SELECT count(*) FROM outbox WHERE state < 2 AND quiet > 0";
    Ok(connection.prepare_cached(sql)?.query_row([], |row| column::unsigned(row, 0))?)
}

#[cfg(test)]
mod tests {
    use sotto_protocol::ErrorCode;
    use sotto_protocol::entry::EntryKind;

    use super::super::super::testing::{database, entry_id, thread_id};
    use super::super::{Sealing, count, fail, load, next, of_thread, seal};
    use super::*;

    fn row(thread: u32, entry: u64, says: u8) -> NewOutboxRow {
        NewOutboxRow {
            thread: thread_id(thread),
            entry: entry_id(entry),
            kind: EntryKind::Event,
            content: vec![says],
            created_at: 1,
            client_ref: None,
        }
    }

    #[test]
    fn a_mark_that_waits_is_replaced_and_one_that_may_be_out_is_not() {
        let (_dir, connection) = database();
        for (entry, says) in [(1, 10), (2, 20)] {
            queue_mark(&connection, &row(1, entry, says)).unwrap();
        }
        queue_mark(&connection, &row(2, 3, 30)).unwrap();
        let waiting =
            |connection: &Connection| -> Vec<Vec<u8>> { next(connection, 9).unwrap().into_iter().map(|row| row.content).collect() };
        assert_eq!(waiting(&connection), [vec![20], vec![30]]);
        seal(&connection, entry_id(1), &Sealing { sealed: vec![9], boxes: vec![], key: None, epoch: 1 }).unwrap();
        queue_mark(&connection, &row(1, 4, 40)).unwrap();
        assert_eq!(waiting(&connection), [vec![20], vec![30], vec![40]]);
        assert_eq!((count(&connection).unwrap(), of_thread(&connection, thread_id(1)).unwrap().len()), (0, 0), "nobody is told");
        assert_eq!(count_quiet(&connection).unwrap(), 3);
        fail(&connection, entry_id(4), ErrorCode::NotAMember).unwrap();
        assert!(load(&connection, entry_id(4)).unwrap().is_none(), "one that is refused leaves no row that somebody would have to act on");
    }
}
