//! Whether the published vectors in the workspace's tests/vectors are what this code makes, byte for byte.
//!
//! `cargo test -p sotto-crypto --test crypto -- --ignored write_the_published_vectors` writes them anew; a difference in them is a
//! change of the protocol.

mod boxes;
mod entries;
mod files;
mod keys;
mod names;
mod sign_in;

use std::path::PathBuf;

use serde_json::{Value, json};
use sotto_protocol::cbor;
use sotto_protocol::role::Role;
use sotto_protocol::statement::{Action, Command, IncidentOutcome, Signed, Signer, Statement};

use crate::clinic::Clinic;
use crate::refuse;

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests/vectors")
}

/// Every file and its content.
fn all() -> Vec<(&'static str, Value)> {
    let clinic = Clinic::new();
    vec![
        ("statements.json", statements(&clinic)),
        ("boxes.json", boxes::boxes()),
        ("key_entries.json", entries::key_entries(&clinic)),
        ("events.json", entries::events(&clinic)),
        ("chain.json", entries::chain(&clinic)),
        ("files.json", files::files()),
        ("requests.json", keys::requests(&clinic)),
        ("vault.json", keys::vault()),
        ("profiles.json", names::profiles(&clinic)),
        ("invites.json", names::invites(&clinic)),
        ("workstation_tokens.json", names::workstation_tokens(&clinic)),
        ("sign_in.json", sign_in::sign_in(&clinic)),
        ("limits.json", limits()),
    ]
}

/// The limits that a reader in another language needs as well.
fn limits() -> Value {
    use sotto_protocol::limits as of;
    json!({
        "MESSAGE_CHARS": of::MESSAGE_CHARS,
        "TITLE_CHARS": of::TITLE_CHARS,
        "FIELD_CHARS": of::FIELD_CHARS,
        "ANSWERS": of::ANSWERS,
        "ANSWER_CHARS": of::ANSWER_CHARS,
        "BODY_BYTES": of::BODY_BYTES,
        "ENTRY_BYTES": of::ENTRY_BYTES,
        "HEADER_BYTES": of::HEADER_BYTES,
        "MEMBERS": of::MEMBERS,
        "ALERTS": of::ALERTS,
        "BOX_BYTES": of::BOX_BYTES,
        "STATEMENT_BYTES": of::STATEMENT_BYTES,
        "PROFILE_BYTES": of::PROFILE_BYTES,
        "FILE_BYTES": of::FILE_BYTES,
        "FILE_CHUNK_BYTES": of::FILE_CHUNK_BYTES,
        "FILE_LAST_BYTES": of::FILE_LAST_BYTES,
        "PROTOCOL_VERSION": sotto_protocol::PROTOCOL_VERSION,
        "BUCKETS": sotto_crypto::pad::BUCKETS,
    })
}

fn statements(clinic: &Clinic) -> Value {
    let bytes = |signed: &Signed| hex::encode(cbor::encode(signed));
    let accepted: Vec<Value> = clinic.statements().iter().map(|(name, signed)| json!({"name": name, "signed": bytes(signed)})).collect();
    let refused: Vec<Value> = refuse::all(clinic)
        .iter()
        .map(|r| {
            let before: Vec<String> = r.before.iter().map(bytes).collect();
            json!({"name": r.name, "before": before, "signed": bytes(&r.signed), "error": error_name(r.error)})
        })
        .collect();
    let people = [&clinic.nadia, &clinic.omar, &clinic.june];
    let accounts = people.map(|p| {
        json!({
            "account": p.account.to_string(),
            "generation": p.generation,
            "role": clinic.directory().role(&p.account).unwrap().role,
            "signing_key": hex::encode(p.signing.verify_key().as_bytes()),
            "sealing_suite": u8::from(p.sealing.public().suite),
            "sealing_key": hex::encode(&p.sealing.public().key),
        })
    });
    let devices = people.map(|p| json!({"device": p.device.to_string(), "revoked": p.device == clinic.june.device}));
    let machines = [&clinic.station, &clinic.office].map(|m| {
        let profile = clinic.directory().token(&m.token).unwrap().0.profile.clone();
        let opened = sotto_crypto::profile::open_workstation(&clinic.directory_key, m.token, &profile).unwrap();
        assert_eq!(opened, m.profile);
        json!({"workstation": m.workstation.to_string(), "kind": m.kind, "key": hex::encode(m.key.verify_key().as_bytes()), "revoked": false})
    });
    let after = json!({"accounts": accounts, "devices": devices, "workstations": machines, "policy_version": 1, "revocations_version": 1});
    let roles: serde_json::Map<String, Value> =
        Role::ALL.into_iter().map(|role| (role.as_str().into(), json!(role.permissions()))).collect();
    json!({
        "root": hex::encode(clinic.root.verify_key().as_bytes()),
        "org": clinic.org.to_string(),
        "accepted": accepted,
        "after": after,
        "roles": roles,
        "refused": refused,
        "custody": custody(clinic),
        "incidents": incidents(clinic),
    })
}

