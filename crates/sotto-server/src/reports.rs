//! What each machine told of itself last: taken in memory at once, and stored now and then in one transaction.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use sotto_protocol::WorkstationId;
use sotto_protocol::api::Report;

use crate::store::StoreError;
use crate::store::fleet::FleetStore;

/// What was told since it was last stored: at most one report for each workstation. A crash loses it; every machine tells again after the
/// end of its control connection, which a crash of the server is.
#[derive(Debug, Default)]
pub struct Reports(Mutex<HashMap<WorkstationId, Report>>);

impl Reports {
    /// The machine told this, in place of what it told before.
    pub fn note(&self, workstation: WorkstationId, report: Report) {
        self.lock().insert(workstation, report);
    }

    /// What is not stored yet, which holds over what is.
    pub fn noted(&self) -> HashMap<WorkstationId, Report> {
        self.lock().clone()
    }

    /// Stores what was told: one transaction, however many machines there are.
    ///
    /// # Errors
    /// That of the store; what was told is kept for the next time.
    pub async fn flush(&self, store: &impl FleetStore) -> Result<(), StoreError> {
        let noted = self.noted();
        if noted.is_empty() {
            return Ok(());
        }
        store.store_reports(noted.clone().into_iter().collect()).await?;
        // What was told meanwhile stays, and what is stored goes only now: whoever looks finds it in one of both places.
        self.lock().retain(|workstation, report| noted.get(workstation) != Some(&*report));
        Ok(())
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<WorkstationId, Report>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use sotto_protocol::api::Diagnostics;

    use super::*;
    use crate::db::Embedded;
    use crate::store::Store as _;

    fn machine(number: u8) -> WorkstationId {
        WorkstationId::from_bytes([number; 16])
    }

    fn report(directory: u64) -> Report {
        Report {
            app_version: "0.1.0".into(),
            os: "Debian GNU/Linux 13".into(),
            disk_encrypted: None,
            screen_lock: None,
            insecure_keyring: false,
            vaults: 2,
            lease_until: None,
            command_serial: 0,
            directory,
            diagnostics: Diagnostics::default(),
        }
    }

    #[tokio::test]
    async fn what_machines_tell_is_stored_together_and_the_newest_of_each() {
        let dir = tempfile::tempdir().unwrap();
        let store = Embedded::open(&dir.path().join("sotto.db"), &sotto_sqlcipher::Key::new([1; 32], [2; 16]), None).unwrap();
        let reports = Reports::default();
        for (number, directory) in [(1, 7), (2, 7), (1, 8)] {
            reports.note(machine(number), report(directory));
        }
        assert!(store.load_reports().await.unwrap().is_empty(), "told, and not written yet");
        assert_eq!(reports.noted(), HashMap::from([(machine(1), report(8)), (machine(2), report(7))]));

        reports.flush(&store).await.unwrap();
        assert!(reports.noted().is_empty());
        let stored: HashMap<_, _> = store.load_reports().await.unwrap().into_iter().collect();
        assert_eq!(stored, HashMap::from([(machine(1), report(8)), (machine(2), report(7))]));
        store.close().await;
        reports.note(machine(2), report(9));
        assert!(reports.flush(&store).await.is_err());
        assert_eq!(reports.noted(), HashMap::from([(machine(2), report(9))]), "kept for the next time");
    }
}
