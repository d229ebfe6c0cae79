//! How something waits to be sent that is shown and counted nowhere: a receipt or a read mark, of which only the newest of a thread matters.

use rusqlite::{Connection, params};

use super::super::column;
use super::{NewOutboxRow, QUEUED, queue};
use crate::Result;

/// What a quiet entry is: the numbers of the column.
const RECEIPT: u8 = 1;
const READ_MARK: u8 = 2;

/// Puts a receipt at the end, in place of the thread's one that waits and was not sealed yet: the later one says all that it said.
///
/// # Errors
/// Those of writing.
pub fn queue_receipt(connection: &Connection, row: &NewOutboxRow) -> Result<()> {
    queue_quiet(connection, row, RECEIPT)
}

/// Puts a read mark at the end, in place of the thread's one that waits and was not sealed yet: whoever reads for an hour without the
/// server tells it one place and not a hundred.
///
/// # Errors
/// Those of writing.
pub fn queue_mark(connection: &Connection, row: &NewOutboxRow) -> Result<()> {
    queue_quiet(connection, row, READ_MARK)
}

fn queue_quiet(connection: &Connection, row: &NewOutboxRow, what: u8) -> Result<()> {
    let sql = "DELETE FROM outbox WHERE thread = ?1 AND quiet = ?2 AND state = ?3 AND sealed IS NULL";
    connection.prepare_cached(sql)?.execute(params![row.thread.as_bytes(), what, QUEUED])?;
    queue(connection, row)?;
    connection.prepare_cached("UPDATE outbox SET quiet = ?2 WHERE entry = ?1")?.execute(params![row.entry.as_bytes(), what])?;
    Ok(())
}

/// How many read marks wait to be sent.
///
/// # Errors
/// Those of reading.
pub fn count_marks(connection: &Connection) -> Result<u64> {
    let sql = "SELECT count(*) FROM outbox WHERE state < 2 AND quiet = ?1";
    Ok(connection.prepare_cached(sql)?.query_row([READ_MARK], |row| column::unsigned(row, 0))?)
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
        seal(&connection, entry_id(2), &Sealing { sealed: vec![9], boxes: vec![], key: None, epoch: 1 }).unwrap();
        queue_mark(&connection, &row(1, 4, 40)).unwrap();
        queue_receipt(&connection, &row(1, 5, 50)).unwrap();
        queue_receipt(&connection, &row(1, 6, 60)).unwrap();
        assert_eq!(waiting(&connection), [vec![20], vec![30], vec![40], vec![60]], "a receipt takes no mark's place");
        assert_eq!((count(&connection).unwrap(), of_thread(&connection, thread_id(1)).unwrap().len()), (0, 0), "nobody is told");
        assert_eq!(count_marks(&connection).unwrap(), 3);
        for entry in [4, 6] {
            fail(&connection, entry_id(entry), ErrorCode::NotAMember).unwrap();
            assert!(
                load(&connection, entry_id(entry)).unwrap().is_none(),
                "one that is refused leaves no row that somebody would have to act on"
            );
        }
    }
}
