//! A request's proof and the vault's key hierarchy.

use serde_json::{Value, json};
use sotto_crypto::request::sign_request;
use sotto_crypto::vault_key::{
    KdfParams, Opener, VaultIds, VmkBinding, derive_db_key, derive_integrity_key, derive_kek, derive_pin_half, wrap_vmk,
};
use sotto_protocol::key::Salt;
use sotto_protocol::request::request_bytes;
use sotto_protocol::verify::sha256;
use sotto_protocol::{AccountId, OrgId, WorkstationId};

use crate::clinic::{Clinic, MONDAY, id, rng, seed};

pub fn requests(clinic: &Clinic) -> Value {
    let nadia = &clinic.nadia;
    let cases = [("GET", "/v1/feed?after=4711", &b""[..]), ("POST", "/v1/entries", &[0x81, 0x82, 0x40, 0x80])];
    let proofs = cases.map(|(method, target, body)| {
        let nonce = Salt::from_bytes(id(target));
        let proof = sign_request(&nadia.device_key, nadia.device, MONDAY, nonce, method, target, body);
        json!({
            "method": method,
            "target": target,
            "body": hex::encode(body),
            "signed": hex::encode(request_bytes(nadia.device, MONDAY, &nonce, method, target, &sha256(&[body]))),
            "header": proof.header(),
        })
    });
    let station = &clinic.station;
    let by_workstation = [("POST", "/v1/sign-in/start", &b"{}"[..])].map(|(method, target, body)| {
        let nonce = Salt::from_bytes(id(target));
        let proof = sign_request(&station.key, station.workstation, MONDAY, nonce, method, target, body);
        json!({
            "method": method,
            "target": target,
            "body": hex::encode(body),
            "signed": hex::encode(request_bytes(station.workstation, MONDAY, &nonce, method, target, &sha256(&[body]))),
            "header": proof.header(),
        })
    });
    json!({
        "workstation_private": hex::encode(station.key.seed().as_bytes()),
        "workstation_key": hex::encode(station.key.verify_key().as_bytes()),
        "workstation_proofs": by_workstation,
        "device_private": hex::encode(nadia.device_key.seed().as_bytes()),
        "device_key": hex::encode(nadia.device_key.verify_key().as_bytes()),
        "proofs": proofs,
    })
}

pub fn vault() -> Value {
    let ids = VaultIds {
        org: OrgId::from_bytes(id("org")),
        account: AccountId::from_bytes(id("account")),
        workstation: WorkstationId::from_bytes(id("workstation")),
    };
    let (password, salt) = ("correct horse battery staple", id("salt"));
    let (k_dev, s_srv, vmk) = (seed("K_dev"), seed("S_srv"), seed("VMK"));
    let params = KdfParams::FLOOR;
    let kek = derive_kek(Opener::Password, password.as_bytes(), &salt, &k_dev, &s_srv, &ids, &params).unwrap();
    let binding = VmkBinding { ids, params, version: 1, counter: 1 };
    let wrapped = wrap_vmk(Opener::Password, &kek, &vmk, &binding, &mut rng("vmk nonce"));
    let (pin, pin_salt, k_pin) = ("314159", id("PIN salt"), seed("K_pin"));
    let half = derive_pin_half(&k_dev, &k_pin);
    let pin_kek = derive_kek(Opener::Pin, pin.as_bytes(), &pin_salt, &half, &s_srv, &ids, &params).unwrap();
    let pin_wrapped = wrap_vmk(Opener::Pin, &pin_kek, &vmk, &binding, &mut rng("PIN nonce"));
    let (db_key, db_salt) = derive_db_key(&vmk);
    json!({
        "password": password,
        "salt": hex::encode(salt),
        "k_dev": hex::encode(k_dev.as_bytes()),
        "s_srv": hex::encode(s_srv.as_bytes()),
        "org": ids.org.to_string(),
        "account": ids.account.to_string(),
        "workstation": ids.workstation.to_string(),
        "m_kib": params.m_kib,
        "t": params.t,
        "p": params.p,
        "kek": hex::encode(kek.as_bytes()),
        "version": binding.version,
        "counter": binding.counter,
        "wrapped_vmk": hex::encode(wrapped),
        "vmk": hex::encode(vmk.as_bytes()),
        "db_key": hex::encode(db_key.as_bytes()),
        "db_salt": hex::encode(db_salt),
        "pin": pin,
        "pin_salt": hex::encode(pin_salt),
        "k_pin": hex::encode(k_pin.as_bytes()),
        "pin_half": hex::encode(half.as_bytes()),
        "pin_kek": hex::encode(pin_kek.as_bytes()),
        "pin_wrapped_vmk": hex::encode(pin_wrapped),
        "integrity_key": hex::encode(derive_integrity_key(&vmk).as_bytes()),
    })
}
