//! A machine that is lost: reported once, seen alike by everybody who may, with what was done and the receipt, and never taken back.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, missing_docs)]

mod support;

use sotto_client::view::{
    Action, CloseIncidentRequest, CommandOutcome, CommandReason, CommandRequest, ErrorCode, IncidentOutcome, IncidentReason, IncidentView,
    OpenIncidentRequest, Role,
};
use sotto_client::{Result, Session, verify_receipts};
use sotto_protocol::{CommandId, IncidentId};
use support::{Clinic, password, until};

fn lost(workstation: &str) -> OpenIncidentRequest {
    OpenIncidentRequest { workstation: workstation.to_owned(), reason: IncidentReason::Lost }
}

fn ended(incident: IncidentId, outcome: IncidentOutcome) -> CloseIncidentRequest {
    CloseIncidentRequest { incident, outcome }
}

async fn id_of(session: &Session, name: &str) -> String {
    session.workstations().await.unwrap().into_iter().find(|one| one.name == name).unwrap().id
}

async fn told(session: &Session, workstation: &str, action: Action) -> CommandId {
    let request = CommandRequest { workstation: workstation.to_owned(), account: None, action, reason: CommandReason::Lost };
    session.issue_command(request).await.unwrap()
}

fn code_of<T>(result: Result<T>) -> Option<ErrorCode> {
    result.err().map(|error| error.code)
}

