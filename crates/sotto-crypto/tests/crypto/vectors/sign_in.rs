//! A login, its sealed keys and a recovery code, all from fixed seeds: whoever was registered with them must be able to sign in for good.

use ring::rand::SystemRandom;
use serde_json::{Value, json};
use sotto_credential::opaque::ServerSetup;
use sotto_crypto::bundle::{BundlePlace, open_bundle, seal_bundle};
use sotto_crypto::login::{self, Login};
use sotto_crypto::opaque::{Registration, SignIn};
use sotto_crypto::recovery::{RecoveryCode, open_recovery, seal_recovery};
use sotto_crypto::totp::TotpSecret;
use sotto_crypto::vault_key::KdfParams;
use sotto_crypto::{OsRandom, Secret32};

use crate::clinic::{Clinic, MONDAY, rng, seed};
use crate::sign_in::{assert_same, keys, workstation_secret};

const PASSWORD: &str = "correct horse battery staple";
const VERSION: u64 = 3;

/// A setup with fixed bytes: the seed of all credentials, a private key below the group's order, and a public key nobody has (the group's
/// base point) for logins that are not there.
fn setup() -> Vec<u8> {
    let mut private = *seed("opaque private key").as_bytes();
    private[31] &= 0x0f;
    let nobody = hex::decode("e2f2ae0a6abc4e71a884a961c500515f58e30b6aa582dd8db6a65945e08d2d76").unwrap();
    [seed("opaque seed, 1").as_bytes().as_slice(), seed("opaque seed, 2").as_bytes(), &private, &nobody].concat()
}

pub fn sign_in(c: &Clinic) -> Value {
    let (secret, name) = (workstation_secret(), Login::parse("n.rahman").unwrap());
    let handle = login::handle(&secret, &name);
    let server = ServerSetup::from_bytes(&setup()).unwrap();
    let rng = &mut rng("registration");
    let (registration, request) = Registration::start(PASSWORD.as_bytes(), &secret, rng).unwrap();
    let response = server.register(handle, &request).unwrap();
    let registered = registration.finish(&response, rng).unwrap();
    let bundle = seal_bundle(&keys(c), VERSION, &registered.export_key, &secret, rng).unwrap();
    let code = RecoveryCode::generate(rng);
    let recovery = seal_recovery(&keys(c), &code, &secret, KdfParams::FLOOR, rng).unwrap();
    let totp = TotpSecret::from_slice(&seed("totp").as_bytes()[..20]).unwrap();
    json!({
        "workstation_secret": hex::encode(secret.as_bytes()),
        "login": name.as_str(),
        "login_handle": handle.to_string(),
        "password": PASSWORD,
        "org": c.org.to_string(),
        "account": c.nadia.account.to_string(),
        "server_setup": hex::encode(setup()),
        "registration_request": hex::encode(&request),
        "registration_response": hex::encode(&response),
        "record": hex::encode(&registered.record),
        "export_key": hex::encode(registered.export_key.as_bytes()),
        "bundle_version": VERSION,
        "bundle": hex::encode(&bundle),
        "recovery_code": code.text().as_str(),
        "recovery_id": code.id(&secret).to_string(),
        "recovery_box": hex::encode(&recovery),
        "totp_secret": hex::encode(totp.as_bytes()),
        "totp_uri": totp.uri(name.as_str()),
        "totp_at_s": MONDAY / 1_000,
        "totp_code": totp.code(MONDAY / 1_000),
    })
}

/// The published bytes, and not only those this code would make now: a derivation that changes would lock everybody out.
#[test]
fn a_login_that_was_registered_before_still_opens() {
    let clinic = Clinic::new();
    let text = std::fs::read_to_string(super::folder().join("sign_in.json")).unwrap();
    let file: Value = serde_json::from_str(&text).unwrap();
    let bytes = |name: &str| hex::decode(file[name].as_str().unwrap()).unwrap();
    let secret = Secret32::from_slice(&bytes("workstation_secret")).unwrap();
    let handle = login::handle(&secret, &Login::parse(file["login"].as_str().unwrap()).unwrap());
    assert_eq!(handle.to_string(), file["login_handle"]);
    let at = (clinic.org, clinic.office.workstation);

    let server = ServerSetup::from_bytes(&bytes("server_setup")).unwrap();
    let (sign_in, request) = SignIn::start(file["password"].as_str().unwrap().as_bytes(), &secret, &mut OsRandom::new()).unwrap();
    let started = server.start_login(handle, Some(&bytes("record")), &request, at, &SystemRandom::new()).unwrap();
    let signed_in = sign_in.finish(&started.response, at, &mut OsRandom::new()).unwrap();
    assert_eq!(started.state.finish(&signed_in.finish, at), Ok(()));
    assert_eq!(signed_in.export_key.as_bytes(), bytes("export_key"));

    let place = BundlePlace { org: clinic.org, account: clinic.nadia.account, version: file["bundle_version"].as_u64().unwrap() };
    assert_same(&open_bundle(&bytes("bundle"), &place, &signed_in.export_key, &secret).unwrap(), &keys(&clinic));

    let code = RecoveryCode::parse(file["recovery_code"].as_str().unwrap()).unwrap();
    assert_eq!(code.id(&secret).to_string(), file["recovery_id"]);
    let recovered = open_recovery(&bytes("recovery_box"), (clinic.org, clinic.nadia.account), &code, &secret).unwrap();
    assert_same(&recovered, &keys(&clinic));

    let totp = TotpSecret::from_slice(&bytes("totp_secret")).unwrap();
    let (at_s, code) = (file["totp_at_s"].as_u64().unwrap(), file["totp_code"].as_str().unwrap());
    assert_eq!(totp.check(code, at_s, None), Some(at_s / 30));
}
