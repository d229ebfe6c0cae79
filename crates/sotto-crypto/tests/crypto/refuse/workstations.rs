//! Machines that IT did not let in, and what a token, a machine or a stolen grant is stretched to.

use serde_bytes::ByteBuf;
use sotto_crypto::{SigningKey, statement};
use sotto_protocol::directory::StatementError;
use sotto_protocol::key::Suite;
use sotto_protocol::statement::{
    DeviceCert, Revocations, Scope, Signed, Signer, Statement, WorkstationCert, WorkstationKind, WorkstationToken,
};
use sotto_protocol::{DeviceId, GrantId, OrgId, TokenId, WorkstationId, cbor};

use super::{Refused, refused};
use crate::clinic::{Clinic, DAY, MONDAY, Machine, Person, id, seed};

/// All of them.
pub fn all(c: &Clinic) -> Vec<Refused> {
    let mut list = tokens(c);
    list.extend(forged(c));
    list.extend(stretched(c));
    list.extend(devices(c));
    list.extend(shut_out(c));
    list.push(old_form(c));
    list
}

/// A machine that is new, and the admin's token for it.
fn lab(c: &Clinic) -> (Machine, Signed) {
    let lab = Machine::new("WS 12", "Lab", WorkstationKind::Shared);
    let token = c.by_admin(&Statement::WorkstationToken(c.token(&lab)));
    (lab, token)
}

/// Who may make a token.
fn tokens(c: &Clinic) -> Vec<Refused> {
    let (lab, _) = lab(c);
    let token = c.token(&lab);
    let statement = Statement::WorkstationToken(token.clone());
    let clerk_key = SigningKey::from_seed(seed("desk admin key"));
    let clerk = GrantId::from_bytes(id("desk grant"));
    let mut narrow = c.grant();
    (narrow.grant, narrow.admin_key, narrow.scopes) = (clerk, clerk_key.verify_key(), vec![Scope::Invite, Scope::Revoke]);
    let mut out = c.revocations(2, vec![c.june.device]);
    out.accounts = vec![(c.nadia.account, 1)];
    let elsewhere = WorkstationToken { org: OrgId::from_bytes(id("another clinic")), ..token.clone() };
    vec![
        Refused {
            name: "a token by an admin who may invite and revoke",
            before: c.granted(&narrow),
            signed: statement::sign(&Signer::Admin(clerk), &statement, &clerk_key),
            error: StatementError::NotPermitted,
        },
        refused("a token by a person", statement::sign(&c.omar.signer(), &statement, &c.omar.signing), StatementError::NotPermitted),
        refused(
            "a token by a token",
            statement::sign(&Signer::Token(c.station.token), &statement, &c.station.token_key),
            StatementError::NotPermitted,
        ),
        refused("a token that the server signs", statement::sign(&c.admin(), &statement, &server()), StatementError::BadSignature),
        refused(
            "a token after the grant ended",
            {
                let late = WorkstationToken { not_before: MONDAY + 400 * DAY, not_after: MONDAY + 401 * DAY, ..token };
                c.by_admin(&Statement::WorkstationToken(late))
            },
            StatementError::Expired,
        ),
        Refused {
            name: "a token by an admin whose account is revoked",
            before: vec![c.by_root(&Statement::Revocations(out))],
            signed: c.by_admin(&statement),
            error: StatementError::NotPermitted,
        },
        refused("a token's id taken twice", c.by_admin(&Statement::WorkstationToken(c.token(&c.station))), StatementError::Duplicate),
        refused("a token of another organisation", c.by_admin(&Statement::WorkstationToken(elsewhere)), StatementError::UnknownSigner),
    ]
}

fn server() -> SigningKey {
    SigningKey::from_seed(seed("the server's own key"))
}

