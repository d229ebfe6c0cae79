//! Sealed names and the invite's text.

use serde_json::{Value, json};
use sotto_crypto::invite::InviteCode;
use sotto_crypto::login::Login;
use sotto_crypto::profile::{open_clinic, open_profile, seal_profile};
use sotto_crypto::workstation_token::WorkstationTokenCode;
use sotto_protocol::statement::Profile;

use crate::clinic::{Clinic, rng};
use crate::sign_in::workstation_secret;

pub fn profiles(clinic: &Clinic) -> Value {
    let key = &clinic.directory_key;
    let long = Profile { name: "María de los Ángeles ".repeat(5), title: "Enfermera".into() };
    let profiles = [&clinic.nadia.profile, &clinic.omar.profile, &long];
    let sealed: Vec<Value> = [&clinic.nadia, &clinic.omar, &clinic.june]
        .iter()
        .zip(profiles)
        .map(|(person, profile)| {
            let sealed = seal_profile(key, person.account, profile, &mut rng(&profile.name)).unwrap();
            assert_eq!(open_profile(key, person.account, &sealed).unwrap(), *profile);
            json!({
                "account": person.account.to_string(),
                "name": profile.name,
                "title": profile.title,
                "sealed": hex::encode(sealed),
            })
        })
        .collect();
    let policy = clinic.policy(1);
    json!({
        "directory_key": hex::encode(key.as_bytes()),
        "profiles": sealed,
        "clinic": {
            "org": clinic.org.to_string(),
            "name": open_clinic(key, clinic.org, &policy.name).unwrap(),
            "sealed": hex::encode(&policy.name),
        },
    })
}

pub fn workstation_tokens(clinic: &Clinic) -> Value {
    let station = &clinic.station;
    let code = WorkstationTokenCode {
        server: "https://sotto.clinic.example:8443".into(),
        ca_der: b"stands for a certificate".to_vec(),
        root: clinic.root.verify_key(),
        workstation_secret: workstation_secret(),
        token: station.token,
        seed: station.token_key.seed().clone(),
        kind: station.kind,
    };
    json!([{
        "text": code.encode(),
        "server": code.server,
        "ca_der": hex::encode(&code.ca_der),
        "root": hex::encode(code.root.as_bytes()),
        "workstation_secret": hex::encode(code.workstation_secret.as_bytes()),
        "token": code.token.to_string(),
        "token_private": hex::encode(code.seed.as_bytes()),
        "kind": code.kind,
    }])
}

pub fn invites(clinic: &Clinic) -> Value {
    let omar = &clinic.omar;
    let code = InviteCode {
        server: "https://sotto.clinic.example:8443".into(),
        ca_der: b"stands for a certificate".to_vec(),
        root: clinic.root.verify_key(),
        directory_key: clinic.directory_key.clone(),
        invite: omar.invite,
        account: omar.account,
        generation: omar.generation,
        seed: omar.invite_key.seed().clone(),
        login: Login::parse("o.haddad").unwrap(),
    };
    json!([{
        "text": code.encode(),
        "server": code.server,
        "ca_der": hex::encode(&code.ca_der),
        "root": hex::encode(code.root.as_bytes()),
        "directory_key": hex::encode(code.directory_key.as_bytes()),
        "invite": code.invite.to_string(),
        "account": code.account.to_string(),
        "generation": code.generation,
        "login": code.login.as_str(),
        "invite_private": hex::encode(code.seed.as_bytes()),
    }])
}
