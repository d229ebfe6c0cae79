//! What the management of a machine can do: let the machine in, say whom to call, make rules stricter. What it cannot: make them looser.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, missing_docs)]

mod support;

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::sync::Arc;

use serde_json::{Value, json};
use sotto_client::view::{
    Action, CommandReason, CommandRequest, ErrorCode, GroupMembersView, GroupRequest, Language, MakeWorkstationTokenRequest, OwnRules,
    RuleSourceView, RuleView, Settings, WorkstationKind,
};
use sotto_client::{KeyringChoice, Options, Session, Workstation};
use sotto_crypto::vault_key::KdfParams;
use support::{Clinic, password, until};

/// A machine of that name whose management says this.
fn open(clinic: &Clinic, name: &str, said: &Value) -> Workstation {
    let folder = clinic.home(&format!("{name}.managed"));
    let file = folder.join("managed.json");
    fs::create_dir_all(&folder).unwrap();
    fs::write(&file, said.to_string()).unwrap();
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o755)).unwrap();
    fs::set_permissions(&file, fs::Permissions::from_mode(0o644)).unwrap();
    let clock = Arc::new(clinic.clock.clone());
    let options = Options { clock, recovery_cost: KdfParams::FLOOR, managed: Some(file), ..Options::new(KeyringChoice::InsecureFile) };
    Workstation::open(&clinic.home(name), options).unwrap()
}

/// A token that nobody used.
async fn token(ida: &Session) -> String {
    let request = MakeWorkstationTokenRequest { name: "ward".into(), location: "Ward 3".into(), kind: WorkstationKind::Shared, days: 1 };
    ida.make_workstation_token(request).await.unwrap().text.expose().to_owned()
}

/// A machine that serves its control connection until the test is over.
fn serve(machine: &Workstation) -> tokio::task::JoinHandle<ErrorCode> {
    let machine = machine.clone();
    tokio::spawn(async move { machine.serve_control().await })
}

