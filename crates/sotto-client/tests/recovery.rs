//! Somebody forgot the password, or wants another one: a recovery code is good once, and a new password holds everywhere.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, missing_docs)]

mod support;

use sotto_client::view::{CreateThreadRequest, ErrorCode, Password, ThreadClass};
use support::{Clinic, password, say, until};

fn code_of<T>(result: sotto_client::Result<T>) -> Option<ErrorCode> {
    result.err().map(|error| error.code)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_recovery_code_gives_everything_back_once() {
    let clinic = Clinic::start().await;
    let (office, admin) = clinic.found().await;
    let ida = office.sign_in(admin, &password()).await.unwrap();
    let (doctor, rosa) = clinic.colleague(&ida, &office, "Rosa Physician").await;
    let (ward, nora) = clinic.enrol(&ida, "Nora Nurse").await;
    let nurse = ward.sign_in(nora, &password()).await.unwrap();
    let request = CreateThreadRequest { class: ThreadClass::Staff, members: vec![doctor], title: None, patient: None, reason: None };
    let thread = nurse.create_thread(request).await.unwrap().row.thread;
    say(&nurse, thread, "before I forgot").await;
    until(&nurse, async || (nurse.status().await.unwrap().queued == 0).then_some(())).await;
    nurse.lock().await.unwrap();

    let bed = clinic.let_in(&ida, "bed").await;
    let (name, new) = ("nora.nurse", Password::new("a new password for the ward".into()));
    let recovery = clinic.recovery_code(nora, 3);
    assert_eq!(code_of(bed.recover(name, "not a code", &clinic.code(nora), &new).await), Some(ErrorCode::Malformed));
    let short = Password::new("short".into());
    assert_eq!(code_of(bed.recover(name, &recovery, &clinic.code(nora), &short).await), Some(ErrorCode::PasswordTooShort));
    let none = "00000-00000-00000-00000";
    assert_eq!(code_of(bed.recover(name, none, &clinic.code(nora), &new).await), Some(ErrorCode::RecoveryCodeUnknown));
    assert_eq!(code_of(bed.recover("nobody", &recovery, &clinic.code(nora), &new).await), Some(ErrorCode::RecoveryCodeUnknown));
    let typed = recovery.to_lowercase().replace('-', " ");
    let recovered = bed.recover(name, &typed, &clinic.code(nora), &new).await.unwrap();
    assert_eq!(recovered.codes.codes.len(), 10);
    let view = until(&recovered.session, async || recovered.session.thread(thread).await.ok()).await;
    assert_eq!(view.row.preview, "before I forgot");
    recovered.session.lock().await.unwrap();

    clinic.clock.pass(std::time::Duration::from_secs(3_600));
    let aisle = clinic.let_in(&ida, "aisle").await;
    for used in [recovery.as_str(), clinic.recovery_code(nora, 4).as_str()] {
        let code = code_of(aisle.recover(name, used, &clinic.code(nora), &new).await);
        assert_eq!(code, Some(ErrorCode::RecoveryCodeUnknown), "used, or replaced with the others");
    }
    assert_eq!(code_of(aisle.sign_in_new(name, &password(), &clinic.code(nora)).await), Some(ErrorCode::WrongPassword));
    clinic.clock.pass(std::time::Duration::from_secs(3_600));
    aisle.sign_in_new(name, &new, &clinic.code(nora)).await.unwrap().lock().await.unwrap();
    let fresh = recovered.codes.codes[9].expose();
    let again = aisle.recover(name, fresh, &clinic.code(nora), &password()).await.unwrap();
    again.session.lock().await.unwrap();
    ida.lock().await.unwrap();
    rosa.lock().await.unwrap();
    clinic.running.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_changed_password_holds_here_and_elsewhere() {
    let clinic = Clinic::start().await;
    let (office, admin) = clinic.found().await;
    let ida = office.sign_in(admin, &password()).await.unwrap();
    let (ward, nora) = clinic.enrol(&ida, "Nora Nurse").await;
    let nurse = ward.sign_in(nora, &password()).await.unwrap();
    let new = Password::new("a new password for the ward".into());
    let wrong = Password::new("not the password at all".into());
    assert_eq!(code_of(nurse.change_password(&wrong, &new, &clinic.code(nora)).await), Some(ErrorCode::WrongPassword));
    assert_eq!(code_of(nurse.change_password(&password(), &new, "000000").await), Some(ErrorCode::WrongCode));
    let codes = nurse.change_password(&password(), &new, &clinic.code(nora)).await.unwrap();
    assert_eq!(codes.codes.len(), 10);
    nurse.lock().await.unwrap();
    assert_eq!(code_of(ward.sign_in(nora, &password()).await), Some(ErrorCode::WrongPassword));
    ward.sign_in(nora, &new).await.unwrap().lock().await.unwrap();
    let bed = clinic.let_in(&ida, "bed").await;
    assert_eq!(code_of(bed.sign_in_new("nora.nurse", &password(), &clinic.code(nora)).await), Some(ErrorCode::WrongPassword));
    bed.sign_in_new("nora.nurse", &new, &clinic.code(nora)).await.unwrap().lock().await.unwrap();
    ida.lock().await.unwrap();
    clinic.running.shutdown().await;
}
