//! How a job waits for its thread, and how it runs in a transaction.

use async_channel::{Receiver, Sender};
use rusqlite::{Connection, Transaction, TransactionBehavior};

use crate::{Result, StoreError};

/// Jobs that may wait; the next caller waits for room.
const ROOM: usize = 64;

/// What a thread does with its connection; the answer goes its own way.
pub type Job = Box<dyn FnOnce(&mut Connection) + Send>;

/// The end of a queue at which jobs go in.
pub struct Queue(Sender<Job>);

impl Queue {
    /// The queue and the end at which jobs come out.
    pub fn new() -> (Self, Receiver<Job>) {
        let (sender, receiver) = async_channel::bounded(ROOM);
        (Self(sender), receiver)
    }

    /// Puts a job in, waiting for room.
    pub async fn put(&self, job: Job) -> Result<()> {
        self.0.send(job).await.map_err(|_| StoreError::Closed)
    }

    /// Takes no more jobs; those inside still come out.
    pub fn shut(&self) {
        self.0.close();
    }

    /// Whether it takes no more.
    pub fn is_shut(&self) -> bool {
        self.0.is_closed()
    }
}

/// Runs a job in a transaction that is committed if the job says so and rolled back otherwise, also when it panics.
pub fn write<T>(connection: &mut Connection, job: impl FnOnce(&Transaction<'_>) -> Result<T>) -> Result<T> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let value = job(&transaction)?;
    transaction.commit()?;
    Ok(value)
}

/// Runs a job on one snapshot.
pub fn read<T>(connection: &mut Connection, job: impl FnOnce(&Connection) -> Result<T>) -> Result<T> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Deferred)?;
    job(&transaction)
}
