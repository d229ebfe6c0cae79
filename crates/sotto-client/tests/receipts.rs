//! What a sender learns of a message, and from whom: stored and displayed by devices, acknowledged by people, each only when it is so.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, missing_docs)]

mod support;

use sotto_client::Session;
use sotto_client::view::{
    Answer, CreateThreadRequest, ErrorCode, MessagePageRequest, MessageReceipts, MessageView, OwnAnswer, Priority, SendMessageRequest,
    ThreadClass,
};
use sotto_protocol::{AccountId, EntryId, ThreadId};
use support::{Clinic, password, say, until};

/// Every message here: its seq, its entry, what is known of it.
async fn known(session: &Session, thread: ThreadId) -> Vec<(u64, EntryId, MessageReceipts)> {
    let page = session.messages(MessagePageRequest { thread, before: None, after: None, limit: 200 }).await;
    let lines = page.map(|page| page.messages).unwrap_or_default();
    let placed = lines.into_iter().filter_map(|line| match line {
        MessageView::Message { seq: Some(seq), entry, receipts, .. } => Some((seq, entry, receipts)),
        MessageView::Message { .. } | MessageView::Change { .. } | MessageView::Tombstone { .. } => None,
    });
    placed.collect()
}

fn counts(receipts: &MessageReceipts) -> [u32; 4] {
    [receipts.recipients, receipts.stored, receipts.displayed, receipts.acknowledged]
}

/// Waits until the last message's counts are these: for how many, stored, displayed, acknowledged.
async fn comes_to(session: &Session, thread: ThreadId, expected: [u32; 4]) {
    until(session, async || (counts(&known(session, thread).await.pop()?.2) == expected).then_some(())).await;
}

