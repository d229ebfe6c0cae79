//! How anything is written: one task takes requests from a bounded queue, commits them in groups, and delivers only what is committed.

mod admit;
mod change;
mod check;
mod deliver;
mod task;

pub use check::{Author, Checked, check_request};
pub use task::Committer;

use sotto_protocol::feed::Outcome;
use sotto_protocol::key::VerifyKey;
use sotto_protocol::{AccountId, ErrorCode, WorkstationId};
use tokio::sync::{mpsc, oneshot};

use crate::error::{Refused, Result};
use crate::limits::QUEUED_REQUESTS;

/// A change of the directory.
#[derive(Debug)]
pub enum Change {
    /// Founds the organisation under this root.
    Found(VerifyKey, Vec<Vec<u8>>),
    /// Uses a workstation token: the machine's certificate.
    AdmitWorkstation(Vec<u8>),
    /// Uses an invite at a workstation: the account's certificate and the device's.
    Enrol(WorkstationId, Vec<u8>, Vec<u8>),
    /// Gives an account a device at a workstation: its certificate.
    AdmitDevice(WorkstationId, Vec<u8>),
    /// Takes an admin's or the root's statement, or a request to become an admin, from a device of this account.
    Accept(AccountId, Vec<u8>),
    /// Takes a machine's receipt.
    Receipt(Vec<u8>),
}

/// What waits for the committing task, with the way to answer it.
#[derive(Debug)]
pub enum Command {
    /// Entries of one request.
    Append(Vec<Checked>, oneshot::Sender<Result<Vec<Outcome>>>),
    /// A change of the directory; the answer is its version.
    Change(Change, oneshot::Sender<Result<u64>>),
}

/// The way to the committing task. A request that was queued is committed even if nobody waits for the answer any more.
#[derive(Debug, Clone)]
pub struct CommitQueue(mpsc::Sender<Command>);

impl CommitQueue {
    /// The queue and its end, for the [`Committer`].
    pub fn new() -> (Self, mpsc::Receiver<Command>) {
        let (sender, receiver) = mpsc::channel(QUEUED_REQUESTS);
        (Self(sender), receiver)
    }

    /// Appends the entries of a request. One outcome an entry.
    ///
    /// # Errors
    /// [`ErrorCode::ServerBusy`] when the queue is full; that of the store.
    pub async fn append(&self, entries: Vec<Checked>) -> Result<Vec<Outcome>> {
        let (reply, answer) = oneshot::channel();
        self.send(Command::Append(entries, reply), answer).await
    }

    /// Changes the directory and returns its version.
    ///
    /// # Errors
    /// [`ErrorCode::ServerBusy`] when the queue is full; why the change is refused; that of the store.
    pub async fn change(&self, change: Change) -> Result<u64> {
        let (reply, answer) = oneshot::channel();
        self.send(Command::Change(change, reply), answer).await
    }

    async fn send<T>(&self, command: Command, answer: oneshot::Receiver<Result<T>>) -> Result<T> {
        self.0.try_send(command).map_err(|_| Refused::from(ErrorCode::ServerBusy))?;
        answer.await.unwrap_or_else(|_| Err(ErrorCode::ServerBusy.into()))
    }
}
