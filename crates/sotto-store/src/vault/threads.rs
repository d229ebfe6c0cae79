//! Which threads a vault has, and in which order they end: readers first, so that the writer empties the log and closes the file last.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::thread;

use async_channel::{Receiver, Sender};
use rusqlite::Connection;

use super::job::Job;
use crate::{Result, StoreError};

/// Prepared statements that each connection keeps: every query of `table/` fits.
const STATEMENTS: usize = 96;

/// Starts the threads. The channel that comes back ends when the writer has closed the file.
pub fn start(writer: Connection, writes: Receiver<Job>, readers: Vec<Connection>, reads: &Receiver<Job>) -> Result<Receiver<()>> {
    let (reading, read_ended) = async_channel::bounded::<()>(1);
    for connection in readers {
        let (jobs, reading) = (reads.clone(), reading.clone());
        spawn("vault-read", move || {
            run(connection, &jobs);
            drop(reading);
        })?;
    }
    drop(reading);
    let (writing, write_ended) = async_channel::bounded::<()>(1);
    spawn("vault-write", move || write(writer, &writes, &read_ended, writing))?;
    Ok(write_ended)
}

fn write(connection: Connection, jobs: &Receiver<Job>, readers: &Receiver<()>, ended: Sender<()>) {
    let connection = serve(connection, jobs);
    let _ended = readers.recv_blocking();
    if let Err(error) = sotto_sqlcipher::truncate_wal(&connection) {
        // Nothing is lost: the log stays beside the file and the next opening reads it.
        tracing::warn!(%error, "the vault's write-ahead log could not be emptied");
    }
    shut(connection);
    drop(ended);
}

fn run(connection: Connection, jobs: &Receiver<Job>) {
    shut(serve(connection, jobs));
}

/// Runs jobs until the queue is shut and empty.
fn serve(mut connection: Connection, jobs: &Receiver<Job>) -> Connection {
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    while let Ok(job) = jobs.recv_blocking() {
        // A panic rolled its transaction back on the way here, and its caller gets no answer but `Panicked`.
        if catch_unwind(AssertUnwindSafe(|| job(&mut connection))).is_err() {
            tracing::error!("a job of the vault panicked");
        }
    }
    connection
}

/// Closing needs every statement finalised first: an open one would keep pages and key in memory.
fn shut(connection: Connection) {
    connection.flush_prepared_statement_cache();
    if let Err((_, error)) = connection.close() {
        tracing::error!(code = ?error.sqlite_error_code(), "a connection of the vault did not close");
    }
}

fn spawn(name: &str, body: impl FnOnce() + Send + 'static) -> Result<()> {
    thread::Builder::new().name(name.into()).spawn(body).map_err(StoreError::file("start a thread of the vault"))?;
    Ok(())
}
