//! Who answers for a machine: handed on by who may, seen alike by everybody who looks, and never taken out of the log.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, missing_docs)]

mod support;

use sotto_client::view::{CustodyRequest, CustodyView, ErrorCode, MakeWorkstationTokenRequest, Role, WorkstationEntry, WorkstationKind};
use sotto_client::{Result, Session};
use sotto_protocol::AccountId;
use support::{Clinic, password, until};

fn to(workstation: &str, custodian: Option<AccountId>, location: &str) -> CustodyRequest {
    CustodyRequest { workstation: workstation.to_owned(), custodian, location: location.to_owned() }
}

async fn entry(session: &Session, name: &str) -> WorkstationEntry {
    session.workstations().await.unwrap().into_iter().find(|one| one.name == name).unwrap()
}

fn code_of<T>(result: Result<T>) -> Option<ErrorCode> {
    result.err().map(|error| error.code)
}

/// A change as names and places, without its time.
fn told(one: &CustodyView) -> (Option<&str>, Option<&str>, &str, &str, Option<&str>) {
    (one.from.as_deref(), one.to.as_deref(), &one.location_before, &one.location, one.by.as_deref())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_machine_goes_from_hand_to_hand_and_the_log_keeps_every_hand() {
    let clinic = Clinic::start().await;
    let (office, admin) = clinic.found().await;
    let ida = office.sign_in(admin, &password()).await.unwrap();
    let ward = clinic.let_in(&ida, "ward").await;
    let nora = clinic.enrol_at(&ida, &ward, "Nora Nurse").await;
    let cart = entry(&ida, "ward").await;
    assert_eq!((cart.location.as_str(), &cart.custodian), ("Ward 3", &None));
    assert!(ida.custody(&cart.id).await.unwrap().is_empty());

    ida.set_custody(to(&cart.id, Some(nora), "Ward 3")).await.unwrap();
    ida.set_custody(to(&cart.id, Some(admin), " Store room ")).await.unwrap();
    // What is so already is not said again.
    ida.set_custody(to(&cart.id, Some(admin), "Store room")).await.unwrap();
    ida.set_custody(to(&cart.id, None, "")).await.unwrap();
    let log = ida.custody(&cart.id).await.unwrap();
    let by = Some("Ida Admin");
    let expected = [
        (by, None, "Store room", "", by),
        (Some("Nora Nurse"), by, "Ward 3", "Store room", by),
        (None, Some("Nora Nurse"), "Ward 3", "Ward 3", by),
    ];
    assert_eq!(log.iter().map(told).collect::<Vec<_>>(), expected);
    assert!(log.is_sorted_by(|a, b| a.at >= b.at));
    let now = entry(&ida, "ward").await;
    assert_eq!((now.location.as_str(), now.custodian), ("", None));
    assert!(ida.custody(&entry(&ida, "Office").await.id).await.unwrap().is_empty(), "another machine has its own log");

    // Nothing of it is this session's memory: it is folded from the statements again.
    ida.lock().await.unwrap();
    let ida = office.sign_in(admin, &password()).await.unwrap();
    assert_eq!(ida.custody(&cart.id).await.unwrap(), log);
    ida.lock().await.unwrap();
    clinic.running.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_reader_sees_the_same_and_whoever_left_is_shown_as_out() {
    let clinic = Clinic::start().await;
    let (office, admin) = clinic.found().await;
    let ida = office.sign_in(admin, &password()).await.unwrap();
    let ward = clinic.let_in(&ida, "ward").await;
    let nora = clinic.enrol_at(&ida, &ward, "Nora Nurse").await;
    let pia_account = clinic.enrol_at(&ida, &ward, "Pia Privacy").await;
    ida.set_role(pia_account, Role::PrivacyOfficer.into()).await.unwrap();
    let pia = ward.sign_in(pia_account, &password()).await.unwrap();
    let id = entry(&ida, "ward").await.id;
    ida.set_custody(to(&id, Some(nora), "Ward 4")).await.unwrap();
    // Her own client verifies the statement and opens the place.
    let seen = until(&pia, async || pia.workstations().await.ok()?.into_iter().find(|one| one.custodian.is_some())).await;
    let custodian = seen.custodian.unwrap();
    assert_eq!((custodian.account, custodian.name.as_str(), custodian.revoked), (nora, "Nora Nurse", false));
    assert_eq!(seen.location, "Ward 4");
    assert_eq!(pia.custody(&id).await.unwrap(), ida.custody(&id).await.unwrap());
    assert_eq!(code_of(pia.set_custody(to(&id, None, "")).await), Some(ErrorCode::NotPermitted), "who reviews changes nothing");

    ida.revoke_person(nora).await.unwrap();
    assert!(entry(&ida, "ward").await.custodian.is_some_and(|one| one.revoked));
    assert_eq!(code_of(ida.set_custody(to(&id, Some(nora), "Ward 5")).await), Some(ErrorCode::NotFound));
    ida.revoke_workstation(&id).await.unwrap();
    ida.set_custody(to(&id, Some(admin), "Safe")).await.unwrap();
    let last = ida.custody(&id).await.unwrap().remove(0);
    assert_eq!(told(&last), (Some("Nora Nurse"), Some("Ida Admin"), "Ward 4", "Safe", Some("Ida Admin")));
    // The machine that she sat at is out, and her session with it.
    let _ = pia.lock().await;
    ida.lock().await.unwrap();
    clinic.running.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_may_not_and_what_is_not_there_is_refused() {
    let clinic = Clinic::start().await;
    let (office, admin) = clinic.found().await;
    let ida = office.sign_in(admin, &password()).await.unwrap();
    let ward = clinic.let_in(&ida, "ward").await;
    let (nora, nurse) = clinic.colleague(&ida, &ward, "Nora Nurse").await;
    let id = entry(&ida, "ward").await.id;
    assert_eq!(code_of(nurse.set_custody(to(&id, Some(nora), "Mine")).await), Some(ErrorCode::NotPermitted));
    assert_eq!(code_of(nurse.custody(&id).await), Some(ErrorCode::NotPermitted));

    let (name, location, kind) = ("later".into(), "Box".into(), WorkstationKind::Private);
    ida.make_workstation_token(MakeWorkstationTokenRequest { name, location, kind, days: 1 }).await.unwrap();
    let token = entry(&ida, "later").await;
    assert_eq!((token.location.as_str(), &token.custodian), ("Box", &None));
    let nobody = AccountId::from_bytes([7; 16]);
    for unknown in ["no id", "07070707070707070707070707070707", token.id.as_str()] {
        assert_eq!(code_of(ida.set_custody(to(unknown, Some(nora), "")).await), Some(ErrorCode::NotFound), "{unknown}");
        assert_eq!(code_of(ida.custody(unknown).await), Some(ErrorCode::NotFound), "{unknown}");
    }
    assert_eq!(code_of(ida.set_custody(to(&id, Some(nobody), "")).await), Some(ErrorCode::NotFound));
    let (_, invited) = clinic.invite(&ida, "Nils Night").await;
    assert_eq!(code_of(ida.set_custody(to(&id, Some(invited), "")).await), Some(ErrorCode::NotFound), "who has not come yet takes nothing");
    assert_eq!(code_of(ida.set_custody(to(&id, Some(nora), &"x".repeat(121))).await), Some(ErrorCode::TooLarge));
    assert!(ida.custody(&id).await.unwrap().is_empty(), "nothing of this is in the log");

    nurse.lock().await.unwrap();
    assert_eq!(code_of(nurse.set_custody(to(&id, None, "")).await), Some(ErrorCode::Locked));
    ida.lock().await.unwrap();
    clinic.running.shutdown().await;
}
