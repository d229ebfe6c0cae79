//! What leaves an open vault by the rule of a group, and what never does.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, missing_docs)]

mod support;

use std::time::Duration;

use sotto_client::Session;
use sotto_client::view::{
    CreateThreadRequest, GroupMembersView, GroupRequest, MessagePageRequest, MessageView, SearchRequest, Settings, ThreadClass,
};
use sotto_protocol::ThreadId;
use support::{Clinic, password, say, until};

/// The texts that are here, and whether the thread says that older ones are not kept.
async fn read(session: &Session, thread: ThreadId) -> (Vec<String>, bool) {
    let page = session.messages(MessagePageRequest { thread, before: None, after: None, limit: 200 }).await.unwrap();
    let said = page.messages.into_iter().filter_map(|message| match message {
        MessageView::Message { text, .. } => Some(text),
        MessageView::Change { .. } | MessageView::Tombstone { .. } => None,
    });
    (said.collect(), page.not_kept)
}

async fn begin(nurse: &Session, with: sotto_protocol::AccountId, title: &str, text: &str) -> ThreadId {
    let title = Some(title.to_owned());
    let request = CreateThreadRequest { class: ThreadClass::Staff, members: vec![with], title, patient: None, reason: None };
    let thread = nurse.create_thread(request).await.unwrap().row.thread;
    say(nurse, thread, text).await;
    thread
}

#[tokio::test(flavor = "multi_thread")]
async fn a_groups_rule_empties_an_open_vault_of_what_is_old_and_read() {
    let clinic = Clinic::start().await;
    let (office, admin) = clinic.found().await;
    let ida = office.sign_in(admin, &password()).await.unwrap();
    let ward = clinic.let_in(&ida, "ward").await;
    let (doctor, rosa) = clinic.colleague(&ida, &office, "Rosa Physician").await;
    let (_, nurse) = clinic.colleague(&ida, &ward, "Nora Nurse").await;
    let labs = begin(&nurse, doctor, "Labs", "an old zebrafish").await;
    let rota = begin(&nurse, doctor, "Rota", "an unread heron").await;
    until(&rosa, async || {
        let threads = [rosa.thread(labs).await.ok()?, rosa.thread(rota).await.ok()?];
        threads.iter().all(|thread| thread.row.unread == 1).then_some(())
    })
    .await;
    rosa.mark_read(labs, u64::MAX >> 24).await.unwrap();
    clinic.clock.pass(Duration::from_secs(40 * 86_400));
    say(&nurse, labs, "a young badger").await;
    until(&rosa, async || (read(&rosa, labs).await.0.len() == 2).then_some(())).await;
    assert!(!read(&rosa, labs).await.1, "nothing is dropped where no rule says so");

    let settings = Settings { retain_days: Some(30), ..Settings::default() };
    ida.set_group(GroupRequest { group: None, name: "All".into(), members: GroupMembersView::Everyone, settings }).await.unwrap();
    until(&rosa, async || (read(&rosa, labs).await == (vec!["a young badger".to_owned()], true)).then_some(())).await;
    assert_eq!(read(&rosa, rota).await, (vec!["an unread heron".to_owned()], false));
    let hits = async |query: &str| {
        rosa.search(SearchRequest { query: query.into(), thread: None, before: None, limit: 9, filter: Default::default() })
            .await
            .unwrap()
            .hits
            .len()
    };
    assert_eq!((hits("zebrafish").await, hits("heron").await, hits("badger").await), (0, 1, 1));
    // The thread works as before, in both directions.
    say(&rosa, labs, "still here").await;
    until(&nurse, async || read(&nurse, labs).await.0.contains(&"still here".to_owned()).then_some(())).await;
    for session in [rosa, nurse, ida] {
        session.lock().await.unwrap();
    }
    clinic.running.shutdown().await;
}
