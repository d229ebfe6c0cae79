//! Does a wipe that IT orders end in a receipt, and does it say no more than what is known until then?

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use sotto_client::verify_receipts;
use sotto_client::view::{Action, CommandOutcome, CommandState, ErrorCode, GroupMembersView, Settings};
use sotto_protocol::AccountId;
use sotto_store::wipe::{self, Target, Tombstone};
use sotto_store::{Home, Keyring};

use super::support::{self, password};
use super::ward::{self, Ward, opens};

const HOUR: Duration = Duration::from_secs(3_600);
const DAY: Duration = Duration::from_secs(86_400);

/// How often the right password is tried at an image; `SOTTO_WIPE_TRIES` says another number.
fn tries() -> u32 {
    std::env::var("SOTTO_WIPE_TRIES").ok().and_then(|tries| tries.parse().ok()).unwrap_or(5)
}

/// Every file of one person's folder with its bytes.
fn files_of(home: &Path, account: AccountId) -> Vec<(PathBuf, Vec<u8>)> {
    let folder = home.join("accounts").join(account.to_string());
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).collect();
    files.sort();
    files.into_iter().map(|path| (path.clone(), std::fs::read(path).unwrap())).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn one_persons_vault_goes_and_the_others_stays_as_it_is() {
    let ward = Ward::begin().await;
    let nora = ward.nora;
    let (nils, other) = ward.clinic.colleague(&ward.ida, &ward.ward, "Nils Night").await;
    other.lock().await.unwrap();
    let before = files_of(&ward.clinic.home("ward"), nils);
    let control = ward.serve();
    let wipe = ward.issue(Some(nora), Action::Wipe).await;
    let receipt = ward.receipted(wipe).await.receipt.unwrap();
    assert_eq!((receipt.outcome, receipt.complete), (CommandOutcome::Done, true), "{:?}", receipt.erased);
    assert!(ward.nurse.is_locked());
    assert_eq!(files_of(&ward.clinic.home("ward"), nils), before);
    assert!(ward.ward.view().people.iter().map(|tile| tile.account).eq([nils]));
    assert!(opens(&ward.ward, nora).await.is_err());
    assert_eq!(opens(&ward.ward, nils).await, Ok(()));
    // Nothing of the record is lost: with password and code the person is back, with a new device.
    let back = ward.ward.sign_in_new("nora.nurse", &password(), &ward.clinic.code(nora)).await.unwrap();
    back.lock().await.unwrap();
    control.abort();
    ward.ida.lock().await.unwrap();
    ward.clinic.running.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_locked_machine_is_wiped_within_seconds_and_its_receipt_proves_it() {
    let ward = Ward::begin_locked().await;
    let control = ward.serve();
    let begun = Instant::now();
    let wipe = ward.issue(None, Action::Wipe).await;
    let done = ward.receipted(wipe).await;
    assert!(begun.elapsed() < Duration::from_secs(10), "{:?}", begun.elapsed());
    eprintln!("from command to receipt: {:?}", begun.elapsed());
    assert!(done.receipt.as_ref().is_some_and(|receipt| receipt.complete), "{done:?}");
    assert_eq!(control.await.unwrap(), ErrorCode::Wiped);
    let Ward { clinic, ida, ward, nora, .. } = ward;
    let view = ward.view();
    assert!(!view.enrolled && view.people.is_empty() && view.wiped_at.is_some());
    assert_eq!(opens(&ward, nora).await, Err(ErrorCode::Wiped));
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
    let ward = Ward::begin_locked().await;
    let wipe = ward.issue(None, Action::Wipe).await;
    // What is kept of the directory is the same at every machine: this is what a crash after keeping it leaves.
    ward.office.hear_control().await.unwrap();
    let home = ward.clinic.home("ward");
    std::fs::copy(ward.clinic.home("office").join("directory"), home.join("directory")).unwrap();
    assert_eq!(ward.ward.hear_control().await.unwrap_err().code, ErrorCode::Wiped);
    assert_eq!(ward.receipted(wipe).await.receipt.unwrap().outcome, CommandOutcome::Done);
    assert!(!home.join("accounts").exists());
    ward.ida.lock().await.unwrap();
    ward.clinic.running.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_machine_that_nobody_hears_is_unconfirmed_after_a_day_and_receipted_only_when_it_is_back() {
    let mut ward = Ward::begin_locked().await;
    let wipe = ward.issue(None, Action::Wipe).await;
    for (later, state) in [(HOUR, CommandState::Issued), (22 * HOUR, CommandState::Issued), (2 * HOUR, CommandState::Unconfirmed)] {
        ward.clinic.clock.pass(later);
        ward.ida.lock().await.ok();
        ward.ida = ward.office.sign_in(ward.admin, &password()).await.unwrap();
        assert_eq!(ward.told(wipe, state).await.receipt, None, "after {later:?} more");
        assert_eq!(opens(&ward.ward, ward.nora).await, Err(ErrorCode::WorkstationRevoked), "the server's half is gone all the same");
    }
    assert_eq!(ward.ward.hear_control().await.unwrap_err().code, ErrorCode::Wiped);
    assert!(ward.receipted(wipe).await.receipt.unwrap().complete);
    ward.ida.lock().await.unwrap();
    ward.clinic.running.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_start_that_finds_a_persons_wipe_beside_the_machines_ends_both() {
    let Ward { clinic, ida, ward, nora, .. } = Ward::begin_locked().await;
    drop(ward);
    let home = Home::open(&clinic.home("ward")).unwrap();
    let keyring = Keyring::insecure_file(home.path()).unwrap();
    for target in [Target::Account(nora), Target::Workstation] {
        wipe::begin(&home, &keyring, Tombstone { command: Vec::new(), target, begun_at_ms: 7 }).unwrap();
    }
    assert_eq!(wipe::pending(&home).unwrap().len(), 2);
    let ward = clinic.open("ward");
    assert_eq!((ward.view().wiped_at, wipe::pending(&home).unwrap()), (Some(7), Vec::new()));
    assert_eq!(opens(&ward, nora).await, Err(ErrorCode::Wiped));
    ida.lock().await.unwrap();
    clinic.running.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_image_from_before_the_wipe_opens_only_with_the_servers_share_put_back() {
    let never = Settings { lease_s: Some(0), ..Settings::default() };
    let Ward { clinic, office, admin, ida, ward, id, nora, nurse } = Ward::begin_under(Some(never)).await;
    for session in [nurse, ida] {
        session.lock().await.unwrap();
    }
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
    let wipe = ward::issue(&ida, &id, None, Action::Wipe).await;
    assert_eq!(ward.hear_control().await.map_err(|error| error.code), Err(ErrorCode::Wiped));
    ward::told(&ida, wipe, CommandState::Receipted).await;
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
    let ward = Ward::begin_locked().await;
    let days = Settings { self_wipe_days: Some(7), ..Settings::default() };
    ward.set_group("Carts", GroupMembersView::Workstations(vec![ward.id.clone()]), days).await;
    let Ward { clinic, ida, ward, nora, .. } = ward;
    ward.hear_control().await.unwrap();
    clinic.clock.pass(6 * DAY);
    ward.hear_control().await.unwrap();
    clinic.running.shutdown().await;
    clinic.clock.pass(6 * DAY);
    assert_eq!(ward.hear_control().await.map_err(|error| error.code), Err(ErrorCode::ServerUnreachable));
    clinic.clock.pass(2 * DAY);
    assert_eq!(ward.hear_control().await.map_err(|error| error.code), Err(ErrorCode::Wiped));
    assert!(ward.view().wiped_at.is_some() && opens(&ward, nora).await.is_err());
    ida.lock().await.unwrap();
}
