//! Somebody signs in at a machine where they never were: by name, password and code, while their own machine is off.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, missing_docs)]

mod support;

use std::time::Duration;

use sotto_client::view::{
    CreateThreadRequest, ErrorCode, MessagePageRequest, MessageView, Password, Priority, ThreadClass, ThreadListRequest, ThreadRow,
};
use sotto_client::{OutgoingLine, Session, Workstation};
use sotto_protocol::{AccountId, EntryId, ThreadId};
use support::{Clinic, password, say, until};

async fn list(session: &Session) -> Vec<ThreadRow> {
    session.threads(ThreadListRequest { filter: Default::default(), after: None, limit: 50 }).await.unwrap().rows
}

/// Every line of a thread: its seq, its entry, and its text where it is a message.
async fn log(session: &Session, thread: ThreadId) -> Vec<(u64, EntryId, String)> {
    let (mut all, mut after) = (Vec::new(), 0);
    loop {
        let page = session.messages(MessagePageRequest { thread, before: None, after: Some(after), limit: 200 }).await.unwrap();
        for message in page.messages {
            let (seq, entry, text) = match message {
                MessageView::Message { seq: Some(seq), entry, text, .. } => (seq, entry, text),
                MessageView::Message { .. } => continue,
                MessageView::Change { seq, entry, change, .. } => (seq, entry, format!("{change:?}")),
                MessageView::Tombstone { seq, entry, reason, .. } => (seq, entry, format!("TOMBSTONE {reason:?}")),
            };
            after = seq;
            all.push((seq, entry, text));
        }
        if !page.has_after {
            return all;
        }
    }
}

async fn send(session: &Session, thread: ThreadId, what: &str, count: usize) {
    let lines = (0..count).map(|n| OutgoingLine { text: format!("{what} {n}"), reference: None, answers: Vec::new() }).collect();
    session.send_messages(thread, Priority::Fyi, lines).await.unwrap();
    until(session, async || (session.status().await.unwrap().queued == 0).then_some(())).await;
}

async fn make_thread(session: &Session, members: Vec<AccountId>, title: &str) -> ThreadId {
    let request = CreateThreadRequest { class: ThreadClass::Staff, members, title: Some(title.into()), patient: None, reason: None };
    session.create_thread(request).await.unwrap().row.thread
}

async fn filled(session: &Session) {
    until(session, async || session.filling().await.unwrap().is_none().then_some(())).await;
}

fn code_of<T>(result: sotto_client::Result<T>) -> Option<ErrorCode> {
    result.err().map(|error| error.code)
}

