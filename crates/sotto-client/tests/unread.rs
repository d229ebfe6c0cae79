//! What somebody has read counts as read wherever they sit, and what they marked as unread does too.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, missing_docs)]

mod support;

use sotto_client::Session;
use sotto_client::view::{CreateThreadRequest, MessagePageRequest, MessageView, ThreadClass};
use sotto_protocol::ThreadId;
use support::{Clinic, password, say, until};

async fn unread(session: &Session, thread: ThreadId, wanted: u32) {
    until(session, async || session.thread(thread).await.ok().filter(|view| view.row.unread == wanted)).await;
}

/// The places of the lines that are on the server.
async fn lines(session: &Session, thread: ThreadId) -> Vec<u64> {
    let page = session.messages(MessagePageRequest { thread, before: None, after: None, limit: 100 }).await.unwrap();
    page.messages.iter().filter_map(placed).collect()
}

const fn placed(line: &MessageView) -> Option<u64> {
    match line {
        MessageView::Message { seq, .. } => *seq,
        MessageView::Change { seq, .. } | MessageView::Tombstone { seq, .. } => Some(*seq),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_read_at_one_machine_is_read_at_the_others() {
    let clinic = Clinic::start().await;
    let (office, admin) = clinic.found().await;
    let ida = office.sign_in(admin, &password()).await.unwrap();
    let (_, rosa) = clinic.colleague(&ida, &office, "Rosa Physician").await;
    let (ward, nora) = clinic.enrol(&ida, "Nora Nurse").await;
    let at_ward = ward.sign_in(nora, &password()).await.unwrap();
    let bed = clinic.let_in(&ida, "bed").await;
    let at_bed = bed.sign_in_new("nora.nurse", &password(), &clinic.code(nora)).await.unwrap();
    until(&rosa, async || (rosa.directory().await.unwrap().len() == 3).then_some(())).await;

    let request =
        CreateThreadRequest { class: ThreadClass::Staff, members: vec![nora], title: Some("Labs".into()), patient: None, reason: None };
    let labs = rosa.create_thread(request).await.unwrap().row.thread;
    for text in ["one", "two", "three"] {
        say(&rosa, labs, text).await;
    }
    unread(&at_ward, labs, 3).await;
    unread(&at_bed, labs, 3).await;

    let before = lines(&at_ward, labs).await;
    let [.., first, second, third] = before[..] else { panic!("three messages: {before:?}") };
    at_ward.mark_read(labs, third).await.unwrap();
    unread(&at_bed, labs, 0).await;
    // A screen that is behind takes nothing back; only the person does.
    at_bed.mark_read(labs, first).await.unwrap();
    assert_eq!(at_bed.thread(labs).await.unwrap().row.unread, 0);
    at_bed.mark_unread(labs, second).await.unwrap();
    unread(&at_ward, labs, 2).await;
    // Who writes has not thereby read: these words may have been written before they could see what they come after.
    say(&at_ward, labs, "mine").await;
    until(&at_bed, async || (lines(&at_bed, labs).await.len() == before.len() + 1).then_some(())).await;
    assert_eq!(at_bed.thread(labs).await.unwrap().row.unread, 2);
    at_ward.lock().await.unwrap();

    // Nobody else sees anything of it, and whoever sits down at a third machine finds it so at once.
    let aisle = clinic.let_in(&ida, "aisle").await;
    let at_aisle = aisle.sign_in_new("nora.nurse", &password(), &clinic.code(nora)).await.unwrap();
    assert_eq!(at_aisle.thread(labs).await.unwrap().row.unread, 2);
    assert_eq!(at_aisle.status().await.unwrap().queued, 0);
    say(&rosa, labs, "four").await;
    unread(&at_aisle, labs, 3).await;
    for session in [&at_aisle, &rosa] {
        let all = until(session, async || Some(lines(session, labs).await).filter(|all| all.len() > before.len() + 1)).await;
        assert_eq!(all.len(), before.len() + 2, "a mark has no line");
    }
    at_aisle.mark_read(labs, u64::MAX >> 24).await.unwrap();
    unread(&at_bed, labs, 0).await;
    for session in [at_bed, at_aisle, ida, rosa] {
        session.lock().await.unwrap();
    }
    clinic.running.shutdown().await;
}
