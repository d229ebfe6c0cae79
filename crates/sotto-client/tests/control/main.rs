//! What a machine does that IT tells it to do, also while nobody is signed in, and what it never does.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, missing_docs)]

#[path = "../support/mod.rs"]
mod support;
mod ward;
mod wipe;

use std::time::{Duration, Instant};

use sotto_client::verify_receipts;
use sotto_client::view::{
    Action, CommandOutcome, CommandReason, CommandRequest, ErrorCode, GroupMembersView, GroupRequest, RuleSourceView, Settings,
    WorkstationKind,
};
use support::{password, until};
use ward::{Ward, opens};

#[tokio::test(flavor = "multi_thread")]
async fn a_lock_and_a_sign_out_are_done_once_and_receipted() {
    let mut ward = Ward::begin().await;
    ward.set_pin().await.unwrap();
    let control = ward.serve();
    let begun = Instant::now();
    let lock = ward.issue(Some(ward.nora), Action::Lock).await;
    let done = ward.receipted(lock).await;
    assert!(begun.elapsed() < Duration::from_secs(5), "{:?}", begun.elapsed());
    assert_eq!(done.receipt.unwrap().outcome, CommandOutcome::Done);
    assert!(ward.nurse.is_locked() && done.delivered_at.is_some() && done.begun_at.is_some());
    let again = ward.issue(Some(ward.nora), Action::Lock).await;
    assert_eq!(ward.receipted(again).await.receipt.unwrap().outcome, CommandOutcome::Nothing);
    let out = ward.issue(None, Action::SignOut).await;
    assert_eq!(ward.receipted(out).await.receipt.unwrap().outcome, CommandOutcome::Done);
    assert_eq!(ward.ward.view().people[0].pin_tries_left, None);

    // Put back as it was before: what the keyring remembers is not done again.
    control.abort();
    std::fs::remove_file(ward.clinic.home("ward").join("directory")).unwrap();
    ward.nurse = ward.ward.sign_in(ward.nora, &password()).await.unwrap();
    let control = ward.serve();
    let report = ward.issue(None, Action::Report).await;
    ward.receipted(report).await;
    assert!(!ward.nurse.is_locked() && ward.ward.refusals().is_empty());

    let proof = serde_json::to_vec(&ward.ida.export_receipts().await.unwrap()).unwrap();
    let verified = verify_receipts(&proof, None).unwrap();
    assert_eq!(verified.iter().map(|one| one.command).collect::<Vec<_>>(), [lock, again, out, report]);
    let text = String::from_utf8(proof).unwrap();
    let cut = text.replacen("\"sotto_receipts\":1", "\"sotto_receipts\":2", 1);
    assert_eq!(verify_receipts(cut.as_bytes(), None).map_err(|error| error.code).map(drop), Err(ErrorCode::Malformed));
    let mine = CommandRequest { workstation: ward.id, account: None, action: Action::Wipe, reason: CommandReason::Lost };
    assert!(ward.nurse.issue_command(mine).await.is_err_and(|error| error.code == ErrorCode::NotPermitted));
    control.abort();
    for session in [ward.nurse, ward.ida] {
        session.lock().await.unwrap();
    }
    ward.clinic.running.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_strictest_rule_holds_within_seconds_and_says_where_it_comes_from() {
    let ward = Ward::begin().await;
    ward.set_pin().await.unwrap();
    let control = ward.serve();
    let shared = Settings { idle_lock_s: Some(90), pin: Some(false), ..Settings::default() };
    ward.set_group("Shared", GroupMembersView::Kind(WorkstationKind::Shared), shared).await;
    let strict = Settings { idle_lock_s: Some(45), lease_s: Some(0), ..Settings::default() };
    let begun = Instant::now();
    let wards = ward.set_group("Wards", GroupMembersView::Workstations(vec![ward.id.clone()]), strict).await;
    until(&ward.nurse, async || (ward.nurse.session().await.unwrap().idle_lock_seconds == 45).then_some(())).await;
    until(&ward.ida, async || {
        let gone = ward.ward.view().people.iter().all(|tile| tile.pin_tries_left.is_none());
        (gone && ward.ward.rules().is_some_and(|rules| rules.idle_lock_s.value == 45)).then_some(())
    })
    .await;
    assert!(begun.elapsed() < Duration::from_secs(5), "{:?}", begun.elapsed());
    let rules = ward.ida.rules(Some(ward.id.clone())).await.unwrap();
    let of = |name: &str| rules.iter().find(|rule| rule.setting == name).map(|rule| (rule.value.clone(), rule.from.clone())).unwrap();
    assert_eq!(of("idle_lock_s"), (45.into(), RuleSourceView::Group("Wards".into())));
    assert_eq!(of("pin"), (false.into(), RuleSourceView::Group("Shared".into())));
    assert_eq!(of("session_s").1, RuleSourceView::Clinic);
    assert_eq!(ward.set_pin().await.map_err(|error| error.code), Err(ErrorCode::NotPermitted));
    // The share is not kept any more: without the server nothing opens.
    let Ward { clinic, office, admin, ida, ward, nora, nurse, .. } = ward;
    nurse.lock().await.unwrap();
    let (data, address, clock) = (clinic.data(), clinic.running.addr, clinic.clock.clone());
    ida.lock().await.unwrap();
    clinic.running.shutdown().await;
    assert_eq!(opens(&ward, nora).await, Err(ErrorCode::LeaseEnded));
    let running = support::serve(clock, data, address).await;
    let ida = office.sign_in(admin, &password()).await.unwrap();
    let (name, members, settings) = ("Wards".into(), GroupMembersView::Everyone, Settings::default());
    ida.set_group(GroupRequest { group: Some(wards), name, members, settings }).await.unwrap();
    assert_eq!(ida.groups().await.unwrap().into_iter().map(|group| group.name).collect::<Vec<_>>(), ["Shared"]);
    until(&ida, async || ward.rules().is_some_and(|rules| rules.idle_lock_s.value == 90).then_some(())).await;
    control.abort();
    ida.lock().await.unwrap();
    running.shutdown().await;
}
