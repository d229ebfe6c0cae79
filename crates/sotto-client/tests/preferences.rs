//! What a person keeps in their vault of rules and views is there again after a lock; nobody loosens a rule that way, or keeps without end.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, missing_docs)]

mod support;

use std::time::Duration;

use sotto_client::view::{
    AppEvent, ErrorCode, FleetFilter, FleetSort, FleetView, GroupMembersView, GroupRequest, OwnRules, Preferences, RuleSourceView, Settings,
};
use sotto_client::{Result, Session};
use support::{Clinic, password, until};

const NONE: OwnRules = OwnRules {
    idle_lock_s: None,
    session_s: None,
    no_notifications: false,
    no_clipboard: false,
    attachment_mb: None,
    attachment_types: None,
};

fn idle(seconds: u32) -> OwnRules {
    OwnRules { idle_lock_s: Some(seconds), ..NONE }
}

fn code<T>(result: Result<T>) -> Option<ErrorCode> {
    result.err().map(|error| error.code)
}

fn seconds(session: &Session) -> (u64, u64) {
    let policy = session.idle_policy().unwrap();
    (policy.idle.as_secs(), policy.session.as_secs())
}

/// The value of a setting here, and whose rule it is.
async fn rule(session: &Session, setting: &str) -> (serde_json::Value, RuleSourceView) {
    let rules = session.rules(None).await.unwrap();
    rules.into_iter().find(|rule| rule.setting == setting).map(|rule| (rule.value, rule.from)).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_strictest_of_clinic_groups_and_own_holds_and_what_is_looser_is_refused() {
    let clinic = Clinic::start().await;
    let (office, admin) = clinic.found().await;
    let ida = office.sign_in(admin, &password()).await.unwrap();
    let ward = clinic.let_in(&ida, "ward").await;
    let (nora, nurse) = clinic.colleague(&ida, &ward, "Nora Nurse").await;
    let (whole, session_s) = seconds(&nurse);
    let looser = u32::try_from(whole).unwrap() + 1;
    assert_eq!(code(nurse.set_own_rules(idle(looser)).await), Some(ErrorCode::RuleLooser));
    let longer = OwnRules { session_s: Some(u32::try_from(session_s).unwrap() + 1), ..NONE };
    assert_eq!(code(nurse.set_own_rules(longer).await), Some(ErrorCode::RuleLooser));
    assert_eq!(code(nurse.set_own_rules(idle(9)).await), Some(ErrorCode::Malformed));
    assert_eq!(nurse.own_rules().await.unwrap().own, NONE, "what is refused is not kept");

    let mut changes = nurse.events();
    let own = OwnRules { idle_lock_s: Some(60), session_s: Some(3_600), no_notifications: true, no_clipboard: true, ..NONE };
    assert_eq!(nurse.set_own_rules(own).await.unwrap().own, own);
    let told = async { while !matches!(changes.recv().await.unwrap(), AppEvent::WorkstationChanged) {} };
    tokio::time::timeout(Duration::from_secs(5), told).await.expect("the idle lock and the window are told");
    assert_eq!(seconds(&nurse), (60, 3_600));
    assert_eq!(nurse.session().await.unwrap().idle_lock_seconds, 60);
    assert!(!nurse.may_notify().unwrap());
    assert_eq!(rule(&nurse, "idle_lock_s").await, (60.into(), RuleSourceView::Own));
    assert_eq!(rule(&nurse, "clipboard").await, (false.into(), RuleSourceView::Own));
    assert_eq!(rule(&nurse, "pin").await, (true.into(), RuleSourceView::Clinic));

    // Nobody else's: not the machine's, and not the next person's.
    let machine = ida.workstations().await.unwrap().into_iter().find(|one| one.name == "ward").unwrap().id;
    let there = ida.rules(Some(machine.clone())).await.unwrap();
    assert!(there.iter().all(|rule| rule.from == RuleSourceView::Clinic), "{there:?}");
    assert_ne!(seconds(&ida).0, 60);

    // A group that becomes stricter wins, and the own rule that it overtook stops nothing else from being changed.
    let settings = Settings { idle_lock_s: Some(45), ..Settings::default() };
    let members = GroupMembersView::Workstations(vec![machine]);
    let group = GroupRequest { group: None, name: "Wards".into(), members: members.clone(), settings };
    let wards = ida.set_group(group).await.unwrap();
    until(&nurse, async || (seconds(&nurse).0 == 45).then_some(())).await;
    assert_eq!(rule(&nurse, "idle_lock_s").await, (45.into(), RuleSourceView::Group("Wards".into())));
    assert_eq!(code(nurse.set_own_rules(OwnRules { idle_lock_s: Some(50), ..own }).await), Some(ErrorCode::RuleLooser));
    let own = OwnRules { no_notifications: false, ..own };
    nurse.set_own_rules(own).await.unwrap();
    assert!(nurse.may_notify().unwrap());

    // In the vault: there after the lock, and stricter again once the group is given up.
    nurse.lock().await.unwrap();
    let nurse = ward.sign_in(nora, &password()).await.unwrap();
    assert_eq!((nurse.own_rules().await.unwrap().own, seconds(&nurse)), (own, (45, 3_600)));
    ida.set_group(GroupRequest { group: Some(wards), name: "Wards".into(), members, settings: Settings::default() }).await.unwrap();
    until(&nurse, async || (seconds(&nurse).0 == 60).then_some(())).await;
    nurse.set_own_rules(NONE).await.unwrap();
    assert_eq!(seconds(&nurse), (whole, session_s));
    for session in [nurse, ida] {
        session.lock().await.unwrap();
        assert_eq!(code(session.own_rules().await), Some(ErrorCode::Locked));
    }
    clinic.running.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn views_of_the_fleet_are_kept_over_a_lock_up_to_the_limit() {
    let clinic = Clinic::start().await;
    let (office, admin) = clinic.found().await;
    let ida = office.sign_in(admin, &password()).await.unwrap();
    let view = |number: usize| FleetView {
        name: format!("View {number}"),
        query: "3 West".into(),
        filters: vec![FleetFilter::Unencrypted, FleetFilter::Stale],
        sort: FleetSort { column: "disk".into(), down: true },
    };
    let with = |views: Vec<FleetView>| Preferences { fleet_views: views, ..Preferences::default() };
    let most = with((0..20).map(view).collect());
    ida.save_preferences(most.clone()).await.unwrap();
    assert_eq!(code(ida.save_preferences(with((0..21).map(view).collect())).await), Some(ErrorCode::TooLarge));
    let long = FleetView { name: "x".repeat(121), ..view(0) };
    assert_eq!(code(ida.save_preferences(with(vec![long])).await), Some(ErrorCode::TooLarge));
    ida.lock().await.unwrap();
    let ida = office.sign_in(admin, &password()).await.unwrap();
    assert_eq!(ida.preferences().await.unwrap(), most);
    ida.lock().await.unwrap();
    clinic.running.shutdown().await;
}
