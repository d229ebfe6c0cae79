//! How a database comes to the schema of this build.

use rusqlite::{Connection, TransactionBehavior};

use crate::error::{Error, Result};

/// How many migrations the file has had (`PRAGMA user_version`).
///
/// # Errors
/// Those of reading a page.
pub fn version(connection: &Connection) -> Result<usize> {
    let version: i64 = connection.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    Ok(usize::try_from(version).unwrap_or(usize::MAX))
}

/// Runs the migrations that the file has not had, each in a transaction of its own together with its number: a crash
/// between two leaves the file at the first one, and the next start goes on there. `migrations` only ever grows.
///
/// # Errors
/// [`Error::TooNew`] if the file has had more than there are; otherwise what the failing migration says, rolled back.
pub fn migrate(connection: &mut Connection, migrations: &[&str]) -> Result<()> {
    let done = version(connection)?;
    if done > migrations.len() {
        return Err(Error::TooNew);
    }
    for (number, sql) in migrations.iter().enumerate().skip(done) {
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        transaction.execute_batch(sql)?;
        transaction.pragma_update(None, "user_version", i64::try_from(number + 1).unwrap_or(i64::MAX))?;
        transaction.commit()?;
    }
    Ok(())
}
