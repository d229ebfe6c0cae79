//! Whoever is shut out reads nothing that is written afterwards, and the thread goes on without them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, missing_docs)]

mod support;

use sotto_client::view::{Change, CreateThreadRequest, ErrorCode, MessagePageRequest, MessageView, ThreadClass, ThreadListRequest};
use support::{Clinic, password, say, until};

#[tokio::test(flavor = "multi_thread")]
async fn the_epoch_ends_before_the_next_message_is_sealed() {
    let clinic = Clinic::start().await;
    let (office, admin) = clinic.found().await;
    let ida = office.sign_in(admin, &password()).await.unwrap();
    let (doctor, rosa) = clinic.colleague(&ida, &office, "Rosa Physician").await;
    let (ward, nora) = clinic.enrol(&ida, "Nora Nurse").await;
    let (bed, gone) = clinic.enrol(&ida, "Gone Tomorrow").await;
    let nurse = ward.sign_in(nora, &password()).await.unwrap();
    let leaver = bed.sign_in(gone, &password()).await.unwrap();
    until(&nurse, async || (nurse.directory().await.unwrap().len() == 4).then_some(())).await;

    let request = CreateThreadRequest {
        class: ThreadClass::Staff,
        members: vec![doctor, gone],
        title: Some("Handover".into()),
        patient: None,
        reason: None,
    };
    let thread = nurse.create_thread(request).await.unwrap().row.thread;
    say(&nurse, thread, "for all three").await;
    until(&leaver, async || (leaver.thread(thread).await.ok()?.last_seq >= 3).then_some(())).await;

    ida.revoke_person(gone).await.unwrap();
    until(&leaver, async || leaver.shut_out()).await;
    until(&nurse, async || nurse.directory().await.unwrap().into_iter().find(|p| p.account == gone && p.revoked)).await;
    say(&nurse, thread, "for two").await;
    let view = until(&rosa, async || rosa.thread(thread).await.ok().filter(|view| view.row.preview == "for two")).await;
    assert_eq!((view.epoch, view.members.len(), view.warnings.len()), (2, 2, 0));
    let page = rosa.messages(MessagePageRequest { thread, before: None, after: None, limit: 50 }).await.unwrap();
    let changes: Vec<Change> =
        page.messages.iter().filter_map(|m| if let MessageView::Change { change, .. } = m { Some(*change) } else { None }).collect();
    assert_eq!(changes, [Change::Created, Change::Described, Change::Members]);

    // The core has ended the session by itself; nothing of the vault is read any more, and whoever comes to the machine reads why.
    leaver.wait_closed().await;
    assert_eq!(leaver.thread(thread).await.map(drop).map_err(|e| e.code), Err(ErrorCode::Locked));
    let says = leaver.shut_out().unwrap();
    assert_eq!(says, ErrorCode::AccountRevoked);
    assert_eq!(bed.view().people[0].shut_out, Some(says));
    assert_eq!(bed.view().locked.map(|locked| locked.account), Some(gone));
    let back = bed.sign_in(gone, &password()).await;
    assert!(matches!(back.map(|_| ()).map_err(|e| e.code), Err(ErrorCode::AccountRevoked)));
    nurse.lock().await.unwrap();
    ida.lock().await.unwrap();
    rosa.lock().await.unwrap();
    // Without the server, what it said last holds, after a restart of the machine too, and what was kept of the lease opens nothing.
    drop((leaver, bed));
    let bed = clinic.open("Gone Tomorrow");
    clinic.running.shutdown().await;
    assert!(bed.view().people[0].shut_out.is_some());
    let back = bed.sign_in(gone, &password()).await;
    assert!(matches!(back.map(|_| ()).map_err(|e| e.code), Err(ErrorCode::AccountRevoked)));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_older_copy_of_a_vault_sends_nothing_until_it_has_caught_up() {
    let clinic = Clinic::start().await;
    let (office, admin) = clinic.found().await;
    let ida = office.sign_in(admin, &password()).await.unwrap();
    let (doctor, rosa) = clinic.colleague(&ida, &office, "Rosa Physician").await;
    let (ward, nora) = clinic.enrol(&ida, "Nora Nurse").await;
    let nurse = ward.sign_in(nora, &password()).await.unwrap();
    let request = CreateThreadRequest { class: ThreadClass::Staff, members: vec![doctor], title: None, patient: None, reason: None };
    let thread = nurse.create_thread(request).await.unwrap().row.thread;
    nurse.lock().await.unwrap();
    let vault = clinic.home("Nora Nurse").join("accounts").join(nora.to_string()).join("vault.db");
    let old = std::fs::read(&vault).unwrap();
    let nurse = ward.sign_in(nora, &password()).await.unwrap();
    say(&nurse, thread, "what the older copy does not know").await;
    until(&rosa, async || rosa.thread(thread).await.ok().filter(|view| view.row.unread == 1)).await;
    nurse.lock().await.unwrap();

    std::fs::write(&vault, old).unwrap();
    let (data, address, clock) = (clinic.data(), clinic.running.addr, clinic.clock.clone());
    clinic.running.shutdown().await;
    let nurse = ward.sign_in(nora, &password()).await.unwrap();
    assert!(nurse.session().await.unwrap().rolled_back);
    let refused = support::try_say(&nurse, thread, "too early").await;
    assert_eq!(refused.map_err(|e| e.code), Err(ErrorCode::VaultRolledBack));
    let running = support::serve(clock, data, address).await;
    nurse.reconnect().unwrap();
    until(&nurse, async || (!nurse.session().await.unwrap().rolled_back).then_some(())).await;
    assert_eq!(nurse.thread(thread).await.unwrap().row.preview, "what the older copy does not know");
    say(&nurse, thread, "and on").await;
    until(&rosa, async || rosa.thread(thread).await.ok().filter(|view| view.row.preview == "and on")).await;
    nurse.lock().await.unwrap();
    ida.lock().await.unwrap();
    rosa.lock().await.unwrap();
    running.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_leaver_is_out_of_every_next_epoch_although_nobody_writes() {
    let clinic = Clinic::start().await;
    let (office, admin) = clinic.found().await;
    let ida = office.sign_in(admin, &password()).await.unwrap();
    let ward = clinic.let_in(&ida, "ward").await;
    let (nora, nurse) = clinic.colleague(&ida, &ward, "Nora Nurse").await;
    let (_, nils) = clinic.colleague(&ida, &ward, "Nils Night").await;
    let (gone, leaver) = clinic.colleague(&ida, &ward, "Gone Tomorrow").await;
    until(&nils, async || (nils.directory().await.unwrap().len() == 4).then_some(())).await;
    let mut threads = Vec::new();
    for _ in 0..6 {
        let request =
            CreateThreadRequest { class: ThreadClass::Clinical, members: vec![nora, gone], title: None, patient: None, reason: None };
        threads.push(nils.create_thread(request).await.unwrap().row.thread);
    }
    for session in [&nurse, &leaver] {
        until(session, async || {
            let page = session.threads(ThreadListRequest { filter: Default::default(), after: None, limit: 50 }).await.unwrap();
            (page.counts.mine == 6).then_some(())
        })
        .await;
    }
    let left = std::time::Instant::now();
    ida.revoke_person(gone).await.unwrap();
    until(&leaver, async || leaver.shut_out()).await;
    for session in [&nurse, &nils] {
        for thread in &threads {
            let view = until(session, async || session.thread(*thread).await.ok().filter(|view| view.members.len() == 2)).await;
            assert_eq!((view.epoch, view.warnings.len()), (2, 0), "one of the two began the epoch, and once");
        }
    }
    assert!(left.elapsed() < std::time::Duration::from_secs(60), "{:?}", left.elapsed());
    for session in [nurse, nils, leaver, ida] {
        session.lock().await.unwrap();
    }
    clinic.running.shutdown().await;
}
