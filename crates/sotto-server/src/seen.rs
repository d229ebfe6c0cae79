//! When each workstation was last here: noted in memory at every proven request, and stored now and then.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use sotto_protocol::WorkstationId;

use crate::state::Shared;
use crate::store::{Store, StoreError};

/// What was noted since it was last stored: at most one time for each workstation.
#[derive(Debug, Default)]
pub struct Seen(Mutex<HashMap<WorkstationId, u64>>);

impl Seen {
    /// The workstation is here.
    pub fn note(&self, workstation: WorkstationId, now: u64) {
        let mut noted = self.lock();
        let last = noted.entry(workstation).or_default();
        *last = now.max(*last);
    }

    /// What is not stored yet; an open feed or control connection says that its workstation is here now.
    pub fn noted(&self, app: &Shared) -> HashMap<WorkstationId, u64> {
        let now = app.clock.now_ms();
        for workstation in open_workstations(app).into_iter().chain(app.connected.all()) {
            self.note(workstation, now);
        }
        self.lock().clone()
    }

    /// Stores what was noted. A crash loses what was noted since the last time.
    ///
    /// # Errors
    /// That of the store; what was noted is kept for the next time.
    pub async fn flush(&self, app: &Shared) -> Result<(), StoreError> {
        let noted = self.noted(app);
        if noted.is_empty() {
            return Ok(());
        }
        app.store.store_seen(noted.iter().map(|(workstation, at)| (*workstation, *at)).collect()).await?;
        self.lock().retain(|workstation, at| noted.get(workstation).is_none_or(|stored| *stored < *at));
        Ok(())
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<WorkstationId, u64>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn open_workstations(app: &Shared) -> Vec<WorkstationId> {
    let devices = app.registry.devices();
    let organisation = app.organisation.read();
    let Some(organisation) = organisation.as_ref() else { return Vec::new() };
    devices.iter().filter_map(|device| organisation.directory().device(device)).map(|cert| cert.workstation).collect()
}
