//! A first sign-in that is interrupted anywhere goes on; nobody is shut out by a power cut, and nobody gets in without a code.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, missing_docs)]

mod support;

use std::fs;

use sotto_client::view::{ErrorCode, Password};
use support::{Clinic, copy, password};

fn code_of<T>(result: sotto_client::Result<T>) -> Option<ErrorCode> {
    result.err().map(|error| error.code)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_machine_comes_in_once_and_a_person_only_at_a_machine_that_is_in() {
    let clinic = Clinic::start().await;
    let (office, admin) = clinic.found().await;
    assert!(office.view().enrolled && office.view().name == "Office" && office.view().organisation == "Testdale Clinic");
    let ida = office.sign_in(admin, &password()).await.unwrap();
    let (invite, nora) = clinic.invite(&ida, "Nora Nurse").await;
    let ward = clinic.open("ward");
    assert!(!ward.view().enrolled);
    assert_eq!(code_of(ward.begin_enrol(&invite, &password()).await), Some(ErrorCode::NotEnrolled));
    assert_eq!(code_of(ward.enrol_workstation("sotto-workstation-v1.nonsense").await), Some(ErrorCode::TokenMalformed));
    drop(ward);

    let ward = clinic.let_in(&ida, "ward").await;
    assert!(ward.view().enrolled && ward.view().people.is_empty());
    let token = ida
        .make_workstation_token(sotto_client::view::MakeWorkstationTokenRequest {
            name: "spare".into(),
            location: String::new(),
            kind: sotto_client::view::WorkstationKind::Private,
            days: 1,
        })
        .await
        .unwrap();
    assert_eq!(code_of(ward.enrol_workstation(token.text.expose()).await), Some(ErrorCode::AlreadyEnrolled));
    let spare = clinic.open("spare");
    spare.enrol_workstation(&format!("  {}\n", token.text.expose())).await.unwrap();
    let pending = clinic.home("spare").join("workstation.pending");
    assert!(!pending.exists());
    let elsewhere = clinic.open("elsewhere");
    assert_eq!(code_of(elsewhere.enrol_workstation(token.text.expose()).await), Some(ErrorCode::TokenUsed));

    let begun = ward.begin_enrol(&invite, &password()).await.unwrap();
    assert_eq!(code_of(ward.finish_enrol(nora, "12345").await), Some(ErrorCode::WrongCode));
    assert_eq!(code_of(ward.finish_enrol(nora, "000000").await), Some(ErrorCode::WrongCode));
    assert_eq!(code_of(ward.sign_in(nora, &password()).await), Some(ErrorCode::NotEnrolled), "no vault opens before the code");
    clinic.confirm(&ward, nora, &begun.totp).await;
    assert_eq!(code_of(ward.finish_enrol(nora, "123456").await), Some(ErrorCode::NotFound));
    ward.sign_in(nora, &password()).await.unwrap().lock().await.unwrap();
    ida.lock().await.unwrap();
    clinic.running.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_thinks_better_of_the_password_chooses_another_until_the_code() {
    let clinic = Clinic::start().await;
    let (office, admin) = clinic.found().await;
    let ida = office.sign_in(admin, &password()).await.unwrap();
    let ward = clinic.let_in(&ida, "ward").await;
    let (invite, nora) = clinic.invite(&ida, "Nora Nurse").await;
    let first = ward.begin_enrol(&invite, &password()).await.unwrap();
    let better = Password::new("an even longer night on ward three".into());
    let second = ward.begin_enrol(&invite, &better).await.unwrap();
    assert_eq!(first.totp, second.totp, "what was scanned holds");
    clinic.confirm(&ward, nora, &second.totp).await;
    assert_eq!(code_of(ward.sign_in(nora, &password()).await), Some(ErrorCode::WrongPassword));
    ward.sign_in(nora, &better).await.unwrap().lock().await.unwrap();
    ida.lock().await.unwrap();
    clinic.running.shutdown().await;
}

/// The home as it was at a moment is put back, as if the power had gone then, while the server kept what it was told since.
#[tokio::test(flavor = "multi_thread")]
async fn killed_between_any_two_steps_a_first_sign_in_goes_on() {
    let clinic = Clinic::start().await;
    let (office, admin) = clinic.found().await;
    let ida = office.sign_in(admin, &password()).await.unwrap();
    let ward = clinic.let_in(&ida, "ward").await;
    let (invite, nora) = clinic.invite(&ida, "Nora Nurse").await;
    let (home, let_in, begun_at) = (clinic.home("ward"), clinic.home("let-in"), clinic.home("begun"));
    let put_back = |from: &std::path::Path| {
        fs::remove_dir_all(&home).unwrap();
        copy(from, &home);
    };
    drop(ward);
    copy(&home, &let_in);

    // Killed while the second factor is shown.
    let ward = clinic.open("ward");
    let begun = ward.begin_enrol(&invite, &password()).await.unwrap();
    ward.close_unfinished().await;
    drop(ward);
    copy(&home, &begun_at);
    let ward = clinic.open("ward");
    assert_eq!(code_of(ward.finish_enrol(nora, "123456").await), Some(ErrorCode::NotFound), "begin again");
    assert_eq!(code_of(ward.begin_enrol(&invite, &Password::new("another password now".into())).await), Some(ErrorCode::WrongPassword));
    let again = ward.begin_enrol(&invite, &password()).await.unwrap();
    assert_eq!(again.totp, begun.totp, "what was scanned holds");

    // Killed after the server took the login, before anything here knew.
    clinic.confirm(&ward, nora, &again.totp).await;
    drop(ward);
    put_back(&begun_at);
    let ward = clinic.open("ward");
    let third = ward.begin_enrol(&invite, &password()).await.unwrap();
    assert_eq!(third.totp, begun.totp, "what was scanned holds, though the server tells it no more");
    clinic.confirm(&ward, nora, &third.totp).await;
    let nurse = ward.sign_in(nora, &password()).await.unwrap();
    assert_eq!(nurse.session().await.unwrap().name, "Nora Nurse");
    nurse.lock().await.unwrap();
    drop((nurse, ward));

    // The disk is lost altogether: the invite is used, the login is not.
    put_back(&let_in);
    let ward = clinic.open("ward");
    assert_eq!(code_of(ward.begin_enrol(&invite, &password()).await), Some(ErrorCode::InviteUsed));
    let nurse = ward.sign_in_new("nora.nurse", &password(), &clinic.code(nora)).await.unwrap();
    nurse.lock().await.unwrap();
    ida.lock().await.unwrap();
    clinic.running.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_founding_that_was_killed_goes_on() {
    let clinic = Clinic::start().await;
    let office = clinic.open("office");
    let begun = office.found_org(clinic.founding(clinic.running.addr), |_| Ok(())).await.unwrap();
    office.close_unfinished().await;
    drop(office);
    let office = clinic.open("office");
    let again = office.found_org(clinic.founding(clinic.running.addr), |_| Err(ErrorCode::Internal)).await.unwrap();
    assert_eq!((again.account, &again.totp), (begun.account, &begun.totp));
    clinic.confirm(&office, begun.account, &again.totp).await;
    let ida = office.sign_in(begun.account, &password()).await.unwrap();
    assert!(ida.permissions().await.unwrap().people);
    ida.lock().await.unwrap();
    assert_eq!(code_of(office.found_org(clinic.founding(clinic.running.addr), |_| Ok(())).await), Some(ErrorCode::AlreadyEnrolled));
    clinic.running.shutdown().await;
}
