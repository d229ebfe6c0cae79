//! Somebody forgot the password, or wants another one: a recovery code is good once, and a new password holds everywhere.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, missing_docs)]

mod support;

use sotto_client::view::{CreateThreadRequest, ErrorCode, MessagePageRequest, MessageView, Password, ThreadClass};
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

#[tokio::test(flavor = "multi_thread")]
async fn whoever_lost_everything_comes_back_with_new_keys_and_reads_on() {
    let clinic = Clinic::start().await;
    let (office, admin) = clinic.found().await;
    let ida = office.sign_in(admin, &password()).await.unwrap();
    let (ward, nora) = clinic.enrol(&ida, "Nora Nurse").await;
    let (bed, nils) = clinic.enrol(&ida, "Nils Night").await;
    let colleague = bed.sign_in(nils, &password()).await.unwrap();
    until(&colleague, async || colleague.directory().await.unwrap().into_iter().find(|person| person.account == nora)).await;
    let request = CreateThreadRequest { class: ThreadClass::Staff, members: vec![nora], title: None, patient: None, reason: None };
    let thread = colleague.create_thread(request).await.unwrap().row.thread;
    say(&colleague, thread, "before").await;
    let old = ward.sign_in(nora, &password()).await.unwrap();
    until(&old, async || old.thread(thread).await.ok().filter(|view| view.row.preview == "before")).await;

    assert_eq!(code_of(ida.invite_again(admin, 3).await), Some(ErrorCode::NotPermitted), "oneself");
    let invite = ida.invite_again(nora, 3).await.unwrap();
    let spare = clinic.let_in(&ida, "spare").await;
    let begun = spare.begin_enrol(invite.text.expose(), &password()).await.unwrap();
    clinic.confirm(&spare, nora, &begun.totp).await;
    until(&old, async || old.shut_out()).await;
    old.lock().await.unwrap();
    assert_eq!(code_of(ward.sign_in(nora, &password()).await), Some(ErrorCode::AccountRevoked), "the old machine is out");
    assert_eq!(code_of(spare.begin_enrol(invite.text.expose(), &password()).await), Some(ErrorCode::AlreadyEnrolled));

    let back = spare.sign_in(nora, &password()).await.unwrap();
    say(&colleague, thread, "after").await;
    until(&back, async || back.thread(thread).await.ok().filter(|view| view.row.preview == "after")).await;
    let page = MessagePageRequest { thread, before: None, after: None, limit: 50 };
    let read = until(&back, async || {
        let texts: Vec<String> = back.messages(page).await.ok()?.messages.into_iter().filter_map(|m| text_of(&m)).collect();
        (texts.len() == 2).then_some(texts)
    });
    assert_eq!(read.await, ["before", "after"]);
    let view = back.thread(thread).await.unwrap();
    assert_eq!((view.members.len(), view.warnings.len()), (2, 0));
    say(&back, thread, "thank you").await;
    until(&colleague, async || colleague.thread(thread).await.ok().filter(|view| view.row.preview == "thank you")).await;

    // The machine that is out comes back by a third generation, in the place of the vault that nothing opens any more.
    let again = ida.invite_again(nora, 3).await.unwrap();
    let begun = ward.begin_enrol(again.text.expose(), &password()).await.unwrap();
    clinic.confirm(&ward, nora, &begun.totp).await;
    ward.sign_in(nora, &password()).await.unwrap().lock().await.unwrap();
    for session in [back, colleague, ida] {
        session.lock().await.unwrap();
    }
    clinic.running.shutdown().await;
}

fn text_of(line: &MessageView) -> Option<String> {
    if let MessageView::Message { text, .. } = line { Some(text.clone()) } else { None }
}
