//! Which threads a vault has, and in which order they end: readers first, so that the writer empties the log and closes the file last.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::sync::{Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use async_channel::Receiver;
use rusqlite::Connection;

use super::job::Job;
use crate::{Result, StoreError};

/// Prepared statements that each connection keeps: every query of `table/` fits.
const STATEMENTS: usize = 96;

/// How long the last drop of a vault waits for its threads. They have the jobs that were taken left to do, which is well below a second
/// on any disk that works; on one that hangs, its owner does not hang with it.
const PATIENCE: Duration = Duration::from_secs(10);

/// The threads of a vault. Dropping it waits until they have ended, so the queues have to be shut before.
pub struct Threads {
    handles: Vec<JoinHandle<()>>,
    /// Says nothing and ends when the file is closed.
    closed: Receiver<()>,
    /// The same for a thread that may block, and only for so long.
    ended: Mutex<mpsc::Receiver<()>>,
}

impl Threads {
    /// Starts the threads.
    pub fn start(writer: Connection, writes: Receiver<Job>, readers: Vec<Connection>, reads: &Receiver<Job>) -> Result<Self> {
        let mut handles = Vec::new();
        let (reading, read_ended) = async_channel::bounded::<()>(1);
        for connection in readers {
            let (jobs, reading) = (reads.clone(), reading.clone());
            handles.push(spawn("vault-read", move || {
                run(connection, &jobs);
                drop(reading);
            })?);
        }
        drop(reading);
        let ((closing, closed), (ending, ended)) = (async_channel::bounded::<()>(1), mpsc::channel());
        handles.push(spawn("vault-write", move || {
            write(writer, &writes, &read_ended);
            drop((closing, ending));
        })?);
        Ok(Self { handles, closed, ended: Mutex::new(ended) })
    }

    /// Waits until the file is closed.
    pub async fn closed(&self) {
        // An error is the end of the channel.
        let _ended = self.closed.recv().await;
    }
}

impl Drop for Threads {
    /// Joins the threads: one that still used the cipher while the process ends would use it after its library had cleaned up. One of
    /// them that drops its own vault, because its job held the last clone, cannot wait for itself and ends with the others afterwards.
    fn drop(&mut self) {
        let here = thread::current().id();
        if self.handles.iter().any(|handle| handle.thread().id() == here) {
            return;
        }
        let ended = self.ended.get_mut().unwrap_or_else(PoisonError::into_inner);
        if ended.recv_timeout(PATIENCE) == Err(RecvTimeoutError::Timeout) {
            tracing::error!("the vault's threads did not end");
            return;
        }
        for handle in self.handles.drain(..) {
            if handle.join().is_err() {
                tracing::error!("a thread of the vault panicked");
            }
        }
    }
}

fn write(connection: Connection, jobs: &Receiver<Job>, readers: &Receiver<()>) {
    let connection = serve(connection, jobs);
    let _ended = readers.recv_blocking();
    if let Err(error) = sotto_sqlcipher::truncate_wal(&connection) {
        // Nothing is lost: the log stays beside the file and the next opening reads it.
        tracing::warn!(%error, "the vault's write-ahead log could not be emptied");
    }
    shut(connection);
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

fn spawn(name: &str, body: impl FnOnce() + Send + 'static) -> Result<JoinHandle<()>> {
    thread::Builder::new().name(name.into()).spawn(body).map_err(StoreError::file("start a thread of the vault"))
}