#[tokio::test(flavor = "multi_thread")]
async fn fridays_message_is_there_on_monday_at_another_machine() {
    let clinic = Clinic::start().await;
    let (office, admin) = clinic.found().await;
    let ida = office.sign_in(admin, &password()).await.unwrap();
    let (doctor, rosa) = clinic.colleague(&ida, &office, "Rosa Physician").await;
    let (ward, nora) = clinic.enrol(&ida, "Nora Nurse").await;
    let (_, paul) = clinic.enrol(&ida, "Paul Physician").await;
    let nurse = ward.sign_in(nora, &password()).await.unwrap();
    until(&nurse, async || (nurse.directory().await.unwrap().len() == 4).then_some(())).await;

    // Several epochs, a description that was changed, more entries than are taken first, and somebody who wrote in between.
    let labs = make_thread(&nurse, vec![doctor], "Labs").await;
    send(&nurse, labs, "nora", 60).await;
    nurse.change_members(labs, vec![paul], Vec::new()).await.unwrap();
    send(&nurse, labs, "with paul", 40).await;
    until(&rosa, async || rosa.thread(labs).await.ok().filter(|view| view.last_seq >= 103)).await;
    rosa.describe_thread(labs, Some("Labs of Monday".into()), None, None).await.unwrap();
    rosa.change_members(labs, Vec::new(), vec![paul]).await.unwrap();
    send(&rosa, labs, "rosa", 500).await;
    // One that Nora was taken into later, and one that she is not in.
    let rota = make_thread(&rosa, vec![paul], "Rota").await;
    send(&rosa, rota, "before nora", 70).await;
    rosa.change_members(rota, vec![nora], Vec::new()).await.unwrap();
    send(&rosa, rota, "rota", 3).await;
    make_thread(&rosa, vec![paul], "Not for Nora").await;
    until(&nurse, async || nurse.thread(rota).await.ok().filter(|view| view.last_seq >= 76)).await;
    nurse.lock().await.unwrap();
    drop((nurse, ward));
    say(&rosa, labs, "Friday: the potassium is back").await;
    until(&rosa, async || (rosa.status().await.unwrap().queued == 0).then_some(())).await;

    let bed = clinic.let_in(&ida, "bed").await;
    let nurse = bed.sign_in_new(" Nora.Nurse ", &password(), &clinic.code(nora)).await.unwrap();
    let rows = list(&nurse).await;
    assert_eq!(rows.iter().map(|row| row.title.clone().unwrap()).collect::<Vec<_>>(), ["Labs of Monday", "Rota"]);
    assert_eq!(rows[0].preview, "Friday: the potassium is back");
    let newest = nurse.messages(MessagePageRequest { thread: labs, before: None, after: None, limit: 50 }).await.unwrap();
    assert_eq!(newest.messages.len(), 50, "the newest are there before anything else");

    filled(&nurse).await;
    for thread in [labs, rota] {
        assert_eq!(log(&nurse, thread).await, log(&rosa, thread).await, "the same log, line by line");
        // Receipts still come and go; once both have the same of them, everything else is the same too.
        let both = async || {
            let (mine, hers) = (nurse.thread(thread).await.unwrap(), rosa.thread(thread).await.unwrap());
            (mine.last_seq == hers.last_seq).then_some((mine, hers))
        };
        let (mine, hers) = until(&nurse, both).await;
        assert!(mine.warnings.is_empty() && mine.epoch == hers.epoch);
        assert_eq!(mine.row.title, hers.row.title);
        assert_eq!(mine.members, hers.members);
    }
    let unread: Vec<u32> = list(&nurse).await.iter().map(|row| row.unread).collect();
    assert_eq!(unread, [501, 3], "what others said, and what came after she was taken in");
    assert_eq!(bed.view().people.iter().map(|tile| tile.name.as_str()).collect::<Vec<_>>(), ["Nora Nurse"]);

    say(&nurse, labs, "Seen at the bedside.").await;
    until(&rosa, async || rosa.thread(labs).await.ok().filter(|view| view.row.preview == "Seen at the bedside.")).await;
    nurse.lock().await.unwrap();
    // From now on the machine knows her: the password is enough, and by name it is the same vault.
    let again = bed.sign_in_new("nora.nurse", &password(), &clinic.code(nora)).await.unwrap();
    assert_eq!(again.filling().await.unwrap(), None);
    again.lock().await.unwrap();
    ida.lock().await.unwrap();
    rosa.lock().await.unwrap();
    clinic.running.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_vault_that_is_locked_while_it_fills_goes_on_where_it_was() {
    let clinic = Clinic::start().await;
    let (office, admin) = clinic.found().await;
    let ida = office.sign_in(admin, &password()).await.unwrap();
    let (_, rosa) = clinic.colleague(&ida, &office, "Rosa Physician").await;
    let (ward, nora) = clinic.enrol(&ida, "Nora Nurse").await;
    drop(ward);
    let mut threads = Vec::new();
    for number in 0..3 {
        let thread = make_thread(&rosa, vec![nora], &format!("Thread {number}")).await;
        send(&rosa, thread, "line", 1_000).await;
        threads.push(thread);
    }
    let bed = clinic.let_in(&ida, "bed").await;
    let mut nurse = bed.sign_in_new("nora.nurse", &password(), &clinic.code(nora)).await.unwrap();
    assert_eq!(list(&nurse).await.len(), 3);
    let mut before = 0;
    for _ in 0..3 {
        let Some(view) = nurse.filling().await.unwrap() else { break };
        assert!(view.done >= before && view.done < view.total, "{view:?} after {before}");
        before = view.done;
        say(&rosa, threads[0], "meanwhile").await;
        nurse.lock().await.unwrap();
        nurse = bed.sign_in(nora, &password()).await.unwrap();
    }
    filled(&nurse).await;
    for thread in threads {
        let last = rosa.thread(thread).await.unwrap().last_seq;
        until(&nurse, async || nurse.thread(thread).await.ok().filter(|view| view.last_seq >= last)).await;
        assert_eq!(log(&nurse, thread).await, log(&rosa, thread).await);
        assert!(nurse.thread(thread).await.unwrap().warnings.is_empty());
    }
    nurse.lock().await.unwrap();
    ida.lock().await.unwrap();
    rosa.lock().await.unwrap();
    clinic.running.shutdown().await;
}

async fn try_sign_in(machine: &Workstation, name: &str, password: &Password, code: &str) -> Option<ErrorCode> {
    match machine.sign_in_new(name, password, code).await {
        Ok(session) => {
            session.lock().await.unwrap();
            None
        }
        Err(error) => Some(error.code),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_guesses_learns_nothing_and_waits() {
    let clinic = Clinic::start().await;
    let (office, admin) = clinic.found().await;
    let ida = office.sign_in(admin, &password()).await.unwrap();
    let (_, nora) = clinic.enrol(&ida, "Nora Nurse").await;
    let bed = clinic.let_in(&ida, "bed").await;
    let wrong = Password::new("not the password at all".into());
    let name = "nora.nurse";
    assert_eq!(try_sign_in(&bed, "Nora Nurse", &password(), "123456").await, Some(ErrorCode::LoginMalformed));
    assert_eq!(try_sign_in(&bed, name, &password(), "12345").await, Some(ErrorCode::WrongCode));
    assert_eq!(try_sign_in(&bed, "nobody", &wrong, "123456").await, Some(ErrorCode::WrongPassword), "like a wrong password");
    assert_eq!(try_sign_in(&bed, name, &wrong, &clinic.code(nora)).await, Some(ErrorCode::WrongPassword));
    assert_eq!(try_sign_in(&bed, name, &password(), &clinic.code(admin)).await, Some(ErrorCode::WrongCode));
    // Three are free; then it takes time, also for whoever knows everything.
    let mut guesses = 0;
    while try_sign_in(&bed, name, &wrong, "123456").await == Some(ErrorCode::WrongPassword) {
        guesses += 1;
        assert!(guesses < 8, "nobody is told to wait");
    }
    let throttled = bed.sign_in_new(name, &password(), &clinic.shown(nora)).await.unwrap_err();
    assert_eq!(throttled.code, ErrorCode::Throttled);
    assert!(throttled.retry_after.is_some_and(|wait| !wait.is_zero()), "{throttled:?}");
    clinic.clock.pass(Duration::from_secs(3_600));
    let code = clinic.code(nora);
    assert_eq!(try_sign_in(&bed, name, &password(), &code).await, None);
    let aisle = clinic.let_in(&ida, "aisle").await;
    assert_eq!(try_sign_in(&aisle, name, &password(), &code).await, Some(ErrorCode::WrongCode), "a code is good once");
    assert_eq!(try_sign_in(&aisle, name, &password(), &clinic.code(nora)).await, None);
    assert_eq!(try_sign_in(&clinic.open("nowhere"), name, &password(), "123456").await, Some(ErrorCode::NotEnrolled));
    ida.lock().await.unwrap();
    clinic.running.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_the_server_a_new_vault_opens_as_long_as_its_lease() {
    let clinic = Clinic::start().await;
    let (office, admin) = clinic.found().await;
    let ida = office.sign_in(admin, &password()).await.unwrap();
    let (ward, nora) = clinic.enrol(&ida, "Nora Nurse").await;
    drop(ward);
    let bed = clinic.let_in(&ida, "bed").await;
    ida.lock().await.unwrap();
    let nurse = bed.sign_in_new("nora.nurse", &password(), &clinic.code(nora)).await.unwrap();
    nurse.lock().await.unwrap();
    let (clock, code) = (clinic.clock.clone(), clinic.code(nora));
    clinic.running.shutdown().await;
    assert_eq!(code_of(bed.sign_in_new("nora.nurse", &password(), &code).await), Some(ErrorCode::ServerUnreachable));
    bed.sign_in(nora, &password()).await.unwrap().lock().await.unwrap();
    clock.pass(Duration::from_secs(13 * 3_600));
    assert_eq!(code_of(bed.sign_in(nora, &password()).await), Some(ErrorCode::LeaseEnded));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_machine_that_was_shut_out_comes_in_again_only_with_a_new_token() {
    let clinic = Clinic::start().await;
    let (office, admin) = clinic.found().await;
    let ida = office.sign_in(admin, &password()).await.unwrap();
    let (ward, nora) = clinic.enrol(&ida, "Nora Nurse").await;
    let nurse = ward.sign_in(nora, &password()).await.unwrap();
    let entry = ida.workstations().await.unwrap().into_iter().find(|entry| entry.name == "Nora Nurse").unwrap();
    ida.revoke_workstation(&entry.id).await.unwrap();
    until(&nurse, async || nurse.shut_out()).await;
    nurse.lock().await.unwrap();
    assert_eq!(code_of(ward.sign_in(nora, &password()).await), Some(ErrorCode::WorkstationRevoked));
    assert_eq!(try_sign_in(&ward, "nora.nurse", &password(), &clinic.code(nora)).await, Some(ErrorCode::WorkstationRevoked));
    let (invite, _) = clinic.invite(&ida, "Paul Physician").await;
    assert_eq!(code_of(ward.begin_enrol(&invite, &password()).await), Some(ErrorCode::WorkstationRevoked));
    drop((nurse, ward));

    let ward = clinic.let_in(&ida, "Nora Nurse").await;
    let nurse = ward.sign_in_new("nora.nurse", &password(), &clinic.code(nora)).await.unwrap();
    assert_eq!(nurse.session().await.unwrap().workstation, "Nora Nurse");
    assert_eq!(ward.view().people[0].shut_out, None);
    nurse.lock().await.unwrap();
    ida.lock().await.unwrap();
    clinic.running.shutdown().await;
}
