//! Whether a command reaches its machine and nobody else, what a wipe destroys at once, and that only the machine's own receipt ends it.

use sotto_protocol::api::{CommandBegun, CommandsResponse, Counted, Diagnostics, Report, WorkstationsResponse};
use sotto_protocol::directory::Directory;
use sotto_protocol::feed::Frame;
use sotto_protocol::limits::{PROFILE_BYTES, STATEMENT_BYTES};
use sotto_protocol::role::Role;
use sotto_protocol::statement::{
    Action, Command, Custody, Incident, IncidentClosed, IncidentOutcome, RoleGrant, Settings, Signed, Signer, Statement,
};
use sotto_protocol::{AccountId, CommandId, ErrorCode, cbor};

use super::support::{Clinic, Machine, OpenFeed, Person, code, post_receipt, public, sign};

/// Takes in what a control connection brings up to its next number of statements, and gives that number.
async fn hear(connection: &mut OpenFeed, directory: &mut Directory) -> u64 {
    loop {
        match connection.next().await {
            Some(Frame::Statement { statement }) => {
                let signed: Signed = cbor::parse_canonical(&statement, STATEMENT_BYTES).unwrap();
                directory.apply(&signed).unwrap();
            }
            Some(Frame::Directory { version }) => return version,
            other => panic!("{other:?} on a control connection"),
        }
    }
}

async fn issue(clinic: &Clinic, by: &Person, command: &Command) -> Result<u64, ErrorCode> {
    by.post_statement(clinic, &clinic.by_admin(&Statement::Command(command.clone()))).await
}

async fn progress(clinic: &Clinic, by: &Person) -> Vec<sotto_protocol::api::CommandProgress> {
    by.get(clinic, "/v1/commands").await.json::<CommandsResponse>().await.unwrap().commands
}

#[tokio::test]
async fn a_machine_hears_the_directory_and_a_command_while_nobody_is_signed_in() {
    let clinic = Clinic::found().await;
    let ana = clinic.first_person().await;
    let officer = clinic.person_as(&ana, Role::PrivacyOfficer).await;
    let mut directory = Directory::new(public(&clinic.root));
    let mut control = clinic.machine.control(&clinic, 0).await;
    assert_eq!(hear(&mut control, &mut directory).await, directory.head().0);
    let command = clinic.command(&clinic.machine, None, Action::Lock, 1);
    let version = issue(&clinic, &ana, &command).await.unwrap();
    assert_eq!(hear(&mut control, &mut directory).await, version);
    assert_eq!(directory.command(&command.command).unwrap().command, command);
    let delivered = progress(&clinic, &officer).await;
    assert_eq!(delivered.iter().map(|one| (one.command, one.begun_at)).collect::<Vec<_>>(), [(command.command, None)]);
    let begun = CommandBegun { command: command.command };
    assert_eq!(clinic.machine.post(&clinic, "/v1/commands/begun", &begun).await.status(), 204);
    assert!(progress(&clinic, &officer).await[0].begun_at.is_some());
    let receipt = clinic.machine.receipt(&clinic, &command);
    let version = post_receipt(&clinic, &receipt).await.unwrap();
    assert_eq!(post_receipt(&clinic, &receipt).await, Ok(version), "a repeat gets the same");
    hear(&mut control, &mut directory).await;
    assert!(directory.command(&command.command).unwrap().receipt.is_some());
    assert_eq!(code(ana.get(&clinic, "/v1/commands").await).await, (403, ErrorCode::NotPermitted));
}

#[tokio::test]
async fn a_wipe_destroys_the_shares_at_once_and_is_still_heard_by_the_machine() {
    let mut clinic = Clinic::found().await;
    let [ana, ben] = clinic.people().await;
    let far = clinic.machine(&ana).await;
    let wipe = clinic.command(&clinic.machine, Some(ben.account), Action::Wipe, 1);
    issue(&clinic, &ana, &wipe).await.unwrap();
    assert_eq!(code(ben.get(&clinic, "/v1/share").await).await, (403, ErrorCode::DeviceRevoked));
    assert_eq!(ana.get(&clinic, "/v1/share").await.status(), 200, "one person's wipe is nobody else's");
    let whole = clinic.command(&far, None, Action::Wipe, 1);
    let holds_from = issue(&clinic, &ana, &whole).await.unwrap();
    let later = clinic.command(&clinic.machine, None, Action::Lock, 2);
    issue(&clinic, &ana, &later).await.unwrap();
    assert_eq!(code(far.get(&clinic, "/v1/directory?after=0").await).await, (403, ErrorCode::WorkstationRevoked));
    let mut directory = Directory::new(public(&clinic.root));
    let mut control = far.control(&clinic, 0).await;
    assert_eq!(hear(&mut control, &mut directory).await, holds_from, "nothing after its own command");
    assert_eq!(control.next().await, Some(Frame::End { code: ErrorCode::WorkstationRevoked }));
    post_receipt(&clinic, &far.receipt(&clinic, &whole)).await.unwrap();
    let mut over = far.control(&clinic, holds_from).await;
    assert_eq!(over.next().await, Some(Frame::End { code: ErrorCode::WorkstationRevoked }), "what is receipted is not told again");
    clinic.restart().await;
    assert_eq!(code(ben.get(&clinic, "/v1/share").await).await, (403, ErrorCode::DeviceRevoked));
}