/// Machines that the server, or anybody without the token, lets in.
fn forged(c: &Clinic) -> Vec<Refused> {
    let (lab, token) = lab(c);
    let cert = Statement::WorkstationCert(c.workstation_cert(&lab));
    let after_token = |name, signed, error| Refused { name, before: vec![token.clone()], signed, error };
    vec![
        after_token(
            "a machine that the server lets in",
            statement::sign(&Signer::Token(lab.token), &cert, &server()),
            StatementError::BadSignature,
        ),
        after_token("a machine by the root", c.by_root(&cert), StatementError::NotPermitted),
        after_token("a machine by the admin", c.by_admin(&cert), StatementError::NotPermitted),
        after_token("a machine by a person", statement::sign(&c.omar.signer(), &cert, &c.omar.signing), StatementError::NotPermitted),
        after_token(
            "a machine by an invite",
            statement::sign(&Signer::Invite(c.omar.invite), &cert, &c.omar.invite_key),
            StatementError::NotPermitted,
        ),
        after_token(
            "a token's signature moved to another machine",
            {
                let genuine = c.sign_workstation_cert(&lab, &c.workstation_cert(&lab));
                let other = WorkstationCert { workstation_key: server().verify_key(), ..c.workstation_cert(&lab) };
                Signed { statement: ByteBuf::from(cbor::encode(&Statement::WorkstationCert(other))), ..genuine }
            },
            StatementError::BadSignature,
        ),
        refused(
            "a machine whose token nobody made",
            c.sign_workstation_cert(&lab, &c.workstation_cert(&lab)),
            StatementError::UnknownSigner,
        ),
        refused(
            "a person by a workstation token",
            {
                let wei = Person::new("wei", Suite::X25519, "Wei Zhang", "RN");
                let signer = Signer::Token(c.station.token);
                statement::sign(&signer, &Statement::AccountCert(c.account_cert(&wei)), &c.station.token_key)
            },
            StatementError::NotPermitted,
        ),
    ]
}

/// A genuine token used for more than it says.
fn stretched(c: &Clinic) -> Vec<Refused> {
    let (lab, token) = lab(c);
    let genuine = c.workstation_cert(&lab);
    let after_token = |name, cert: WorkstationCert, error| Refused {
        name,
        before: vec![token.clone()],
        signed: c.sign_workstation_cert(&lab, &cert),
        error,
    };
    vec![
        after_token(
            "a shared machine that says it is private, to lock later",
            WorkstationCert { kind: WorkstationKind::Private, ..genuine.clone() },
            StatementError::NotPermitted,
        ),
        after_token(
            "a token used a day too late",
            WorkstationCert { issued_at: MONDAY + 4 * DAY, ..genuine.clone() },
            StatementError::Expired,
        ),
        after_token("a token used before it holds", WorkstationCert { issued_at: MONDAY - 1, ..genuine.clone() }, StatementError::Expired),
        after_token(
            "a token used in the name of another",
            WorkstationCert { token: c.station.token, ..genuine.clone() },
            StatementError::NotPermitted,
        ),
        after_token(
            "a machine that takes another one's id",
            WorkstationCert { workstation: c.station.workstation, ..genuine },
            StatementError::Duplicate,
        ),
        refused(
            "a token used twice, for another machine",
            {
                let second = WorkstationCert {
                    workstation: WorkstationId::from_bytes(id("second machine")),
                    workstation_key: server().verify_key(),
                    ..c.workstation_cert(&c.station)
                };
                c.sign_workstation_cert(&c.station, &second)
            },
            StatementError::Duplicate,
        ),
        refused(
            "a machine's certificate again",
            c.sign_workstation_cert(&c.station, &c.workstation_cert(&c.station)),
            StatementError::Duplicate,
        ),
    ]
}

/// Omar's second device, on some machine.
fn second_device(c: &Clinic, workstation: WorkstationId) -> Signed {
    let cert = DeviceCert { device: DeviceId::from_bytes(id("omar's second device")), workstation, ..c.device_cert(&c.omar) };
    c.sign_device_cert(&c.omar, &cert)
}

fn without(c: &Clinic, version: u64, workstations: Vec<WorkstationId>) -> Revocations {
    Revocations { workstations, ..c.revocations(version, vec![c.june.device]) }
}

