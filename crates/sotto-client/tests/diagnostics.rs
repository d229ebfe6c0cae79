//! A machine that is asked tells why it does not work: counts, codes and times, and nothing that names a person, says a text or shows a path.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, missing_docs)]

mod support;

use std::collections::BTreeSet;

use sotto_client::view::{Action, CommandReason, CommandRequest, CommandView, Connection, CreateThreadRequest, ErrorCode, ThreadClass};
use sotto_client::{Session, Workstation};
use sotto_protocol::CommandId;
use support::{Clinic, password, say, until};

/// What may stand in the diagnostics, and nothing else.
const FIELDS: [&str; 7] = ["clock_ahead_ms", "errors", "free_disk_bytes", "refusals", "sessions", "synced_at", "waiting"];

fn serve(machine: &Workstation) -> tokio::task::JoinHandle<ErrorCode> {
    let machine = machine.clone();
    tokio::spawn(async move { machine.serve_control().await })
}

async fn ask(ida: &Session, workstation: &str) -> CommandId {
    let request =
        CommandRequest { workstation: workstation.to_owned(), account: None, action: Action::Report, reason: CommandReason::Routine };
    ida.issue_command(request).await.unwrap()
}

async fn find(ida: &Session, command: CommandId) -> CommandView {
    ida.reconnect().unwrap();
    ida.commands().await.unwrap().into_iter().find(|one| one.command == command).unwrap()
}

/// Waits for the report that the command asked for.
async fn reported(ida: &Session, command: CommandId) -> CommandView {
    until(ida, async || Some(find(ida, command).await).filter(|view| view.report.is_some())).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_report_says_how_the_machine_is_and_names_nobody() {
    let clinic = Clinic::start().await;
    let (office, admin) = clinic.found().await;
    let ida = office.sign_in(admin, &password()).await.unwrap();
    let ward = clinic.let_in(&ida, "ward").await;
    let (nora, nurse) = clinic.colleague(&ida, &ward, "Nora Nurse").await;
    let title = Some("Quarantine on four".into());
    let request = CreateThreadRequest { class: ThreadClass::Staff, members: vec![], title, patient: None, reason: None };
    let thread = nurse.create_thread(request).await.unwrap().row.thread;
    say(&nurse, thread, "Potassium is high").await;
    until(&nurse, async || {
        let status = nurse.status().await.unwrap();
        (status.queued == 0 && status.session.connection == Connection::Online).then_some(())
    })
    .await;
    let machine = ida.workstations().await.unwrap().into_iter().find(|one| one.name == "ward").unwrap().id;
    let control = serve(&ward);
    let first = ask(&ida, &machine).await;
    let report = reported(&ida, first).await.report.unwrap();
    let told = &report.diagnostics;
    assert_eq!((report.vaults, told.sessions, told.waiting), (1, 1, 0));
    assert_eq!(report.screen_lock, Some(false), "as the system said it");
    assert!(told.synced_at.is_some() && told.clock_ahead_ms.is_some() && told.free_disk_bytes.is_some_and(|free| free > 0), "{told:?}");
    assert!(told.refusals.is_empty(), "{told:?}");

    // Only what is in the list, and of texts only names of codes.
    let json = serde_json::to_value(told).unwrap();
    let fields: BTreeSet<&str> = json.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(fields, BTreeSet::from(FIELDS));
    let code = |name: &str| name.chars().all(|letter| letter.is_ascii_lowercase() || letter == '_');
    assert!(told.errors.iter().chain(&told.refusals).all(|counted| code(&counted.name)), "{told:?}");
    let whole = serde_json::to_string(&report).unwrap().to_lowercase();
    let home = clinic.home("ward").display().to_string().to_lowercase();
    for private in ["nora", "nurse", "quarantine", "potassium", "ida admin", &home, &nora.to_string(), &thread.to_string()] {
        assert!(!whole.contains(private), "{private} in {whole}");
    }

    // A machine keeps one report: it stands at the newest command, and at no other.
    let second = ask(&ida, &machine).await;
    reported(&ida, second).await;
    assert_eq!(find(&ida, first).await.report, None);
    nurse.lock().await.unwrap();
    let third = ask(&ida, &machine).await;
    assert_eq!(reported(&ida, third).await.report.unwrap().diagnostics.sessions, 0, "it tells as well while nobody is signed in");
    control.abort();
    ida.lock().await.unwrap();
    clinic.running.shutdown().await;
}