#[tokio::test]
async fn no_other_command_is_taken() {
    let clinic = Clinic::found().await;
    let ana = clinic.first_person().await;
    let first = clinic.command(&clinic.machine, None, Action::Lock, 5);
    issue(&clinic, &ana, &first).await.unwrap();
    let lower = clinic.command(&clinic.machine, None, Action::Lock, 4);
    assert_eq!(issue(&clinic, &ana, &lower).await, Err(ErrorCode::Conflict));
    let same = Command { serial: 5, command: CommandId::from_bytes([1; 16]), ..first.clone() };
    assert_eq!(issue(&clinic, &ana, &same).await, Err(ErrorCode::Conflict));
    let again = Command { serial: 6, ..first.clone() };
    assert_eq!(issue(&clinic, &ana, &again).await, Err(ErrorCode::Conflict), "the id was used");
    let nowhere = clinic.command(&Machine::make(), None, Action::Wipe, 1);
    assert_eq!(issue(&clinic, &ana, &nowhere).await, Err(ErrorCode::NotPermitted));
    let next = Statement::Command(clinic.command(&clinic.machine, None, Action::Wipe, 9));
    let forged = sign(&ana.signing, Signer::Admin(clinic.grant), &next);
    assert_eq!(ana.post_statement(&clinic, &forged).await, Err(ErrorCode::SignatureInvalid));
    let by_machine = sign(&clinic.machine.key, Signer::Workstation(clinic.machine.workstation), &next);
    assert_eq!(ana.post_statement(&clinic, &by_machine).await, Err(ErrorCode::NotPermitted));
    assert_eq!(post_receipt(&clinic, &clinic.by_admin(&next)).await, Err(ErrorCode::NotPermitted), "a command comes by its own route");
}

#[tokio::test]
async fn only_the_machine_itself_receipts_and_only_once() {
    let clinic = Clinic::found().await;
    let ana = clinic.first_person().await;
    let other = clinic.machine(&ana).await;
    let command = clinic.command(&clinic.machine, None, Action::Lock, 1);
    assert_eq!(post_receipt(&clinic, &clinic.machine.receipt(&clinic, &command)).await, Err(ErrorCode::NotPermitted), "before the command");
    issue(&clinic, &ana, &command).await.unwrap();
    assert_eq!(post_receipt(&clinic, &other.receipt(&clinic, &command)).await, Err(ErrorCode::NotPermitted));
    let begun = CommandBegun { command: command.command };
    assert_eq!(code(other.post(&clinic, "/v1/commands/begun", &begun).await).await, (404, ErrorCode::NotFound));
    let receipt = clinic.machine.receipt(&clinic, &command);
    assert_eq!(ana.post_statement(&clinic, &receipt).await, Err(ErrorCode::NotPermitted), "by its own route only");
    post_receipt(&clinic, &receipt).await.unwrap();
    let Statement::Receipt(mut second) = cbor::parse_canonical(&receipt.statement, STATEMENT_BYTES).unwrap() else { panic!() };
    second.ended_at += 1;
    let second = sign(&clinic.machine.key, Signer::Workstation(clinic.machine.workstation), &Statement::Receipt(second));
    assert_eq!(post_receipt(&clinic, &second).await, Err(ErrorCode::Conflict));
}

#[tokio::test]
async fn a_wipe_by_one_person_waits_for_another_where_the_rules_say_so() {
    let clinic = Clinic::found().await;
    let [ana, ben] = clinic.people().await;
    let strict = Settings { two_person_wipe: Some(true), ..Settings::default() };
    ana.post_statement(&clinic, &clinic.by_admin(&clinic.rules_for_everyone(1, strict))).await.unwrap();
    let wipe = clinic.command(&clinic.machine, Some(ana.account), Action::Wipe, 1);
    issue(&clinic, &ana, &wipe).await.unwrap();
    assert_eq!(ana.get(&clinic, "/v1/share").await.status(), 200);
    assert_eq!(post_receipt(&clinic, &clinic.machine.receipt(&clinic, &wipe)).await, Err(ErrorCode::NotPermitted));
    let alone = clinic.by_admin(&clinic.approval(&wipe));
    assert_eq!(ana.post_statement(&clinic, &alone).await, Err(ErrorCode::NotPermitted), "the same person twice");
    let second = sign(&clinic.root, Signer::Root, &clinic.approval(&wipe));
    ana.post_statement(&clinic, &second).await.unwrap();
    assert_eq!(code(ana.get(&clinic, "/v1/share").await).await, (403, ErrorCode::DeviceRevoked));
    let rolled_back = clinic.by_admin(&clinic.rules_for_everyone(1, Settings::default()));
    assert_eq!(ben.post_statement(&clinic, &rolled_back).await, Err(ErrorCode::Conflict));
}

