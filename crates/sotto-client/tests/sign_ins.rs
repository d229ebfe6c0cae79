//! Somebody is signed in at another machine too: they are told, say what it was, and see where they were.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, missing_docs)]

mod support;

use std::sync::Arc;
use std::time::Duration;

use sotto_client::clock::Clock;
use sotto_client::view::{ErrorCode, MakeWorkstationTokenRequest, WorkstationKind};
use sotto_client::{KeyringChoice, Options, Session, Workstation};
use sotto_crypto::vault_key::KdfParams;
use sotto_protocol::{AccountId, DeviceId};
use support::{Clinic, Later, password, until};

fn code_of<T>(result: sotto_client::Result<T>) -> Option<ErrorCode> {
    result.err().map(|error| error.code)
}

/// The machines of which the person has not said that it was them, and whether they said that it was not.
async fn news(session: &Session) -> Vec<(String, bool)> {
    session.session().await.unwrap().new_sign_ins.into_iter().map(|one| (one.workstation, one.denied)).collect()
}

async fn newest(session: &Session) -> DeviceId {
    session.session().await.unwrap().new_sign_ins[0].device
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_signed_in_hears_at_once_that_they_are_somewhere_else_too() {
    let clinic = Clinic::start().await;
    let (office, admin) = clinic.found().await;
    let ida = office.sign_in(admin, &password()).await.unwrap();
    let (ward, nora) = clinic.enrol(&ida, "Nora Nurse").await;
    let nurse = ward.sign_in(nora, &password()).await.unwrap();
    assert_eq!(nurse.sign_ins().await.unwrap(), []);
    let bed = clinic.let_in(&ida, "bed").await;
    let elsewhere = bed.sign_in_new("nora.nurse", &password(), &clinic.code(nora)).await.unwrap();
    let signed_in = std::time::Instant::now();
    until(&nurse, async || (news(&nurse).await == [("bed".to_owned(), false)]).then_some(())).await;
    assert!(signed_in.elapsed() < Duration::from_secs(5), "{:?}", signed_in.elapsed());
    assert_eq!(news(&elsewhere).await, [], "nothing came after the newest");
    let told = nurse.session().await.unwrap().new_sign_ins.remove(0);
    let listed = nurse.sign_ins().await.unwrap()[0].at;
    assert!(told.location == "Ward 3" && told.at.abs_diff(listed) < 60_000, "{told:?} where the server lists {listed}");
    assert_eq!(code_of(elsewhere.answer_sign_in(told.device, true).await), Some(ErrorCode::NotFound), "nobody answers for themselves");
    nurse.answer_sign_in(told.device, true).await.unwrap();
    assert_eq!(news(&nurse).await, []);
    elsewhere.lock().await.unwrap();

    // Whoever is away hears of it when they come back, once more after a lock, until they say what it was.
    nurse.lock().await.unwrap();
    let aisle = clinic.let_in(&ida, "aisle").await;
    aisle.sign_in_new("nora.nurse", &password(), &clinic.code(nora)).await.unwrap().lock().await.unwrap();
    for denied in [false, true] {
        let nurse = ward.sign_in(nora, &password()).await.unwrap();
        until(&nurse, async || (news(&nurse).await == [("aisle".to_owned(), denied)]).then_some(())).await;
        nurse.answer_sign_in(newest(&nurse).await, false).await.unwrap();
        assert_eq!(news(&nurse).await, [("aisle".to_owned(), true)]);
        nurse.lock().await.unwrap();
    }
    let nurse = ward.sign_in(nora, &password()).await.unwrap();
    let listed: Vec<(String, bool, bool)> =
        nurse.sign_ins().await.unwrap().into_iter().map(|one| (one.workstation, one.recovery, one.here)).collect();
    assert_eq!(listed, [("aisle".to_owned(), false, false), ("bed".to_owned(), false, false)]);
    assert_eq!(ida.sign_ins_of(nora).await.unwrap(), nurse.sign_ins().await.unwrap());
    assert_eq!(code_of(ida.sign_ins_of(AccountId::from_bytes([7; 16])).await), Some(ErrorCode::NotFound));
    // An administrator takes the stranger's machine out of the account, and that ends it.
    let stranger = newest(&nurse).await;
    until(&ida, async || ida.revoke_device(stranger).await.ok()).await;
    until(&nurse, async || news(&nurse).await.is_empty().then_some(())).await;
    assert_eq!(nurse.shut_out(), None);
    assert_eq!(code_of(aisle.sign_in(nora, &password()).await), Some(ErrorCode::DeviceRevoked));
    nurse.lock().await.unwrap();
    ida.lock().await.unwrap();
    clinic.running.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_ends_their_other_sign_ins_and_can_be_back_there_as_another_device() {
    let clinic = Clinic::start().await;
    let (office, admin) = clinic.found().await;
    let ida = office.sign_in(admin, &password()).await.unwrap();
    let (ward, nora) = clinic.enrol(&ida, "Nora Nurse").await;
    let nurse = ward.sign_in(nora, &password()).await.unwrap();
    assert_eq!(nurse.sign_out_elsewhere().await.unwrap(), 0, "nowhere else yet");
    let bed = clinic.let_in(&ida, "bed").await;
    let there = bed.sign_in_new("nora.nurse", &password(), &clinic.code(nora)).await.unwrap();
    until(&nurse, async || (news(&nurse).await == [("bed".to_owned(), false)]).then_some(())).await;
    let device = newest(&nurse).await;
    let idas = bed.sign_in_new("ida.admin", &password(), &clinic.code(admin)).await.unwrap();
    until(&ida, async || (!news(&ida).await.is_empty()).then_some(())).await;
    for not_theirs in [DeviceId::from_bytes([7; 16]), newest(&ida).await] {
        assert_eq!(code_of(nurse.end_devices(vec![device, not_theirs]).await), Some(ErrorCode::NotFound));
    }
    assert_eq!(code_of(there.end_devices(vec![device]).await), Some(ErrorCode::NotFound), "one's own ends with a lock");
    assert_eq!((there.shut_out(), idas.shut_out()), (None, None), "a list with one that is not theirs ends none");

    let asked = std::time::Instant::now();
    assert_eq!(nurse.end_devices(vec![device]).await.unwrap(), 1);
    there.wait_closed().await;
    assert!(asked.elapsed() < Duration::from_secs(5), "{:?}", asked.elapsed());
    assert_eq!((there.shut_out(), nurse.shut_out()), (Some(ErrorCode::DeviceRevoked), None));
    assert_eq!(code_of(bed.sign_in(nora, &password()).await), Some(ErrorCode::DeviceRevoked));
    assert_eq!(bed.view().people[0].shut_out, Some(ErrorCode::DeviceRevoked));
    assert_eq!(news(&nurse).await, [], "it is told of no more");
    assert_eq!(nurse.end_devices(vec![device]).await.unwrap(), 0, "once is enough");

    // Back at that machine, by the full sign-in, they are another device, and whoever is there now ends the first.
    let back = bed.sign_in_new("nora.nurse", &password(), &clinic.code(nora)).await.unwrap();
    until(&nurse, async || (news(&nurse).await == [("bed".to_owned(), false)]).then_some(())).await;
    assert_ne!(newest(&nurse).await, device);
    assert_eq!(back.sign_out_elsewhere().await.unwrap(), 1, "and not what was out already");
    nurse.wait_closed().await;
    assert_eq!((nurse.shut_out(), back.shut_out()), (Some(ErrorCode::DeviceRevoked), None));
    assert_eq!(back.directory().await.unwrap().len(), 2);
    assert_eq!(code_of(nurse.sign_out_elsewhere().await), Some(ErrorCode::Locked));
    assert_eq!(idas.shut_out(), None, "nobody else was meant");
    for session in [back, idas, ida] {
        session.lock().await.unwrap();
    }
    clinic.running.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_password_that_was_set_anew_elsewhere_is_told_too() {
    let clinic = Clinic::start().await;
    let (office, admin) = clinic.found().await;
    let ida = office.sign_in(admin, &password()).await.unwrap();
    let (ward, nora) = clinic.enrol(&ida, "Nora Nurse").await;
    let nurse = ward.sign_in(nora, &password()).await.unwrap();
    let bed = clinic.let_in(&ida, "bed").await;
    let new = sotto_client::view::Password::new("a short day on ward seven".into());
    let code = clinic.recovery_code(nora, 0);
    let recovered = bed.recover("nora.nurse", &code, &clinic.code(nora), &new).await.unwrap();
    until(&nurse, async || (news(&nurse).await == [("bed".to_owned(), false)]).then_some(())).await;
    let listed = nurse.sign_ins().await.unwrap();
    assert_eq!((listed.len(), listed[0].recovery), (1, true));
    for session in [recovered.session, nurse, ida] {
        session.lock().await.unwrap();
    }
    clinic.running.shutdown().await;
}

/// A clock that is late by almost as much as the server takes.
struct Behind(Later);

const BEHIND_MS: u64 = 110_000;

impl Clock for Behind {
    fn wall_ms(&self) -> u64 {
        self.0.wall_ms() - BEHIND_MS
    }

    fn monotonic(&self) -> Duration {
        self.0.monotonic()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_certificate_that_is_dated_back_is_told_all_the_same() {
    let clinic = Clinic::start().await;
    let (office, admin) = clinic.found().await;
    let ida = office.sign_in(admin, &password()).await.unwrap();
    let kind = WorkstationKind::Shared;
    let token = MakeWorkstationTokenRequest { name: "late".into(), location: String::new(), kind, days: 1 };
    let token = ida.make_workstation_token(token).await.unwrap();
    let (keyring, clock) = (KeyringChoice::InsecureFile, Arc::new(Behind(clinic.clock.clone())));
    let late =
        Workstation::open(&clinic.home("late"), Options { clock, recovery_cost: KdfParams::FLOOR, ..Options::new(keyring) }).unwrap();
    late.enrol_workstation(token.text.expose()).await.unwrap();
    let ward = clinic.let_in(&ida, "ward").await;
    let before = clinic.clock.wall_ms();
    let nora = clinic.enrol_at(&ida, &ward, "Nora Nurse").await;
    let nurse = ward.sign_in(nora, &password()).await.unwrap();
    let elsewhere = late.sign_in_new("nora.nurse", &password(), &clinic.code(nora)).await.unwrap();
    until(&nurse, async || (news(&nurse).await == [("late".to_owned(), false)]).then_some(())).await;
    let told = nurse.session().await.unwrap().new_sign_ins.remove(0);
    assert!(told.at < before, "it says {} and is later than {before}", told.at);
    assert_eq!(news(&elsewhere).await, [], "and the earlier device is no news to the later");
    for session in [elsewhere, nurse, ida] {
        session.lock().await.unwrap();
    }
    clinic.running.shutdown().await;
}
