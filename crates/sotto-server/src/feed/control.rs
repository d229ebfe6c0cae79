//! What a workstation's control connection sends: the directory's statements, those that are there and those that come.
//!
//! It lives while everybody is locked. A machine that is out hears the statements up to the last command that is for it and nothing after,
//! so that a lost one can still be told to wipe itself.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use sotto_protocol::feed::Frame;
use sotto_protocol::{CommandId, ErrorCode, WorkstationId};
use tokio::sync::watch;

use super::registry::Heard;
use crate::limits::{DIRECTORY_BYTES, DIRECTORY_ENTRIES};
use crate::state::Shared;
use crate::store::fleet::FleetStore;
use crate::store::{PageLimit, Store, StoreError};

/// The pages that statements are read in.
const PAGE: PageLimit = PageLimit { entries: DIRECTORY_ENTRIES, bytes: DIRECTORY_BYTES };

/// Which workstations have a control connection open, and how many.
#[derive(Debug, Default)]
pub struct Connected(Mutex<HashMap<WorkstationId, u32>>);

impl Connected {
    /// The workstations that are here now, each once.
    pub fn all(&self) -> Vec<WorkstationId> {
        self.with(|open| open.keys().copied().collect())
    }

    /// How many control connections of a workstation are open.
    pub fn count(&self, workstation: WorkstationId) -> u32 {
        self.with(|open| open.get(&workstation).copied().unwrap_or_default())
    }

    fn open(&self, workstation: WorkstationId) {
        self.with(|open| *open.entry(workstation).or_default() += 1);
    }

    fn close(&self, workstation: WorkstationId) {
        self.with(|open| {
            if let Some(count) = open.get_mut(&workstation) {
                *count -= 1;
                if *count == 0 {
                    open.remove(&workstation);
                }
            }
        });
    }

    fn with<T>(&self, work: impl FnOnce(&mut HashMap<WorkstationId, u32>) -> T) -> T {
        work(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// How far a workstation may hear now.
struct Reach {
    /// Up to this statement.
    to: u64,
    /// Nothing comes after it.
    is_out: bool,
}

/// One control connection's reader; dropping it closes the connection.
#[derive(Debug)]
pub struct ControlReader {
    app: Arc<Shared>,
    workstation: WorkstationId,
    heard: watch::Receiver<Heard>,
    sent: u64,
    told: bool,
    over: bool,
}

impl Drop for ControlReader {
    fn drop(&mut self) {
        self.app.connected.close(self.workstation);
        self.app.seen.note(self.workstation, self.app.clock.now_ms());
    }
}

impl ControlReader {
    /// A connection of `workstation` that has the first `after` statements.
    pub fn new(app: Arc<Shared>, workstation: WorkstationId, after: u64) -> Self {
        app.connected.open(workstation);
        let heard = app.registry.listen();
        Self { app, workstation, heard, sent: after, told: false, over: false }
    }

    /// The next frames, waiting for them; `None` when the connection is over.
    pub async fn next(&mut self) -> Option<Bytes> {
        loop {
            if self.over {
                return None;
            }
            let heard = *self.heard.borrow_and_update();
            if let Heard::Stop(code) = heard {
                return Some(self.end(code));
            }
            let reach = self.reach();
            if self.sent < reach.to {
                return Some(self.send_page(&reach).await.unwrap_or_else(|error| self.end(error.code())));
            }
            if reach.is_out {
                return Some(self.end(ErrorCode::WorkstationRevoked));
            }
            if !self.told {
                // A machine that has more than there is learns where the directory is now.
                self.told = true;
                self.sent = reach.to;
                return Some(Frame::Directory { version: reach.to }.encode().into());
            }
            if self.heard.changed().await.is_err() {
                return Some(self.end(ErrorCode::ServerBusy));
            }
        }
    }

    fn reach(&self) -> Reach {
        let organisation = self.app.organisation.read();
        let Some(organisation) = organisation.as_ref() else { return Reach { to: 0, is_out: true } };
        let directory = organisation.directory();
        if !directory.workstation_revoked(&self.workstation) {
            return Reach { to: organisation.version(), is_out: false };
        }
        let open = directory.commands_to(&self.workstation).filter(|issued| issued.receipt.is_none());
        Reach { to: open.filter_map(|issued| issued.holds_from).max().unwrap_or_default(), is_out: true }
    }

    async fn send_page(&mut self, reach: &Reach) -> Result<Bytes, StoreError> {
        let mut statements = self.app.store.load_statements(self.sent, PAGE).await?;
        statements.truncate(usize::try_from(reach.to - self.sent).unwrap_or(usize::MAX));
        let before = self.sent;
        self.sent += statements.len() as u64;
        let mut frames: Vec<u8> = statements.into_iter().flat_map(|statement| Frame::Statement { statement }.encode()).collect();
        if self.sent == reach.to {
            self.told = true;
            frames.extend_from_slice(&Frame::Directory { version: self.sent }.encode());
        }
        let delivered = self.delivered(before);
        if !delivered.is_empty() {
            self.app.store.note_delivered(self.app.clock.now_ms(), delivered).await?;
        }
        Ok(frames.into())
    }

    /// The commands to this machine that began to hold with what is sent now.
    fn delivered(&self, before: u64) -> Vec<CommandId> {
        let organisation = self.app.organisation.read();
        let Some(organisation) = organisation.as_ref() else { return Vec::new() };
        let issued = organisation.directory().commands_to(&self.workstation);
        let holding = issued.filter(|issued| issued.holds_from.is_some_and(|from| before < from && from <= self.sent));
        holding.map(|issued| issued.command.command).collect()
    }

    fn end(&mut self, code: ErrorCode) -> Bytes {
        self.over = true;
        Frame::End { code }.encode().into()
    }
}
