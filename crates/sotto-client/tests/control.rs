//! What a machine does that IT tells it to do, also while nobody is signed in, and what it never does.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, missing_docs)]

mod support;

use std::time::{Duration, Instant};

use sotto_client::view::{
    Action, CommandOutcome, CommandReason, CommandRequest, CommandState, CommandView, ErrorCode, GroupMembersView, GroupRequest,
    RuleSourceView, Settings, WorkstationKind,
};
use sotto_client::{Session, Workstation, verify_receipts};
use sotto_protocol::{AccountId, CommandId};
use support::{Clinic, password, until};

/// A machine that serves its control connection until the test is over.
fn serve(machine: &Workstation) -> tokio::task::JoinHandle<ErrorCode> {
    let machine = machine.clone();
    tokio::spawn(async move { machine.serve_control().await })
}

async fn id_of(ida: &Session, name: &str) -> String {
    ida.workstations().await.unwrap().into_iter().find(|one| one.name == name).unwrap().id
}

async fn issue(ida: &Session, workstation: &str, account: Option<AccountId>, action: Action) -> CommandId {
    let request = CommandRequest { workstation: workstation.to_owned(), account, action, reason: CommandReason::Routine };
    ida.issue_command(request).await.unwrap()
}

/// Waits for the receipt of a command.
async fn receipted(ida: &Session, command: CommandId) -> CommandView {
    until(ida, async || {
        ida.reconnect().unwrap();
        let commands = ida.commands().await.unwrap();
        commands.into_iter().find(|one| one.command == command && one.state == CommandState::Receipted)
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lock_and_a_sign_out_are_done_once_and_receipted() {
    let clinic = Clinic::start().await;
    let (office, admin) = clinic.found().await;
    let ida = office.sign_in(admin, &password()).await.unwrap();
    let ward = clinic.let_in(&ida, "ward").await;
    let (nora, nurse) = clinic.colleague(&ida, &ward, "Nora Nurse").await;
    nurse.set_pin(&password(), &sotto_client::view::Password::new("825071".into())).await.unwrap();
    let control = serve(&ward);
    let ward_id = id_of(&ida, "ward").await;
    let begun = Instant::now();
    let lock = issue(&ida, &ward_id, Some(nora), Action::Lock).await;
    let done = receipted(&ida, lock).await;
    assert!(begun.elapsed() < Duration::from_secs(5), "{:?}", begun.elapsed());
    assert_eq!(done.receipt.unwrap().outcome, CommandOutcome::Done);
    assert!(nurse.is_locked() && done.delivered_at.is_some() && done.begun_at.is_some());
    let again = issue(&ida, &ward_id, Some(nora), Action::Lock).await;
    assert_eq!(receipted(&ida, again).await.receipt.unwrap().outcome, CommandOutcome::Nothing);
    let out = issue(&ida, &ward_id, None, Action::SignOut).await;
    assert_eq!(receipted(&ida, out).await.receipt.unwrap().outcome, CommandOutcome::Done);
    assert_eq!(ward.view().people[0].pin_tries_left, None);

    // Put back as it was before: what the keyring remembers is not done again.
    control.abort();
    std::fs::remove_file(clinic.home("ward").join("directory")).unwrap();
    let nurse = ward.sign_in(nora, &password()).await.unwrap();
    let control = serve(&ward);
    let report = issue(&ida, &ward_id, None, Action::Report).await;
    receipted(&ida, report).await;
    assert!(!nurse.is_locked() && ward.refusals().is_empty());

    let proof = serde_json::to_vec(&ida.export_receipts().await.unwrap()).unwrap();
    let verified = verify_receipts(&proof, None).unwrap();
    assert_eq!(verified.iter().map(|one| one.command).collect::<Vec<_>>(), [lock, again, out, report]);
    let text = String::from_utf8(proof).unwrap();
    let cut = text.replacen("\"sotto_receipts\":1", "\"sotto_receipts\":2", 1);
    assert_eq!(verify_receipts(cut.as_bytes(), None).map_err(|error| error.code).map(drop), Err(ErrorCode::Malformed));
    assert!(
        nurse
            .issue_command(CommandRequest { workstation: ward_id, account: None, action: Action::Wipe, reason: CommandReason::Lost })
            .await
            .is_err_and(|error| error.code == ErrorCode::NotPermitted)
    );
    control.abort();
    for session in [nurse, ida] {
        session.lock().await.unwrap();
    }
    clinic.running.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_strictest_rule_holds_within_seconds_and_says_where_it_comes_from() {
    let clinic = Clinic::start().await;
    let (office, admin) = clinic.found().await;
    let ida = office.sign_in(admin, &password()).await.unwrap();
    let ward = clinic.let_in(&ida, "ward").await;
    let (nora, nurse) = clinic.colleague(&ida, &ward, "Nora Nurse").await;
    nurse.set_pin(&password(), &sotto_client::view::Password::new("825071".into())).await.unwrap();
    let control = serve(&ward);
    let ward_id = id_of(&ida, "ward").await;
    let group = |name: &str, members, settings| GroupRequest { group: None, name: name.into(), members, settings };
    let shared = Settings { idle_lock_s: Some(90), pin: Some(false), ..Settings::default() };
    ida.set_group(group("Shared", GroupMembersView::Kind(WorkstationKind::Shared), shared)).await.unwrap();
    let strict = Settings { idle_lock_s: Some(45), lease_s: Some(0), ..Settings::default() };
    let begun = Instant::now();
    let wards = ida.set_group(group("Wards", GroupMembersView::Workstations(vec![ward_id.clone()]), strict)).await.unwrap();
    until(&nurse, async || (nurse.session().await.unwrap().idle_lock_seconds == 45).then_some(())).await;
    until(&ida, async || {
        let gone = ward.view().people.iter().all(|tile| tile.pin_tries_left.is_none());
        (gone && ward.rules().is_some_and(|rules| rules.idle_lock_s.value == 45)).then_some(())
    })
    .await;
    assert!(begun.elapsed() < Duration::from_secs(5), "{:?}", begun.elapsed());
    let rules = ida.rules(Some(ward_id.clone())).await.unwrap();
    let of = |name: &str| rules.iter().find(|rule| rule.setting == name).map(|rule| (rule.value.clone(), rule.from.clone())).unwrap();
    assert_eq!(of("idle_lock_s"), (45.into(), RuleSourceView::Group("Wards".into())));
    assert_eq!(of("pin"), (false.into(), RuleSourceView::Group("Shared".into())));
    assert_eq!(of("session_s").1, RuleSourceView::Clinic);
    let refused = nurse.set_pin(&password(), &sotto_client::view::Password::new("825071".into())).await;
    assert_eq!(refused.map_err(|error| error.code), Err(ErrorCode::NotPermitted));
    // The share is not kept any more: without the server nothing opens.
    nurse.lock().await.unwrap();
    let (data, address, clock) = (clinic.data(), clinic.running.addr, clinic.clock.clone());
    ida.lock().await.unwrap();
    clinic.running.shutdown().await;
    let offline = ward.sign_in(nora, &password()).await;
    assert_eq!(offline.map(drop).map_err(|error| error.code), Err(ErrorCode::LeaseEnded));
    let running = support::serve(clock, data, address).await;
    let ida = office.sign_in(admin, &password()).await.unwrap();
    let given_up = GroupRequest { group: Some(wards), ..group("Wards", GroupMembersView::Everyone, Settings::default()) };
    ida.set_group(given_up).await.unwrap();
    assert_eq!(ida.groups().await.unwrap().into_iter().map(|group| group.name).collect::<Vec<_>>(), ["Shared"]);
    until(&ida, async || ward.rules().is_some_and(|rules| rules.idle_lock_s.value == 90).then_some(())).await;
    control.abort();
    ida.lock().await.unwrap();
    running.shutdown().await;
}

/// How often the right password is tried at an image; `SOTTO_WIPE_TRIES` says another number.
fn tries() -> u32 {
    std::env::var("SOTTO_WIPE_TRIES").ok().and_then(|tries| tries.parse().ok()).unwrap_or(5)
}

/// Tries the right password; a machine that is wiped says so.
async fn opens(machine: &Workstation, account: AccountId) -> Result<(), ErrorCode> {
    match machine.sign_in(account, &password()).await {
        Ok(session) => session.lock().await.map_err(|error| error.code),
        Err(error) => Err(error.code),
    }
}

/// Every file of one person's folder with its bytes.
fn files_of(home: &std::path::Path, account: AccountId) -> Vec<(std::path::PathBuf, Vec<u8>)> {
    let folder = home.join("accounts").join(account.to_string());
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).collect();
    files.sort();
    files.into_iter().map(|path| (path.clone(), std::fs::read(path).unwrap())).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn one_persons_vault_goes_and_the_others_stays_as_it_is() {
    let clinic = Clinic::start().await;
    let (office, admin) = clinic.found().await;
    let ida = office.sign_in(admin, &password()).await.unwrap();
    let ward = clinic.let_in(&ida, "ward").await;
    let (nora, nurse) = clinic.colleague(&ida, &ward, "Nora Nurse").await;
    let (nils, other) = clinic.colleague(&ida, &ward, "Nils Night").await;
    other.lock().await.unwrap();
    let before = files_of(&clinic.home("ward"), nils);
    let control = serve(&ward);
    let ward_id = id_of(&ida, "ward").await;
    let wipe = issue(&ida, &ward_id, Some(nora), Action::Wipe).await;
    let receipt = receipted(&ida, wipe).await.receipt.unwrap();
    assert_eq!((receipt.outcome, receipt.complete), (CommandOutcome::Done, true), "{:?}", receipt.erased);
    assert!(nurse.is_locked());
    assert_eq!(files_of(&clinic.home("ward"), nils), before);
    assert!(ward.view().people.iter().map(|tile| tile.account).eq([nils]));
    assert!(opens(&ward, nora).await.is_err());
    assert_eq!(opens(&ward, nils).await, Ok(()));
    // Nothing of the record is lost: with password and code the person is back, with a new device.
    let back = ward.sign_in_new("nora.nurse", &password(), &clinic.code(nora)).await.unwrap();
    back.lock().await.unwrap();
    control.abort();
    ida.lock().await.unwrap();
    clinic.running.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_locked_machine_is_wiped_within_seconds_and_its_receipt_proves_it() {
    let clinic = Clinic::start().await;
    let (office, admin) = clinic.found().await;
    let ida = office.sign_in(admin, &password()).await.unwrap();
    let ward = clinic.let_in(&ida, "ward").await;
    let (nora, nurse) = clinic.colleague(&ida, &ward, "Nora Nurse").await;
    nurse.lock().await.unwrap();
    let control = serve(&ward);
    let ward_id = id_of(&ida, "ward").await;
    let begun = Instant::now();
    let wipe = issue(&ida, &ward_id, None, Action::Wipe).await;
    let done = receipted(&ida, wipe).await;
    assert!(begun.elapsed() < Duration::from_secs(10), "{:?}", begun.elapsed());
    eprintln!("from command to receipt: {:?}", begun.elapsed());
    assert!(done.receipt.as_ref().is_some_and(|receipt| receipt.complete), "{done:?}");
    assert_eq!(control.await.unwrap(), ErrorCode::Wiped);
    let view = ward.view();
    assert!(!view.enrolled && view.people.is_empty() && view.wiped_at.is_some());
    assert!(opens(&ward, nora).await.is_err());
    let home = clinic.home("ward");
    assert!(!home.join("accounts").exists() && !home.join("workstation.json").exists() && !home.join("directory").exists());
    let proof = serde_json::to_vec(&ida.export_receipts().await.unwrap()).unwrap();
    let verified = verify_receipts(&proof, None).unwrap();
    assert!(verified.iter().any(|one| one.command == wipe && one.receipt.complete));
    drop(ward);
    let again = clinic.open("ward");
    assert!(again.view().wiped_at.is_some());
    assert_eq!(again.hear_control().await.map_err(|error| error.code), Err(ErrorCode::Wiped));
    ida.lock().await.unwrap();
    clinic.running.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_machine_that_stopped_between_hearing_and_doing_does_it_when_it_is_back() {
    let clinic = Clinic::start().await;
    let (office, admin) = clinic.found().await;
    let ida = office.sign_in(admin, &password()).await.unwrap();
    let ward = clinic.let_in(&ida, "ward").await;
    let (_, nurse) = clinic.colleague(&ida, &ward, "Nora Nurse").await;
    nurse.lock().await.unwrap();
    let wipe = issue(&ida, &id_of(&ida, "ward").await, None, Action::Wipe).await;
    // What is kept of the directory is the same at every machine: this is what a crash after keeping it leaves.
    office.hear_control().await.unwrap();
    std::fs::copy(clinic.home("office").join("directory"), clinic.home("ward").join("directory")).unwrap();
    assert_eq!(ward.hear_control().await.unwrap_err().code, ErrorCode::Wiped);
    assert_eq!(receipted(&ida, wipe).await.receipt.unwrap().outcome, CommandOutcome::Done);
    assert!(!clinic.home("ward").join("accounts").exists());
    ida.lock().await.unwrap();
    clinic.running.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_image_from_before_the_wipe_opens_only_with_the_servers_share_put_back() {
    let clinic = Clinic::start().await;
    let (office, admin) = clinic.found().await;
    let ida = office.sign_in(admin, &password()).await.unwrap();
    let never = Settings { lease_s: Some(0), ..Settings::default() };
    let everyone = GroupRequest { group: None, name: "Never".into(), members: GroupMembersView::Everyone, settings: never };
    ida.set_group(everyone).await.unwrap();
    let ward = clinic.let_in(&ida, "ward").await;
    let (nora, nurse) = clinic.colleague(&ida, &ward, "Nora Nurse").await;
    nurse.lock().await.unwrap();
    let ward_id = id_of(&ida, "ward").await;
    ida.lock().await.unwrap();
    drop(ward);
    // Disk and keyring (a file in the home here), and the server as it is before.
    let (home, image) = (clinic.home("ward"), clinic.home("ward.image"));
    support::copy(&home, &image);
    let (data, address, clock) = (clinic.data(), clinic.running.addr, clinic.clock.clone());
    clinic.running.shutdown().await;
    let server = data.with_file_name("server.before");
    support::copy(&data, &server);
    let running = support::serve(clock.clone(), data, address).await;
    let ida = office.sign_in(admin, &password()).await.unwrap();
    let ward = support::open(&home, &clock);
    let wipe = issue(&ida, &ward_id, None, Action::Wipe).await;
    assert_eq!(ward.hear_control().await.map_err(|error| error.code), Err(ErrorCode::Wiped));
    receipted(&ida, wipe).await;
    ida.lock().await.unwrap();
    drop(ward);
    let ward = support::open(&image, &clock);
    for _ in 0..tries() {
        assert_eq!(opens(&ward, nora).await, Err(ErrorCode::WorkstationRevoked));
    }
    drop(ward);
    running.shutdown().await;
    let ward = support::open(&image, &clock);
    assert_eq!(opens(&ward, nora).await, Err(ErrorCode::WorkstationRevoked), "without a server as little");
    let running = support::serve(clock, server, address).await;
    for _ in 0..tries() {
        assert_eq!(opens(&ward, nora).await, Ok(()));
    }
    running.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_machine_that_hears_nobody_for_too_long_wipes_itself() {
    let clinic = Clinic::start().await;
    let (office, admin) = clinic.found().await;
    let ida = office.sign_in(admin, &password()).await.unwrap();
    let ward = clinic.let_in(&ida, "ward").await;
    let (nora, nurse) = clinic.colleague(&ida, &ward, "Nora Nurse").await;
    nurse.lock().await.unwrap();
    let days = Settings { self_wipe_days: Some(7), ..Settings::default() };
    let members = GroupMembersView::Workstations(vec![id_of(&ida, "ward").await]);
    ida.set_group(GroupRequest { group: None, name: "Carts".into(), members, settings: days }).await.unwrap();
    ward.hear_control().await.unwrap();
    clinic.clock.pass(Duration::from_secs(6 * 86_400));
    ward.hear_control().await.unwrap();
    clinic.running.shutdown().await;
    clinic.clock.pass(Duration::from_secs(6 * 86_400));
    assert_eq!(ward.hear_control().await.map_err(|error| error.code), Err(ErrorCode::ServerUnreachable));
    clinic.clock.pass(Duration::from_secs(2 * 86_400));
    assert_eq!(ward.hear_control().await.map_err(|error| error.code), Err(ErrorCode::Wiped));
    assert!(ward.view().wiped_at.is_some() && opens(&ward, nora).await.is_err());
    ida.lock().await.unwrap();
}
