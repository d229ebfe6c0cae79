//! When each workstation was last here: noted in memory at every proven request, and stored now and then.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use sotto_protocol::WorkstationId;

use crate::state::Shared;
use crate::store::{Store, StoreError};

/// What was noted since it was last stored: at most one time for each workstation.
#[derive(Debug, Default)]
pub struct Seen(Mutex<HashMap<WorkstationId, u64>>);

impl Seen {
    /// The workstation is here.
    pub fn note(&self, workstation: WorkstationId, now: u64) {
        let mut noted = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let last = noted.entry(workstation).or_default();
        *last = now.max(*last);
    }

    /// Stores what was noted; an open feed or control connection says that its workstation is here now. A crash loses what was noted since the last time.
    ///
    /// # Errors
    /// That of the store; what was noted is kept for the next time.
    pub async fn flush(&self, app: &Shared) -> Result<(), StoreError> {
        let now = app.clock.now_ms();
        for workstation in open_workstations(app).into_iter().chain(app.connected.all()) {
            self.note(workstation, now);
        }
        let noted: Vec<(WorkstationId, u64)> = self.0.lock().unwrap_or_else(PoisonError::into_inner).drain().collect();
        if noted.is_empty() {
            return Ok(());
        }
        let stored = app.store.store_seen(noted.clone()).await;
        if stored.is_err() {
            noted.into_iter().for_each(|(workstation, at)| self.note(workstation, at));
        }
        stored
    }
}

fn open_workstations(app: &Shared) -> Vec<WorkstationId> {
    let devices = app.registry.devices();
    let organisation = app.organisation.read();
    let Some(organisation) = organisation.as_ref() else { return Vec::new() };
    devices.iter().filter_map(|device| organisation.directory().device(device)).map(|cert| cert.workstation).collect()
}
