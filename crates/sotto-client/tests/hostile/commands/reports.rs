//! A machine says how it is when that is new, and not each time that the directory moved on: five thousand do not speak at once.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use sotto_client::view::{GroupMembersView, GroupRequest, Settings};

use super::super::server::Lie;
use super::super::support::until;
use super::Ward;

/// Lies about nothing, and counts the reports that come.
#[derive(Clone, Default)]
struct Counts(Arc<AtomicU32>);

impl Counts {
    fn reports(&self) -> u32 {
        self.0.load(Ordering::SeqCst)
    }
}

impl Lie for Counts {
    fn hold(&mut self, path: &str) -> bool {
        if path == "/v1/report" {
            self.0.fetch_add(1, Ordering::SeqCst);
        }
        false
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_machine_does_not_report_that_the_directory_moved_on_before_its_time() {
    let ward = Ward::begin().await;
    let counts = Counts::default();
    ward.hostile.tell(counts.clone());
    let control = ward.serve();
    until(&ward.ida, async || (counts.reports() > 0).then_some(())).await;
    for idle in [90, 80, 70] {
        let settings = Settings { idle_lock_s: Some(idle), ..Settings::default() };
        let group = GroupRequest { group: None, name: format!("Idle {idle}"), members: GroupMembersView::Everyone, settings };
        ward.ida.set_group(group).await.unwrap();
        until(&ward.ida, async || (ward.ward.rules()?.idle_lock_s.value == idle).then_some(())).await;
    }
    // What it did is news, and told at once: after everything that it could have said of the rules.
    ward.obeys().await;
    until(&ward.ida, async || (counts.reports() > 1).then_some(())).await;
    assert_eq!(counts.reports(), 2);
    control.abort();
    ward.end().await;
}
