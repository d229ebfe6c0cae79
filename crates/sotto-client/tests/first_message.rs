//! Two people on two workstations write to each other over a real server, lock, unlock, and find everything again.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, missing_docs)]

mod support;

use sotto_client::OutgoingLine;
use sotto_client::Session;
use sotto_client::view::{
    AppEvent, Connection, CreateThreadRequest, DraftView, ErrorCode, MessagePageRequest, MessageState, MessageView, Password, Priority,
    SearchRequest, ThreadClass, ThreadListRequest,
};
use sotto_protocol::ThreadId;
use support::{Clinic, password, say, until};

async fn texts(session: &Session, thread: ThreadId) -> Vec<(String, MessageState)> {
    let page = session.messages(MessagePageRequest { thread, before: None, after: None, limit: 200 }).await;
    let messages = page.map(|page| page.messages).unwrap_or_default();
    let said = messages.into_iter().filter_map(|message| match message {
        MessageView::Message { text, state, .. } => Some((text, state)),
        MessageView::Change { .. } | MessageView::Tombstone { .. } => None,
    });
    said.collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn two_people_write_to_each_other_lock_and_come_back() {
    let clinic = Clinic::start().await;
    let (office, admin) = clinic.found().await;
    let ida = office.sign_in(admin, &password()).await.unwrap();
    let (doctor, rosa) = clinic.colleague(&ida, &office, "Rosa Physician").await;
    assert_eq!(ida.session().await.unwrap().organisation, "Testdale Clinic");
    let ward = clinic.let_in(&ida, "ward").await;
    let (invite, nora) = clinic.invite(&ida, "Nora Nurse").await;
    let begun = ward.begin_enrol(&invite, &password()).await.unwrap();
    assert_eq!(begun.account, nora);
    clinic.confirm(&ward, nora, &begun.totp).await;
    let again = ward.begin_enrol(&invite, &password()).await;
    assert_eq!(again.map(|_| ()).map_err(|e| e.code), Err(ErrorCode::AlreadyEnrolled));
    let wrong = ward.sign_in(nora, &Password::new("not the password at all".into())).await;
    assert_eq!(wrong.map(|_| ()).map_err(|e| e.code), Err(ErrorCode::WrongPassword));
    let nurse = ward.sign_in(nora, &password()).await.unwrap();

    let request =
        CreateThreadRequest { class: ThreadClass::Staff, members: vec![doctor], title: Some("Labs".into()), patient: None, reason: None };
    let thread = nurse.create_thread(request).await.unwrap().row.thread;
    say(&nurse, thread, "Potassium is 6.1. Can you look now?").await;
    until(&rosa, async || (!texts(&rosa, thread).await.is_empty()).then_some(())).await;
    say(&rosa, thread, "Looking.").await;
    let both = async |session: &Session| {
        let texts = texts(session, thread).await;
        let settled = texts.iter().all(|(_, state)| matches!(state, MessageState::OnServer | MessageState::Received));
        (texts.len() == 2 && settled).then_some(texts)
    };
    let at_nora = until(&nurse, async || both(&nurse).await).await;
    let at_rosa = until(&rosa, async || both(&rosa).await).await;
    assert_eq!(at_nora[0], ("Potassium is 6.1. Can you look now?".into(), MessageState::OnServer));
    assert_eq!(at_nora[1], ("Looking.".into(), MessageState::Received));
    assert_eq!(at_rosa[1], ("Looking.".into(), MessageState::OnServer));

    let row = rosa.threads(ThreadListRequest { filter: Default::default(), after: None, limit: 50 }).await.unwrap().rows.remove(0);
    assert_eq!((row.title.as_deref(), row.unread, row.people), (Some("Labs"), 1, vec!["Nora Nurse".to_owned()]));
    assert!(nurse.thread(thread).await.unwrap().warnings.is_empty());
    assert!(rosa.thread(thread).await.unwrap().warnings.is_empty());

    let mut changes = nurse.events();
    for text in ["And", "And the ECG"] {
        nurse.save_draft(thread, Some(DraftView { text: text.into(), priority: Priority::Fyi })).await.unwrap();
    }
    assert_eq!(
        changes.try_recv().ok(),
        Some(AppEvent::ThreadsChanged { threads: Some(vec![thread]) }),
        "the row says that there is a draft"
    );
    assert!(changes.try_recv().is_err(), "and says it once");
    nurse.lock().await.unwrap();
    assert_eq!(nurse.session().await.map_err(|e| e.code), Err(ErrorCode::Locked));
    assert_eq!(nurse.draft(thread).await.map_err(|e| e.code), Err(ErrorCode::Locked));
    let locked = ward.view().locked.unwrap();
    assert_eq!((locked.account, locked.draft_kept), (nora, true));

    let back = ward.sign_in(nora, &password()).await.unwrap();
    assert_eq!(back.draft(thread).await.unwrap().unwrap().text, "And the ECG");
    assert_eq!(texts(&back, thread).await, at_nora);
    let found = back
        .search(SearchRequest { query: "potass".into(), thread: None, before: None, limit: 10, filter: Default::default() })
        .await
        .unwrap();
    assert_eq!((found.hits.len(), found.hits[0].title.as_str()), (1, "Labs"));
    back.lock().await.unwrap();
    ida.lock().await.unwrap();
    rosa.lock().await.unwrap();
    clinic.running.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_written_offline_goes_out_once_and_in_order() {
    let clinic = Clinic::start().await;
    let (office, admin) = clinic.found().await;
    let ida = office.sign_in(admin, &password()).await.unwrap();
    let (doctor, rosa) = clinic.colleague(&ida, &office, "Rosa Physician").await;
    let (ward, nora) = clinic.enrol(&ida, "Nora Nurse").await;
    let nurse = ward.sign_in(nora, &password()).await.unwrap();
    until(&nurse, async || (nurse.session().await.unwrap().connection == Connection::Online).then_some(())).await;
    let (data, address, clock) = (clinic.data(), clinic.running.addr, clinic.clock.clone());
    clinic.running.shutdown().await;

    let request =
        CreateThreadRequest { class: ThreadClass::Staff, members: vec![doctor], title: None, patient: None, reason: Some("Night".into()) };
    let thread = nurse.create_thread(request).await.unwrap().row.thread;
    let lines = |from: usize| {
        (from..from + 300).map(|n| OutgoingLine { text: format!("line {n}"), reference: Some(format!("night:{n}")), answers: Vec::new() })
    };
    nurse.send_messages(thread, Priority::Fyi, lines(0).collect()).await.unwrap();
    // The same lines under the same names once more, and new ones behind them.
    let repeated = nurse.send_messages(thread, Priority::Fyi, lines(0).chain(lines(300)).collect()).await.unwrap();
    assert_eq!(repeated.iter().filter(|sent| sent.new).count(), 300);
    assert_eq!(nurse.status().await.unwrap().queued, 602);

    let running = support::serve(clock, data, address).await;
    nurse.reconnect().unwrap();
    rosa.reconnect().unwrap();
    until(&nurse, async || (nurse.status().await.unwrap().queued == 0).then_some(())).await;
    let received = async || {
        let page = rosa.messages(MessagePageRequest { thread, before: None, after: Some(0), limit: 200 }).await.ok()?;
        let mut all = page.messages;
        while all.len() < 602 {
            let after = all.iter().rev().find_map(seq_of)?;
            let page = rosa.messages(MessagePageRequest { thread, before: None, after: Some(after), limit: 200 }).await.ok()?;
            if page.messages.is_empty() {
                return None;
            }
            all.extend(page.messages);
        }
        Some(all)
    };
    let received = until(&rosa, received).await;
    let said: Vec<String> =
        received.into_iter().filter_map(|m| if let MessageView::Message { text, .. } = m { Some(text) } else { None }).collect();
    assert_eq!(said, (0..600).map(|n| format!("line {n}")).collect::<Vec<_>>());
    nurse.lock().await.unwrap();
    ida.lock().await.unwrap();
    rosa.lock().await.unwrap();
    running.shutdown().await;
}

fn seq_of(message: &MessageView) -> Option<u64> {
    match message {
        MessageView::Message { seq, .. } => *seq,
        MessageView::Change { seq, .. } | MessageView::Tombstone { seq, .. } => Some(*seq),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_who_comes_in_later_reads_what_came_before_and_whoever_goes_out_reads_no_more() {
    let clinic = Clinic::start().await;
    let (office, admin) = clinic.found().await;
    let ida = office.sign_in(admin, &password()).await.unwrap();
    let (doctor, rosa) = clinic.colleague(&ida, &office, "Rosa Physician").await;
    let (ward, nora) = clinic.enrol(&ida, "Nora Nurse").await;
    let (bed, paul) = clinic.enrol(&ida, "Paul Physician").await;
    let nurse = ward.sign_in(nora, &password()).await.unwrap();
    let physician = bed.sign_in(paul, &password()).await.unwrap();
    until(&nurse, async || (nurse.directory().await.unwrap().len() == 4).then_some(())).await;
    let title = Some("Consult".into());
    let request = CreateThreadRequest { class: ThreadClass::Staff, members: vec![doctor], title, patient: None, reason: None };
    let thread = nurse.create_thread(request).await.unwrap().row.thread;
    say(&nurse, thread, "before").await;
    nurse.change_members(thread, vec![paul], Vec::new()).await.unwrap();
    say(&nurse, thread, "together").await;

    let both = async || Some(texts(&physician, thread).await).filter(|texts| texts.len() == 2);
    let read = until(&physician, both).await;
    assert_eq!(read.iter().map(|(text, _)| text.as_str()).collect::<Vec<_>>(), ["before", "together"]);
    let view = physician.thread(thread).await.unwrap();
    assert_eq!((view.row.title.as_deref(), view.members.len(), view.row.unread), (Some("Consult"), 3, 1));
    assert!(view.warnings.is_empty());

    rosa.change_members(thread, Vec::new(), vec![paul]).await.unwrap();
    say(&rosa, thread, "without Paul").await;
    until(&nurse, async || nurse.thread(thread).await.ok().filter(|view| view.row.preview == "without Paul")).await;
    let gone = until(&physician, async || {
        let refused = support::try_say(&physician, thread, "am I still here").await.err()?;
        (refused.code == ErrorCode::NotAMember).then_some(refused)
    });
    gone.await;
    let page = nurse.messages(MessagePageRequest { thread, before: None, after: None, limit: 50 }).await.unwrap();
    assert!(page.messages.iter().all(|message| !matches!(message, MessageView::Tombstone { .. })));
    for session in [nurse, physician, ida, rosa] {
        session.lock().await.unwrap();
    }
    clinic.running.shutdown().await;
}
