//! Whether the canonical bytes of every signed and sealed form stay as they are: snapshots of each.

use sotto_protocol::directory::DirectoryHead;
use sotto_protocol::entry::{Anchor, SealedEntry};
use sotto_protocol::event::{Content, Description, Event, Message, Patient, Priority, ReadMark};
use sotto_protocol::file::{ExportedFile, FileKey, SharedFile};
use sotto_protocol::key::Hash;
use sotto_protocol::receipt::{Acknowledgement, Answer, Receipt};
use sotto_protocol::role::{Permission, Role};
use sotto_protocol::statement::{Approval, DeviceEnd, IncidentOutcome, RoleGrant, Settings, Signer, Statement};
use sotto_protocol::{EntryId, FileId, cbor};

use crate::clinic::{Clinic, MONDAY, rng};
use crate::refuse::{commands, custody, incidents};
use crate::{event, key_entry};

/// Hexadecimal in lines of 32 bytes.
fn lines(bytes: &[u8]) -> String {
    bytes.chunks(32).map(|line| hex::encode(line) + "\n").collect()
}

#[test]
fn statements() {
    let c = Clinic::new();
    let custom = RoleGrant { permissions: Permission::ALL[..4].to_vec(), ..c.role(&c.june, 2, Role::Custom) };
    let forms = [
        ("admin_grant", Statement::AdminGrant(c.grant())),
        ("admin_request", Statement::AdminRequest(c.request(&c.grant(), MONDAY))),
        ("invite", Statement::Invite(c.invite(&c.omar))),
        ("account_cert", Statement::AccountCert(c.account_cert(&c.omar))),
        ("device_cert", Statement::DeviceCert(c.device_cert(&c.omar))),
        ("device_end", Statement::DeviceEnd(DeviceEnd { devices: vec![c.omar.device], ..c.device_end(&c.omar) })),
        ("policy", Statement::Policy(c.policy(1))),
        ("workstation_token", Statement::WorkstationToken(c.token(&c.station))),
        ("workstation_cert", Statement::WorkstationCert(c.workstation_cert(&c.station))),
        ("role_grant", Statement::RoleGrant(c.role(&c.june, 1, Role::FrontDesk))),
        ("role_grant_custom", Statement::RoleGrant(custom)),
        ("group_policy", Statement::GroupPolicy(commands::group(&c, 1, Settings { idle_lock_s: Some(60), ..Settings::default() }))),
        ("command", Statement::Command(commands::wipe(&c, 1))),
        ("approval", Statement::Approval(Approval { org: c.org, command: commands::wipe(&c, 1).command, issued_at: MONDAY })),
        ("receipt", Statement::Receipt(commands::receipt(&c, &commands::wipe(&c, 1)))),
        ("custody", Statement::Custody(custody::handed(&c, 1, Some(c.omar.account)))),
        ("custody_nobody", Statement::Custody(custody::handed(&c, 2, None))),
        ("incident", Statement::Incident(incidents::missed(&c, 1))),
        ("incident_closed", Statement::IncidentClosed(incidents::closed(&c, 1, IncidentOutcome::WrittenOff))),
        ("revocations", Statement::Revocations(c.revocations(1, vec![c.june.device]))),
    ];
    for (name, statement) in forms {
        insta::assert_snapshot!(format!("statement_{name}"), lines(&cbor::encode(&statement)));
    }
}

#[test]
fn signers() {
    let c = Clinic::new();
    let machine = Signer::Workstation(c.station.workstation);
    let signers = [Signer::Root, c.admin(), Signer::Invite(c.omar.invite), c.omar.signer(), Signer::Token(c.station.token), machine];
    let all: String = signers.iter().map(|signer| hex::encode(cbor::encode(signer)) + "\n").collect();
    insta::assert_snapshot!("signers", all);
}

#[test]
fn a_signed_statement() {
    let c = Clinic::new();
    insta::assert_snapshot!("signed", lines(&cbor::encode(&c.sign_device_cert(&c.omar, &c.device_cert(&c.omar)))));
}

#[test]
fn an_event_entry_and_its_header() {
    let c = Clinic::new();
    let entry = event::seal(&c, &event::message("Potassium 6.1, please call."), "form").unwrap();
    insta::assert_snapshot!("header", lines(&entry.header));
    insta::assert_snapshot!("event_entry", lines(&entry.encode()));
    assert!(SealedEntry::parse(&entry.encode()).is_ok());
}

#[test]
fn a_key_entry_and_its_body() {
    let c = Clinic::new();
    let (members, previous) = (key_entry::members(&c), key_entry::previous());
    let plan = key_entry::plan(&c, &members, &previous);
    let made = sotto_crypto::key_entry::make_key_entry(&plan, &mut rng("key entry form")).unwrap();
    insta::assert_snapshot!("key_body", lines(&made.entry.body));
    insta::assert_snapshot!("key_entry", lines(&made.entry.encode()));
    let boxes: String = made.boxes.iter().map(|(account, bytes)| format!("{account}\n{}", lines(bytes))).collect();
    insta::assert_snapshot!("boxes", boxes);
}

#[test]
fn contents() {
    let patient = Patient {
        family: "Testpatient".into(),
        given: "Ada".into(),
        preferred: Some("Ada".into()),
        birth_date: "1980-02-29".into(),
        mrn: "0012345".into(),
        pronouns: None,
        language: Some("es".into()),
    };
    let message = Event::Message(Message {
        text: "Call me.".into(),
        priority: Priority::Stat,
        answers: vec![Answer::Agree, Answer::Text("In 5 min".into())],
    });
    let described = Event::Described(Description { title: Some("Refill".into()), patient: Some(patient), reason: None });
    let file = Event::File(SharedFile {
        file: FileId::from_bytes([0x53; 16]),
        key: FileKey::from_bytes([0x51; 32]),
        bytes: 1_843_200,
        hash: Hash::from_bytes([0x54; 32]),
        media_type: "image/png".into(),
        name: "wound.png".into(),
        text: "Day 4.".into(),
        priority: Priority::Action,
    });
    let exported = Event::Exported(ExportedFile { entry: EntryId::from_bytes([0x55; 16]) });
    let receipt = Event::Receipt(Receipt { stored: 7, displayed: 5 });
    let answer = Some(Answer::Text("In 5 min".into()));
    let acknowledged = Event::Acknowledged(Acknowledgement { message: EntryId::from_bytes([7; 16]), answer });
    let events = [
        ("message", message),
        ("described", described),
        ("file", file),
        ("exported", exported),
        ("read", Event::Read(ReadMark { turn: 1, upto: 41 })),
        ("receipt", receipt),
        ("acknowledged", acknowledged),
    ];
    for (name, event) in events {
        let content = Content { event, sent_at: MONDAY, anchor: Anchor::START, directory: DirectoryHead::START };
        insta::assert_snapshot!(format!("content_{name}"), lines(&cbor::encode(&content)));
    }
}