fn counted(name: &str) -> Counted {
    Counted { name: name.into(), count: 2 }
}

#[tokio::test]
async fn a_machine_is_handed_over_by_who_may_and_to_who_is_there() {
    let clinic = Clinic::found().await;
    let [ana, ben] = clinic.people().await;
    let hand = async |custody: Custody| ana.post_statement(&clinic, &clinic.by_admin(&Statement::Custody(custody))).await;
    let first = clinic.custody(&clinic.machine, Some(ben.account), 2);
    let signed = clinic.by_admin(&Statement::Custody(first.clone()));
    let version = ana.post_statement(&clinic, &signed).await.unwrap();
    assert_eq!(ana.post_statement(&clinic, &signed).await, Ok(version), "a repeat gets the same");
    assert_eq!(hand(Custody { serial: 1, ..first.clone() }).await, Err(ErrorCode::Conflict));
    assert_eq!(hand(Custody { custodian: None, ..first.clone() }).await, Err(ErrorCode::Conflict), "an equal serial");
    assert_eq!(hand(clinic.custody(&Machine::make(), None, 1)).await, Err(ErrorCode::NotPermitted));
    let stranger = AccountId::from_bytes([7; 16]);
    assert_eq!(hand(clinic.custody(&clinic.machine, Some(stranger), 3)).await, Err(ErrorCode::NotPermitted));
    let long = Custody { location: vec![5_u8; PROFILE_BYTES + 1].into(), serial: 3, ..first.clone() };
    assert_eq!(hand(long).await, Err(ErrorCode::TooLarge));
    let dated_back = Custody { issued_at: first.issued_at - 2 * 3_600_000, serial: 3, ..first.clone() };
    assert_eq!(hand(dated_back).await, Err(ErrorCode::ClockSkew));
    let mine = Statement::Custody(clinic.custody(&clinic.machine, Some(ben.account), 3));
    let by_ben = sign(&ben.signing, Signer::Account(ben.account, ben.generation), &mine);
    assert_eq!(ben.post_statement(&clinic, &by_ben).await, Err(ErrorCode::NotPermitted));
    assert!(hand(clinic.custody(&clinic.machine, None, 3)).await.unwrap() > version);

    // The grant rests while its owner's role does not administer.
    let (org, account, role, permissions) = (clinic.org, clinic.office, Role::Nurse, Vec::new());
    let taken = RoleGrant { org, account, serial: 9, role, permissions, issued_at: first.issued_at };
    ana.post_statement(&clinic, &sign(&clinic.root, Signer::Root, &Statement::RoleGrant(taken))).await.unwrap();
    assert_eq!(hand(clinic.custody(&clinic.machine, Some(ben.account), 4)).await, Err(ErrorCode::NotPermitted));
}

#[tokio::test]
async fn an_incident_is_opened_and_closed_once_by_who_may_and_ends_as_wiped_only_on_a_receipt() {
    let clinic = Clinic::found().await;
    let ana = clinic.first_person().await;
    let far = clinic.machine(&ana).await;
    let open = async |incident: Incident| ana.post_statement(&clinic, &clinic.by_admin(&Statement::Incident(incident))).await;
    let close = async |closed: IncidentClosed| ana.post_statement(&clinic, &clinic.by_admin(&Statement::IncidentClosed(closed))).await;
    let first = clinic.incident(&far, 1);
    let signed = clinic.by_admin(&Statement::Incident(first.clone()));
    let version = ana.post_statement(&clinic, &signed).await.unwrap();
    assert_eq!(ana.post_statement(&clinic, &signed).await, Ok(version), "a repeat gets the same");
    assert_eq!(open(clinic.incident(&clinic.machine, 1)).await, Err(ErrorCode::Conflict), "the id was used");
    assert_eq!(open(clinic.incident(&far, 2)).await, Err(ErrorCode::Conflict), "it is missed already");
    assert_eq!(open(clinic.incident(&Machine::make(), 3)).await, Err(ErrorCode::NotPermitted));
    let dated_back = Incident { issued_at: first.issued_at - 2 * 3_600_000, ..clinic.incident(&clinic.machine, 4) };
    assert_eq!(open(dated_back).await, Err(ErrorCode::ClockSkew));
    let mine = Statement::Incident(clinic.incident(&clinic.machine, 5));
    let by_ana = sign(&ana.signing, Signer::Account(ana.account, ana.generation), &mine);
    assert_eq!(ana.post_statement(&clinic, &by_ana).await, Err(ErrorCode::NotPermitted), "a person's own key reports nothing");

    assert_eq!(close(clinic.incident_closed(9, IncidentOutcome::Found)).await, Err(ErrorCode::NotPermitted), "nobody opened that");
    assert_eq!(close(clinic.incident_closed(1, IncidentOutcome::Wiped)).await, Err(ErrorCode::NotPermitted), "there is no receipt");
    let wipe = clinic.command(&far, None, Action::Wipe, 1);
    issue(&clinic, &ana, &wipe).await.unwrap();
    assert_eq!(close(clinic.incident_closed(1, IncidentOutcome::Wiped)).await, Err(ErrorCode::NotPermitted), "a wipe that was only told");
    post_receipt(&clinic, &far.receipt(&clinic, &wipe)).await.unwrap();
    let dated_back = IncidentClosed { issued_at: first.issued_at - 2 * 3_600_000, ..clinic.incident_closed(1, IncidentOutcome::Wiped) };
    assert_eq!(close(dated_back).await, Err(ErrorCode::ClockSkew));
    close(clinic.incident_closed(1, IncidentOutcome::Wiped)).await.unwrap();
    assert_eq!(close(clinic.incident_closed(1, IncidentOutcome::Found)).await, Err(ErrorCode::Conflict), "it is over");
    open(clinic.incident(&far, 6)).await.unwrap();
}