/// The only incident that there is.
async fn only(session: &Session) -> IncidentView {
    let mut all = session.incidents().await.unwrap();
    assert_eq!(all.len(), 1);
    all.remove(0)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_machine_is_wiped_and_the_register_has_the_receipt_that_anybody_can_check() {
    let clinic = Clinic::start().await;
    let (office, admin) = clinic.found().await;
    let ida = office.sign_in(admin, &password()).await.unwrap();
    let ward = clinic.let_in(&ida, "ward").await;
    let nora = clinic.enrol_at(&ida, &ward, "Nora Nurse").await;
    let id = id_of(&ida, "ward").await;
    assert!(ida.incidents().await.unwrap().is_empty());
    told(&ida, &id, Action::Report).await;
    let incident = ida.open_incident(lost(&id)).await.unwrap();
    let open = only(&ida).await;
    assert_eq!((open.incident, open.workstation_name.as_str(), open.reason), (incident, "ward", IncidentReason::Lost));
    assert_eq!((open.opened_by.as_deref(), &open.closed, open.shut_out), (Some("Ida Admin"), &None, false));
    assert!(open.commands.is_empty(), "what was told before is none of it");
    let people: Vec<_> = open.people.iter().map(|one| (one.account, one.revoked, one.renewed)).collect();
    assert_eq!(people, [(nora, false, false)]);

    let lock = told(&ida, &id, Action::Lock).await;
    let early = ida.close_incident(ended(incident, IncidentOutcome::Wiped)).await;
    assert_eq!(code_of(early), Some(ErrorCode::NotFound), "nothing says that it is wiped");
    let wipe = told(&ida, &id, Action::Wipe).await;
    assert_eq!(
        code_of(ida.close_incident(ended(incident, IncidentOutcome::Wiped)).await),
        Some(ErrorCode::NotFound),
        "a wipe is no receipt"
    );
    assert!(only(&ida).await.shut_out);

    // It is switched on somewhere, and wipes itself.
    let machine = ward.clone();
    let control = tokio::spawn(async move { machine.serve_control().await });
    let wiped = until(&ida, async || {
        ida.reconnect().unwrap();
        let now = only(&ida).await;
        now.wiped.then_some(now)
    })
    .await;
    control.abort();
    assert_eq!(wiped.commands.iter().map(|one| one.command).collect::<Vec<_>>(), [wipe, lock], "the newest first");
    assert_eq!(wiped.commands[0].receipt.as_ref().map(|receipt| receipt.outcome), Some(CommandOutcome::Done));
    ida.close_incident(ended(incident, IncidentOutcome::Wiped)).await.unwrap();
    let closed = only(&ida).await.closed.unwrap();
    assert_eq!((closed.outcome, closed.by.as_deref()), (IncidentOutcome::Wiped, Some("Ida Admin")));
    assert_eq!(code_of(ida.close_incident(ended(incident, IncidentOutcome::Found)).await), Some(ErrorCode::Conflict), "it ends once");

    // The file tells what the statements say, and one that tells something else is refused.
    let proof = ida.export_incidents().await.unwrap();
    let file = serde_json::to_string(&proof).unwrap();
    assert!(verify_receipts(file.as_bytes(), None).unwrap().iter().any(|one| one.command == wipe && one.receipt.complete));
    for (said, lie) in
        [("\"reason\":\"lost\",\"opened_by\"", "\"reason\":\"stolen\",\"opened_by\""), ("\"outcome\":\"wiped\"", "\"outcome\":\"found\"")]
    {
        assert!(file.contains(said), "{said}");
        assert_eq!(code_of(verify_receipts(file.replacen(said, lie, 1).as_bytes(), None)), Some(ErrorCode::Conflict), "{lie}");
    }
    let mut shorter = proof;
    shorter.incidents = Some(Vec::new());
    assert_eq!(code_of(verify_receipts(&serde_json::to_vec(&shorter).unwrap(), None)), Some(ErrorCode::Conflict), "one is left out");
    ida.lock().await.unwrap();
    clinic.running.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn another_reader_sees_the_same_after_any_restart_and_new_keys_show() {
    let clinic = Clinic::start().await;
    let (office, admin) = clinic.found().await;
    let ida = office.sign_in(admin, &password()).await.unwrap();
    let ward = clinic.let_in(&ida, "ward").await;
    let cart = clinic.let_in(&ida, "cart").await;
    let nora = clinic.enrol_at(&ida, &cart, "Nora Nurse").await;
    let pia_account = clinic.enrol_at(&ida, &ward, "Pia Privacy").await;
    ida.set_role(pia_account, Role::PrivacyOfficer.into()).await.unwrap();
    let pia = ward.sign_in(pia_account, &password()).await.unwrap();
    let id = id_of(&ida, "cart").await;
    let incident = ida.open_incident(lost(&id)).await.unwrap();
    // Her own client verifies the statement.
    let seen = until(&pia, async || pia.incidents().await.ok()?.into_iter().next()).await;
    assert_eq!(seen, only(&ida).await);
    assert_eq!(
        code_of(pia.open_incident(lost(&id_of(&ida, "ward").await)).await),
        Some(ErrorCode::NotPermitted),
        "who reviews reports nothing"
    );
    assert_eq!(code_of(pia.close_incident(ended(incident, IncidentOutcome::Found)).await), Some(ErrorCode::NotPermitted));
    assert!(pia.export_incidents().await.unwrap().incidents.is_some());

    ida.revoke_workstation(&id).await.unwrap();
    assert!(only(&ida).await.shut_out);
    // Shutting a machine out gives nobody new keys; inviting them again does, once they come back.
    assert!(!only(&ida).await.people[0].renewed);
    let again = ida.invite_again(nora, 1).await.unwrap();
    let spare = clinic.let_in(&ida, "spare").await;
    let begun = spare.begin_enrol(again.text.expose(), &password()).await.unwrap();
    clinic.confirm(&spare, nora, &begun.totp).await;
    let renewed = until(&ida, async || {
        ida.reconnect().unwrap();
        only(&ida).await.people.into_iter().find(|one| one.renewed)
    })
    .await;
    assert_eq!((renewed.account, renewed.name.as_str()), (nora, "Nora Nurse"));

    // Nothing of it is this session's memory: it is folded from the statements again.
    ida.close_incident(ended(incident, IncidentOutcome::WrittenOff)).await.unwrap();
    let before = ida.incidents().await.unwrap();
    ida.lock().await.unwrap();
    let ida = office.sign_in(admin, &password()).await.unwrap();
    assert_eq!(ida.incidents().await.unwrap(), before);
    for session in [pia, ida] {
        session.lock().await.unwrap();
    }
    clinic.running.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_may_not_and_what_is_not_there_is_refused() {
    let clinic = Clinic::start().await;
    let (office, admin) = clinic.found().await;
    let ida = office.sign_in(admin, &password()).await.unwrap();
    let ward = clinic.let_in(&ida, "ward").await;
    let (_, nurse) = clinic.colleague(&ida, &ward, "Nora Nurse").await;
    let id = id_of(&ida, "ward").await;
    assert_eq!(code_of(nurse.open_incident(lost(&id)).await), Some(ErrorCode::NotPermitted));
    assert_eq!(code_of(nurse.incidents().await), Some(ErrorCode::NotPermitted));
    assert_eq!(code_of(nurse.export_incidents().await), Some(ErrorCode::NotPermitted));
    for unknown in ["no id", "07070707070707070707070707070707"] {
        assert_eq!(code_of(ida.open_incident(lost(unknown)).await), Some(ErrorCode::NotFound), "{unknown}");
    }
    let nobody = IncidentId::from_bytes([7; 16]);
    assert_eq!(code_of(ida.close_incident(ended(nobody, IncidentOutcome::Found)).await), Some(ErrorCode::NotFound));
    let first = ida.open_incident(lost(&id)).await.unwrap();
    assert_eq!(code_of(ida.open_incident(lost(&id)).await), Some(ErrorCode::Conflict), "it is missed already");
    ida.close_incident(ended(first, IncidentOutcome::Found)).await.unwrap();
    let second = ida.open_incident(lost(&id)).await.unwrap();
    let all: Vec<_> = ida.incidents().await.unwrap().into_iter().map(|one| one.incident).collect();
    assert_eq!(all, [second, first], "the newest first, and none is gone");
    nurse.lock().await.unwrap();
    ida.lock().await.unwrap();
    assert_eq!(code_of(ida.incidents().await), Some(ErrorCode::Locked));
    clinic.running.shutdown().await;
}