fn rule(rules: &[RuleView], name: &str) -> (Value, RuleSourceView) {
    rules.iter().find(|rule| rule.setting == name).map(|rule| (rule.value.clone(), rule.from.clone())).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_machine_lets_itself_in_and_holds_the_strictest_rule() {
    let clinic = Clinic::start().await;
    let (office, admin) = clinic.found().await;
    let ida = office.sign_in(admin, &password()).await.unwrap();
    let said = json!({
        "enrolment_token": token(&ida).await,
        "help": "Call 4400",
        "language": "es",
        "rules": {"idle_lock_s": 40, "session_s": 9_999_999, "pin": true},
        "start_in_background": true,
    });
    let ward = open(&clinic, "ward", &said);
    let new = ward.view();
    assert_eq!((new.enrolled, new.help.as_str(), new.language, new.managed_fault), (false, "Call 4400", Language::Es, None));
    assert!(ward.must_start_in_background());
    let control = serve(&ward);
    until(&ida, async || ward.is_enrolled().then_some(())).await;
    let (_, nurse) = clinic.colleague(&ida, &ward, "Nora Nurse").await;
    assert_eq!(nurse.session().await.unwrap().idle_lock_seconds, 40);
    assert_eq!(nurse.preferences().await.unwrap().language, Language::Es);
    let rules = nurse.rules(None).await.unwrap();
    assert_eq!(rule(&rules, "idle_lock_s"), (40.into(), RuleSourceView::Management));
    assert_eq!(rule(&rules, "session_s").1, RuleSourceView::Clinic, "what is looser does not count");
    assert_eq!(rule(&rules, "pin"), (true.into(), RuleSourceView::Clinic));
    assert_eq!((ward.view().help.as_str(), ward.view().managed_fault), ("Call 4400", None));

    let settings = Settings { idle_lock_s: Some(20), ..Settings::default() };
    let group = GroupRequest { group: None, name: "Wards".into(), members: GroupMembersView::Everyone, settings };
    ida.set_group(group).await.unwrap();
    until(&nurse, async || (nurse.session().await.unwrap().idle_lock_seconds == 20).then_some(())).await;
    assert_eq!(rule(&nurse.rules(None).await.unwrap(), "idle_lock_s").1, RuleSourceView::Group("Wards".into()));
    until(&nurse, async || ward.rules().is_some_and(|rules| rules.idle_lock_s.value == 20).then_some(())).await;
    let shown = ward.managed_view().await.unwrap();
    assert_eq!((shown.found, shown.token, shown.rules.idle_lock_s), (true, true, Some(40)));
    assert_eq!(rule(&shown.holds, "idle_lock_s").0, 20);

    // The token lets one machine in.
    let other = open(&clinic, "other", &said);
    let second = serve(&other);
    let fault = until(&ida, async || other.view().managed_fault).await;
    assert_eq!((fault.code, fault.key.as_deref()), (ErrorCode::TokenUsed, Some("enrolment_token")));
    assert!(!other.is_enrolled());
    for task in [control, second] {
        task.abort();
    }
    for session in [nurse, ida] {
        session.lock().await.unwrap();
    }
    clinic.running.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_tightens_further_for_themselves_and_loosens_nothing() {
    let clinic = Clinic::start().await;
    let (office, admin) = clinic.found().await;
    let ida = office.sign_in(admin, &password()).await.unwrap();
    let ward = open(&clinic, "ward", &json!({"rules": {"idle_lock_s": 40}}));
    ward.enrol_workstation(&token(&ida).await).await.unwrap();
    let (_, nurse) = clinic.colleague(&ida, &ward, "Nora Nurse").await;
    let own = |seconds| OwnRules { idle_lock_s: Some(seconds), ..OwnRules::default() };
    let looser = nurse.set_own_rules(own(41)).await;
    assert_eq!(looser.map_err(|error| error.code), Err(ErrorCode::RuleLooser), "the management says 40");
    let kept = nurse.set_own_rules(own(30)).await.unwrap();
    assert_eq!(rule(&kept.without, "idle_lock_s"), (40.into(), RuleSourceView::Management));
    assert_eq!(rule(&nurse.rules(None).await.unwrap(), "idle_lock_s"), (30.into(), RuleSourceView::Own));
    assert_eq!(nurse.session().await.unwrap().idle_lock_seconds, 30);
    let id = ida.workstations().await.unwrap().into_iter().find(|one| one.name == "ward" && one.expires_at.is_none()).unwrap().id;
    let machines = nurse.rules(Some(id)).await.unwrap();
    assert_eq!(rule(&machines, "idle_lock_s"), (40.into(), RuleSourceView::Management), "of the machine, not of who sits there");
    for session in [nurse, ida] {
        session.lock().await.unwrap();
    }
    clinic.running.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_is_told_and_the_signed_rules_hold() {
    let clinic = Clinic::start().await;
    let (office, admin) = clinic.found().await;
    let ida = office.sign_in(admin, &password()).await.unwrap();
    let ward = open(&clinic, "ward", &json!({"help": "Call 4400", "rules": {"idle_lock_s": "40"}}));
    let fault = ward.view().managed_fault.unwrap();
    assert_eq!((fault.code, fault.key.as_deref()), (ErrorCode::ManagedUnreadable, Some("rules.idle_lock_s")));
    assert_eq!(ward.view().help, "", "nothing of it is used");
    ward.enrol_workstation(&token(&ida).await).await.unwrap();
    let (_, nurse) = clinic.colleague(&ida, &ward, "Nora Nurse").await;
    assert_eq!(nurse.session().await.unwrap().idle_lock_seconds, sotto_client::IDLE_LOCK_S);
    assert_eq!(ward.view().managed_fault, Some(fault), "told until it is corrected");
    for session in [nurse, ida] {
        session.lock().await.unwrap();
    }
    clinic.running.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_machine_that_was_wiped_is_let_in_by_a_person_only() {
    let clinic = Clinic::start().await;
    let (office, admin) = clinic.found().await;
    let ida = office.sign_in(admin, &password()).await.unwrap();
    let kept = token(&ida).await;
    let ward = clinic.let_in(&ida, "ward").await;
    let id = ida.workstations().await.unwrap().into_iter().find(|one| one.name == "ward" && one.expires_at.is_none()).unwrap().id;
    drop(ward);
    let ward = open(&clinic, "ward", &json!({"enrolment_token": kept}));
    let wipe = CommandRequest { workstation: id, account: None, action: Action::Wipe, reason: CommandReason::Stolen };
    ida.issue_command(wipe).await.unwrap();
    assert_eq!(ward.hear_control().await.map_err(|error| error.code), Err(ErrorCode::Wiped));
    assert_eq!(ward.hear_control().await.map_err(|error| error.code), Err(ErrorCode::Wiped));
    assert!(!ward.is_enrolled() && ward.view().wiped_at.is_some());
    ward.enrol_workstation(&kept).await.unwrap();
    assert!(ward.is_enrolled());
    ida.lock().await.unwrap();
    clinic.running.shutdown().await;
}
