//! Why does a machine not work? What it counted, for IT: numbers, times and names of codes; no name of a person, no text, no path.

use std::collections::BTreeMap;
use std::path::Path;

use sotto_protocol::api::{Counted, Diagnostics};

use super::hear::Control;
use super::refusal::Refusal;

impl Control {
    /// What the machine counted since its program started.
    pub(super) async fn diagnose(&self) -> Diagnostics {
        let workstation = &self.workstation;
        let (mut sessions, mut waiting) = (0, 0);
        for session in workstation.open_sessions(None) {
            // One that is locked meanwhile is not open.
            if let Ok(status) = session.status().await {
                sessions += 1;
                waiting += status.queued;
            }
        }
        let tally = &workstation.control().tally;
        Diagnostics {
            sessions,
            waiting,
            synced_at: tally.synced_at(),
            free_disk_bytes: free_disk_bytes(workstation.home().path()),
            clock_ahead_ms: self.machine.http.clock_ahead_ms(),
            errors: tally.errors(),
            refusals: count(&workstation.refusals()),
        }
    }
}

/// How often each reason came. That most commands are for others says nothing about this machine.
fn count(refusals: &[Refusal]) -> Vec<Counted> {
    let mut counts: BTreeMap<&'static str, u32> = BTreeMap::new();
    for refusal in refusals.iter().filter(|refusal| **refusal != Refusal::AnotherWorkstation) {
        *counts.entry(refusal.as_str()).or_default() += 1;
    }
    counts.into_iter().map(|(name, count)| Counted { name: name.to_owned(), count }).collect()
}

/// What a program may still write where a folder is; `None` where the system does not tell.
#[cfg(unix)]
fn free_disk_bytes(folder: &Path) -> Option<u64> {
    let disk = rustix::fs::statvfs(folder).ok()?;
    Some(disk.f_bavail.saturating_mul(disk.f_frsize))
}

#[cfg(not(unix))]
const fn free_disk_bytes(_: &Path) -> Option<u64> {
    None
}

#[cfg(test)]
mod tests {
    use sotto_protocol::directory::StatementError;

    use super::*;

    #[test]
    fn refusals_are_counted_by_their_reason_and_those_for_others_are_not() {
        let forged = Refusal::Statement(StatementError::BadSignature);
        let counted = |name: &str, count| Counted { name: name.to_owned(), count };
        let refusals = [Refusal::Late, forged, Refusal::AnotherWorkstation, forged];
        assert_eq!(count(&refusals), [counted("bad_signature", 2), counted("late", 1)]);
    }

    #[cfg(unix)]
    #[test]
    fn a_folder_that_is_there_has_a_disk_and_one_that_is_not_has_none() {
        let folder = tempfile::tempdir().unwrap();
        assert!(free_disk_bytes(folder.path()).is_some());
        assert_eq!(free_disk_bytes(&folder.path().join("gone")), None);
    }
}