/// A watched password at a machine that is not the clinic's.
fn devices(c: &Clinic) -> Vec<Refused> {
    let (lab, token) = lab(c);
    let station_out = c.by_admin(&Statement::Revocations(without(c, 2, vec![c.station.workstation])));
    vec![
        refused(
            "a device on a machine nobody knows",
            second_device(c, WorkstationId::from_bytes(id("a home computer"))),
            StatementError::NotPermitted,
        ),
        Refused {
            name: "a device on a machine that has a token and did not use it",
            before: vec![token],
            signed: second_device(c, lab.workstation),
            error: StatementError::NotPermitted,
        },
        Refused {
            name: "a device on a machine that was shut out",
            before: vec![station_out],
            signed: second_device(c, c.station.workstation),
            error: StatementError::NotPermitted,
        },
        refused(
            "a device that the machine certifies itself",
            {
                let cert = DeviceCert { device: DeviceId::from_bytes(id("the machine's device")), ..c.device_cert(&c.omar) };
                statement::sign(&Signer::Token(c.station.token), &Statement::DeviceCert(cert), &c.station.token_key)
            },
            StatementError::NotPermitted,
        ),
    ]
}

/// Revocations of machines, and of what nobody used yet.
fn shut_out(c: &Clinic) -> Vec<Refused> {
    let (lab, token) = lab(c);
    let withdrawn = |token: TokenId| WorkstationId::from_bytes(*token.as_bytes());
    let wei = Person::new("wei", Suite::X25519, "Wei Zhang", "RN");
    let mut no_wei = c.revocations(2, vec![c.june.device]);
    no_wei.accounts = vec![(wei.account, 1)];
    vec![
        Refused {
            name: "revocations that forget a machine",
            before: vec![c.by_admin(&Statement::Revocations(without(c, 2, vec![c.station.workstation, c.office.workstation])))],
            signed: c.by_admin(&Statement::Revocations(without(c, 3, vec![c.office.workstation]))),
            error: StatementError::Rollback,
        },
        refused(
            "a machine shut out by a person",
            statement::sign(&c.omar.signer(), &Statement::Revocations(without(c, 2, vec![c.station.workstation])), &c.omar.signing),
            StatementError::NotPermitted,
        ),
        Refused {
            name: "a token that was withdrawn before anybody used it",
            before: vec![token, c.by_admin(&Statement::Revocations(without(c, 2, vec![withdrawn(lab.token)])))],
            signed: c.sign_workstation_cert(&lab, &c.workstation_cert(&lab)),
            error: StatementError::NotPermitted,
        },
        Refused {
            name: "an invite that was withdrawn before anybody used it",
            before: vec![c.by_admin(&Statement::Invite(c.invite(&wei))), c.by_admin(&Statement::Revocations(no_wei))],
            signed: c.sign_account_cert(&wei, &c.account_cert(&wei)),
            error: StatementError::NotPermitted,
        },
    ]
}

/// Revocations as they were before machines stood in them: taken, they would forget every machine.
fn old_form(c: &Clinic) -> Refused {
    let mut value = ciborium::Value::serialized(&Statement::Revocations(c.revocations(2, vec![c.june.device]))).unwrap();
    let ciborium::Value::Map(outer) = &mut value else { panic!("a statement is a map") };
    let ciborium::Value::Map(fields) = &mut outer[0].1 else { panic!("revocations are a map") };
    assert_eq!(fields.pop().unwrap().0.as_text(), Some("workstations"));
    let mut bytes = Vec::new();
    ciborium::into_writer(&value, &mut bytes).unwrap();
    let signature = c.admin_key.sign(&sotto_protocol::statement::signed_bytes(&c.admin(), &bytes));
    let signed = Signed { statement: ByteBuf::from(bytes), signer: c.admin(), signature };
    refused("revocations in the form before machines stood in them", signed, StatementError::Malformed)
}
