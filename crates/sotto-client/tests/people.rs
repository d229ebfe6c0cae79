//! An administrator lets people and machines in and shuts them out; nobody else may, and a list is judged before anything happens.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, missing_docs)]

mod support;

use sotto_client::view::{
    AdminStanding, ErrorCode, ImportOutcome, ImportPeopleRequest, ImportRow, InviteRequest, MakeWorkstationTokenRequest, Permissions,
    PersonState, Role, RowProblem, ThreadClass, WorkstationKind, WorkstationState,
};
use support::{Clinic, password};

fn code_of<T>(result: sotto_client::Result<T>) -> Option<ErrorCode> {
    result.err().map(|error| error.code)
}

fn row(name: &str, login: &str) -> ImportRow {
    ImportRow { name: name.into(), title: "RN".into(), login: login.into(), role: "nurse".into(), permissions: String::new() }
}

#[tokio::test(flavor = "multi_thread")]
async fn people_and_machines_come_and_go_by_the_administrator() {
    let clinic = Clinic::start().await;
    let (office, admin) = clinic.found().await;
    let ida = office.sign_in(admin, &password()).await.unwrap();
    let rights = ida.permissions().await.unwrap();
    assert_eq!(
        rights,
        Permissions {
            role: Some(Role::ItAdmin),
            classes: vec![],
            people: true,
            workstations: true,
            review: false,
            admin: AdminStanding::Granted,
            root_key: true,
            root_sheets: true,
        }
    );
    let (ward, nora) = clinic.enrol(&ida, "Nora Nurse").await;
    let nurse = ward.sign_in(nora, &password()).await.unwrap();
    let classes = vec![ThreadClass::Clinical, ThreadClass::Scheduling, ThreadClass::Staff];
    let rights = nurse.permissions().await.unwrap();
    assert_eq!(rights, Permissions { role: Some(Role::Nurse), classes, ..Permissions::default() });
    let request = || InviteRequest {
        name: "Paul".into(),
        title: String::new(),
        login: "nora.nurse".into(),
        role: Role::Physician,
        permissions: vec![],
        days: 1,
    };
    let token = || MakeWorkstationTokenRequest { name: "X".into(), location: "Y".into(), kind: WorkstationKind::Private, days: 1 };
    assert_eq!(code_of(nurse.people().await), Some(ErrorCode::NotPermitted));
    assert_eq!(code_of(nurse.workstations().await), Some(ErrorCode::NotPermitted));
    assert_eq!(code_of(nurse.invite(request()).await), Some(ErrorCode::NotPermitted));
    assert_eq!(code_of(nurse.make_workstation_token(token()).await), Some(ErrorCode::NotPermitted));
    assert_eq!(code_of(nurse.revoke_person(admin).await), Some(ErrorCode::NotPermitted));
    nurse.lock().await.unwrap();

    assert_eq!(code_of(ida.invite(request()).await), Some(ErrorCode::LoginTaken));
    assert_eq!(code_of(ida.invite(InviteRequest { login: "p p".into(), ..request() }).await), Some(ErrorCode::LoginMalformed));
    assert_eq!(code_of(ida.invite(InviteRequest { name: " ".into(), login: "paul".into(), ..request() }).await), Some(ErrorCode::TooLarge));
    let (invite, paul) = clinic.invite(&ida, "Paul Physician").await;
    let told = |people: Vec<sotto_client::view::PersonView>| -> Vec<_> {
        people.into_iter().map(|person| (person.name, person.login.unwrap(), person.state, person.me)).collect()
    };
    let expected = [
        ("Ida Admin".to_owned(), "ida.admin".to_owned(), PersonState::Active, true),
        ("Nora Nurse".to_owned(), "nora.nurse".to_owned(), PersonState::Active, false),
        ("Paul Physician".to_owned(), "paul.physician".to_owned(), PersonState::Invited, false),
    ];
    assert_eq!(told(ida.people().await.unwrap()), expected);
    ida.revoke_person(paul).await.unwrap();
    assert_eq!(told(ida.people().await.unwrap())[2].2, PersonState::Revoked);
    assert!(ward.begin_enrol(&invite, &password()).await.is_err(), "a withdrawn invite is good for nothing");
    assert_eq!(code_of(ida.revoke_person(admin).await), Some(ErrorCode::NotPermitted), "nobody shuts themselves out");

    let made = ida.make_workstation_token(token()).await.unwrap();
    let machines = ida.workstations().await.unwrap();
    let shown: Vec<_> = machines.iter().map(|entry| (entry.name.as_str(), entry.state, entry.here)).collect();
    let active = WorkstationState::Active;
    assert_eq!(shown, [("Nora Nurse", active, false), ("Office", active, true), ("X", WorkstationState::Waiting, false)]);
    assert!(machines[2].expires_at.is_some() && machines[2].location == "Y" && machines[2].kind == WorkstationKind::Private);
    assert!(machines[0].last_seen_at.is_some());
    ida.revoke_workstation(&machines[2].id).await.unwrap();
    assert_eq!(ida.workstations().await.unwrap()[2].state, WorkstationState::Revoked);
    assert!(clinic.open("late").enrol_workstation(made.text.expose()).await.is_err(), "a withdrawn token is good for nothing");
    assert_eq!(code_of(ida.revoke_workstation("no id").await), Some(ErrorCode::NotFound));
    ida.lock().await.unwrap();
    clinic.running.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_is_judged_before_anybody_is_invited_and_can_be_repeated() {
    let clinic = Clinic::start().await;
    let (office, admin) = clinic.found().await;
    let ida = office.sign_in(admin, &password()).await.unwrap();
    let rows =
        || vec![row("Nora Nurse", "nora"), row("", "x.y"), row("Ida Two", "IDA.ADMIN"), row("Nora Two", "Nora"), row("Paul", "paul")];
    let import = |dry_run| ImportPeopleRequest { rows: rows(), days: 1, dry_run };
    let refused = |reason| ImportOutcome::Refused { reason };
    let dry = ida.import_people(import(true)).await.unwrap();
    let outcomes: Vec<_> = dry.rows.into_iter().map(|row| row.outcome).collect();
    let problems = [refused(RowProblem::NameMissing), refused(RowProblem::LoginTaken), refused(RowProblem::LoginRepeated)];
    assert_eq!(outcomes[1..4], problems);
    assert_eq!((&outcomes[0], &outcomes[4], dry.fit, dry.refused), (&ImportOutcome::Ready, &ImportOutcome::Ready, 2, 3));
    assert_eq!(ida.people().await.unwrap().len(), 1, "nothing happened");

    let done = ida.import_people(import(false)).await.unwrap();
    assert_eq!((done.fit, done.refused), (2, 3));
    assert!(matches!(&done.rows[4].outcome, ImportOutcome::Invited { invite } if invite.login == "paul"));
    let again = ida.import_people(import(false)).await.unwrap();
    assert_eq!((again.fit, again.rows[0].outcome.clone()), (0, refused(RowProblem::LoginTaken)));
    assert_eq!(ida.people().await.unwrap().len(), 3);
    let many = ImportPeopleRequest { rows: vec![row("A", "a.b"); 501], days: 1, dry_run: true };
    assert_eq!(code_of(ida.import_people(many).await), Some(ErrorCode::TooLarge));
    ida.lock().await.unwrap();
    clinic.running.shutdown().await;
}