fn report(directory: u64) -> Report {
    Report {
        app_version: "0.1.0".into(),
        os: "Debian GNU/Linux 13".into(),
        disk_encrypted: Some(true),
        screen_lock: None,
        insecure_keyring: false,
        vaults: 2,
        lease_until: Some(9),
        command_serial: 0,
        directory,
        diagnostics: Diagnostics { waiting: 3, clock_ahead_ms: Some(-40), errors: vec![counted("server_busy")], ..Diagnostics::default() },
    }
}

#[tokio::test]
async fn the_register_says_who_is_connected_and_how_each_machine_is() {
    let clinic = Clinic::found().await;
    let ana = clinic.first_person().await;
    let officer = clinic.person_as(&ana, Role::PrivacyOfficer).await;
    let report = report(7);
    assert_eq!(clinic.machine.post(&clinic, "/v1/report", &report).await.status(), 204);
    let long = Report { os: "x".repeat(121), ..report.clone() };
    assert_eq!(code(clinic.machine.post(&clinic, "/v1/report", &long).await).await, (413, ErrorCode::TooLarge));
    for errors in [vec![counted(&"x".repeat(121))], vec![counted("server_busy"); 129]] {
        let much = Report { diagnostics: Diagnostics { errors, ..Diagnostics::default() }, ..report.clone() };
        assert_eq!(code(clinic.machine.post(&clinic, "/v1/report", &much).await).await, (413, ErrorCode::TooLarge));
    }
    let look = async || {
        let answer: WorkstationsResponse = officer.get(&clinic, "/v1/workstations").await.json().await.unwrap();
        answer.workstations.into_iter().find(|one| one.workstation == clinic.machine.workstation).unwrap()
    };
    let seen = look().await;
    assert_eq!((seen.connected, seen.report), (false, Some(report)));
    let mut control = clinic.machine.control(&clinic, 0).await;
    assert!(matches!(control.next().await, Some(Frame::Statement { .. })));
    assert!(look().await.connected);
}

#[tokio::test]
async fn a_report_is_seen_at_once_and_costs_no_transaction_of_its_own() {
    let mut clinic = Clinic::found().await;
    let ana = clinic.first_person().await;
    let officer = clinic.person_as(&ana, Role::PrivacyOfficer).await;
    let other = clinic.machine(&ana).await;
    let look = async |clinic: &Clinic| {
        let answer: WorkstationsResponse = officer.get(clinic, "/v1/workstations").await.json().await.unwrap();
        let of = |machine: &Machine| answer.workstations.iter().find(|one| one.workstation == machine.workstation)?.report.clone();
        [of(&clinic.machine), of(&other)]
    };
    // Every transaction is in the database's log.
    let log = || std::fs::read(clinic.dir.path().join("sotto.db-wal")).unwrap();
    let before = log();
    assert!(!before.is_empty());
    for directory in 1..20 {
        for machine in [&clinic.machine, &other] {
            assert_eq!(machine.post(&clinic, "/v1/report", &report(directory)).await.status(), 204);
        }
        assert_eq!(look(&clinic).await, [Some(report(directory)), Some(report(directory))]);
    }
    assert!(log() == before, "a report, or a look at it, wrote to the database");
    clinic.restart().await;
    assert_eq!(look(&clinic).await, [Some(report(19)), Some(report(19))], "stored when the server stopped");
}