/// A machine that goes from hand to hand, and its log after that.
fn custody(clinic: &Clinic) -> Value {
    let handed = |serial, custodian| Statement::Custody(refuse::custody::handed(clinic, serial, custodian));
    let signed = [
        clinic.by_root(&handed(1, Some(clinic.june.account))),
        clinic.by_admin(&handed(4, Some(clinic.omar.account))),
        clinic.by_admin(&handed(5, None)),
    ];
    let mut directory = clinic.directory();
    for one in &signed {
        directory.apply(one).unwrap();
    }
    let station = clinic.station.workstation;
    let log: Vec<Value> = directory
        .custody_changes(&station)
        .map(|change| {
            let custody = &change.custody;
            json!({
                "custodian": custody.custodian.map(|account| account.to_string()),
                "by": change.by.map(|account| account.to_string()),
                "serial": custody.serial,
                "location": hex::encode(&custody.location),
            })
        })
        .collect();
    json!({"signed": signed.map(|one| hex::encode(cbor::encode(&one))), "workstation": station.to_string(), "log": log})
}

/// A machine that was found again, was lost once more and wiped itself, and the register after that.
fn incidents(clinic: &Clinic) -> Value {
    let missed = |number| clinic.by_admin(&Statement::Incident(refuse::incidents::missed(clinic, number)));
    let closed = |number, outcome| Statement::IncidentClosed(refuse::incidents::closed(clinic, number, outcome));
    let order = |serial| refuse::commands::wipe(clinic, serial);
    let lock = Command { action: Action::Lock, ..order(1) };
    let receipt = Statement::Receipt(refuse::commands::receipt(clinic, &order(2)));
    let signed = [
        missed(1),
        clinic.by_admin(&Statement::Command(lock)),
        clinic.by_root(&closed(1, IncidentOutcome::Found)),
        missed(2),
        clinic.by_admin(&Statement::Command(order(2))),
        sotto_crypto::statement::sign(&Signer::Workstation(clinic.station.workstation), &receipt, &clinic.station.key),
        clinic.by_admin(&closed(2, IncidentOutcome::Wiped)),
    ];
    let mut directory = clinic.directory();
    for one in &signed {
        directory.apply(one).unwrap();
    }
    let register: Vec<Value> = directory
        .incidents()
        .map(|reported| {
            let (incident, end) = (&reported.incident, reported.end.as_ref().unwrap());
            let commands: Vec<String> = directory.incident_commands(reported).map(|issued| issued.command.command.to_string()).collect();
            json!({
                "incident": incident.incident.to_string(),
                "workstation": incident.workstation.to_string(),
                "reason": incident.reason,
                "by": reported.by.map(|account| account.to_string()),
                "outcome": end.closed.outcome,
                "closed_by": end.by.map(|account| account.to_string()),
                "commands": commands,
            })
        })
        .collect();
    json!({"signed": signed.map(|one| hex::encode(cbor::encode(&one))), "register": register})
}

fn error_name(error: sotto_protocol::directory::StatementError) -> String {
    let camel = format!("{error:?}");
    let mut name = String::new();
    for c in camel.chars() {
        if c.is_uppercase() && !name.is_empty() {
            name.push('_');
        }
        name.push(c.to_ascii_lowercase());
    }
    name
}

#[test]
fn the_published_vectors_are_what_this_code_makes() {
    for (name, made) in all() {
        let text = std::fs::read_to_string(folder().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"));
        let published: Value = serde_json::from_str(&text).unwrap();
        // Not assert_eq: a difference would print two files.
        assert!(published == made, "{name} differs: the protocol changed, or the file was edited");
    }
}

#[test]
#[ignore = "writes into the source tree"]
fn write_the_published_vectors() {
    std::fs::create_dir_all(folder()).unwrap();
    for (name, made) in all() {
        let text = serde_json::to_string_pretty(&made).unwrap() + "\n";
        std::fs::write(folder().join(name), text).unwrap();
    }
}