async fn begin(session: &Session, members: Vec<AccountId>) -> ThreadId {
    let request = CreateThreadRequest { class: ThreadClass::Staff, members, title: Some("Labs".into()), patient: None, reason: None };
    session.create_thread(request).await.unwrap().row.thread
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sender_learns_what_each_device_and_each_person_did() {
    let clinic = Clinic::start().await;
    let (office, admin) = clinic.found().await;
    let ida = office.sign_in(admin, &password()).await.unwrap();
    let (doctor, rosa) = clinic.colleague(&ida, &office, "Rosa Physician").await;
    let ward = clinic.let_in(&ida, "ward").await;
    let (_, nurse) = clinic.colleague(&ida, &ward, "Nora Nurse").await;
    let (away_at, away) = clinic.enrol(&ida, "Paul Away").await;
    until(&nurse, async || (nurse.directory().await.unwrap().len() == 4).then_some(())).await;
    let thread = begin(&nurse, vec![doctor, away]).await;
    let answers = vec![Answer::Agree, Answer::Text("In 5 min".into())];
    let request = SendMessageRequest { thread, text: "May I start it?".into(), priority: Priority::Action, answers };
    nurse.send_message(request).await.unwrap();

    comes_to(&nurse, thread, [2, 1, 0, 0]).await;
    let (seq, message, _) = known(&rosa, thread).await.pop().unwrap();
    let readers = nurse.readers(thread, message).await.unwrap();
    assert_eq!(readers.iter().map(|one| one.name.as_str()).collect::<Vec<_>>(), ["Paul Away", "Rosa Physician"]);
    assert!(readers[0].devices.is_empty() && readers[0].acknowledged_at.is_none(), "nothing is claimed of whoever is away");
    let device = &readers[1].devices[0];
    assert_eq!((device.workstation.as_str(), device.stored_at.is_some(), device.displayed_at), ("Office", true, None));

    rosa.note_displayed(thread, seq, seq).await.unwrap();
    assert_eq!(rosa.thread(thread).await.unwrap().row.unread, 0);
    comes_to(&nurse, thread, [2, 1, 1, 0]).await;
    let own = nurse.acknowledge(thread, message, None).await;
    assert_eq!(own.map_err(|error| error.code), Err(ErrorCode::NotFound), "nobody acknowledges their own words");
    let other = rosa.acknowledge(thread, message, Some(Answer::NeedToTalk)).await;
    assert_eq!(other.map_err(|error| error.code), Err(ErrorCode::Malformed), "not offered");
    rosa.acknowledge(thread, message, Some(Answer::Agree)).await.unwrap();
    assert_eq!(known(&rosa, thread).await[0].2.mine.as_ref().unwrap().answer, Some(Answer::Agree), "at once");
    comes_to(&nurse, thread, [2, 1, 1, 1]).await;
    rosa.acknowledge(thread, message, Some(Answer::Text("In 5 min".into()))).await.unwrap();
    let second = Some(OwnAnswer { answer: Some(Answer::Text("In 5 min".into())), on_server: true });
    until(&rosa, async || (known(&rosa, thread).await[0].2.mine == second).then_some(())).await;
    let given = async || {
        let receipts = known(&nurse, thread).await.pop()?.2;
        (receipts.answers.iter().map(|one| one.count).collect::<Vec<_>>() == [0, 1]).then_some(counts(&receipts))
    };
    assert_eq!(until(&nurse, given).await, [2, 1, 1, 1], "the newest answer of a person holds");

    // Who comes later says so when they come, and what they never saw stays so.
    let paul = away_at.sign_in(away, &password()).await.unwrap();
    comes_to(&nurse, thread, [2, 2, 1, 1]).await;
    comes_to(&paul, thread, [2, 2, 1, 1]).await;
    comes_to(&rosa, thread, [2, 2, 1, 1]).await;
    let status = nurse.status().await.unwrap();
    assert_eq!((status.queued, nurse.outbox(thread).await.unwrap().queued), (0, 0), "receipts are nobody's to wait for");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mark_never_jumps_over_what_was_not_on_the_screen() {
    let clinic = Clinic::start().await;
    let (office, admin) = clinic.found().await;
    let ida = office.sign_in(admin, &password()).await.unwrap();
    let (doctor, rosa) = clinic.colleague(&ida, &office, "Rosa Physician").await;
    let ward = clinic.let_in(&ida, "ward").await;
    let (_, nurse) = clinic.colleague(&ida, &ward, "Nora Nurse").await;
    let thread = begin(&nurse, vec![doctor]).await;
    for text in ["one", "two", "three"] {
        say(&nurse, thread, text).await;
    }
    let lines = until(&rosa, async || Some(known(&rosa, thread).await).filter(|all| all.len() == 3)).await;
    let seqs: Vec<u64> = lines.iter().map(|line| line.0).collect();
    let unread = async || rosa.thread(thread).await.unwrap().row.unread;
    let displayed = async || known(&nurse, thread).await.iter().map(|line| line.2.displayed).collect::<Vec<_>>();
    // The person went to the end at once: the last one was on the screen, the two before it were not, and a mark would say it of them.
    rosa.note_displayed(thread, seqs[2], seqs[2]).await.unwrap();
    assert_eq!(unread().await, 3);
    rosa.note_displayed(thread, seqs[0], seqs[1]).await.unwrap();
    assert_eq!(unread().await, 1);
    until(&nurse, async || (displayed().await == [1, 1, 0]).then_some(())).await;
    rosa.note_displayed(thread, seqs[1], seqs[2]).await.unwrap();
    assert_eq!(unread().await, 0);
    until(&nurse, async || (displayed().await == [1, 1, 1]).then_some(())).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_displayed_at_one_machine_is_read_at_the_other() {
    let clinic = Clinic::start().await;
    let (office, admin) = clinic.found().await;
    let ida = office.sign_in(admin, &password()).await.unwrap();
    let (doctor, rosa) = clinic.colleague(&ida, &office, "Rosa Physician").await;
    let ward = clinic.let_in(&ida, "ward").await;
    let (_, nurse) = clinic.colleague(&ida, &ward, "Nora Nurse").await;
    let bed = clinic.let_in(&ida, "bed").await;
    let second = bed.sign_in_new("rosa.physician", &password(), &clinic.code(doctor)).await.unwrap();
    let thread = begin(&nurse, vec![doctor]).await;
    say(&nurse, thread, "Potassium is 6.1").await;
    let unread = async |session: &Session, count: u32| (session.thread(thread).await.ok()?.row.unread == count).then_some(());
    until(&rosa, async || unread(&rosa, 1).await).await;
    until(&second, async || unread(&second, 1).await).await;
    let seq = known(&rosa, thread).await[0].0;
    rosa.note_displayed(thread, seq, seq).await.unwrap();
    until(&second, async || unread(&second, 0).await).await;
    // Marked as unread here, it stays so: the other machine's word is an old one.
    second.mark_unread(thread, seq).await.unwrap();
    until(&rosa, async || unread(&rosa, 1).await).await;
    say(&nurse, thread, "and calcium").await;
    until(&second, async || unread(&second, 2).await).await;
    // Also when that machine repeats it, with the news that it has the last message.
    let last = until(&second, async || known(&second, thread).await.pop().filter(|line| line.0 > seq)).await.1;
    let both = async || second.readers(thread, last).await.ok().filter(|readers| readers[0].devices.len() == 2);
    assert_eq!(until(&second, both).await.len(), 1, "one person, however many machines");
    assert_eq!(second.thread(thread).await.unwrap().row.unread, 2);
    // Looked at again, it is read again, and at the other one too, though it was displayed there long before.
    let newest = known(&second, thread).await.pop().unwrap().0;
    second.note_displayed(thread, newest, newest).await.unwrap();
    assert_eq!(second.thread(thread).await.unwrap().row.unread, 2, "no jump passes by what was marked as unread");
    second.note_displayed(thread, seq, newest).await.unwrap();
    until(&second, async || unread(&second, 0).await).await;
    until(&rosa, async || unread(&rosa, 0).await).await;
}
