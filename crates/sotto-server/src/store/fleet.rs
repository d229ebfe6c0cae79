//! What the server keeps of the fleet besides the directory: how far commands have come, and what machines tell of themselves.

use std::future::Future;

use sotto_protocol::api::{CommandProgress, Report};
use sotto_protocol::{CommandId, WorkstationId};

use super::StoreError;

/// The part of a database that is about the fleet. Dropping a returned future does not undo the work: it runs to its end.
pub trait FleetStore {
    /// Notes that commands were put on their machine's control connection at `now`; the first time stays.
    fn note_delivered(&self, now: u64, commands: Vec<CommandId>) -> impl Future<Output = Result<(), StoreError>> + Send;

    /// Notes that a machine begins with a command at `now`; the first time stays. One that was never delivered is noted as delivered too.
    fn note_begun(&self, now: u64, command: CommandId) -> impl Future<Output = Result<(), StoreError>> + Send;

    /// How far commands have come, in no order.
    fn load_progress(&self) -> impl Future<Output = Result<Vec<CommandProgress>, StoreError>> + Send;

    /// Keeps what machines tell of themselves, each in place of what it told before: all of it in one transaction.
    fn store_reports(&self, reports: Vec<(WorkstationId, Report)>) -> impl Future<Output = Result<(), StoreError>> + Send;

    /// What each machine told last, in no order.
    fn load_reports(&self) -> impl Future<Output = Result<Vec<(WorkstationId, Report)>, StoreError>> + Send;
}
