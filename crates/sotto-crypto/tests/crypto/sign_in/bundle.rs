//! The sealed account bundle, and what does not open it.

use std::sync::LazyLock;

use ring::rand::SystemRandom;
use sotto_credential::opaque::ServerSetup;
use sotto_crypto::bundle::{AccountBundle, BundleError, BundlePlace, open_bundle, seal_bundle};
use sotto_crypto::opaque::{ExportKey, Registration};
use sotto_crypto::{OsRandom, Secret32};
use sotto_protocol::limits::BUNDLE_BYTES;
use sotto_protocol::{ErrorCode, LoginHandle, OrgId};

use super::{assert_same, keys, workstation_secret};
use crate::clinic::{Clinic, rng, seed};

/// Two registrations' export keys; made once, since each takes as long as a guess.
static EXPORT_KEYS: LazyLock<[ExportKey; 2]> = LazyLock::new(|| [(); 2].map(|()| export_key()));

fn export_key() -> ExportKey {
    let server = ServerSetup::generate(&SystemRandom::new());
    let (registration, request) = Registration::start(b"demo valley clinic", &workstation_secret(), &mut OsRandom::new()).unwrap();
    let response = server.register(LoginHandle::from_bytes([1; 16]), &request).unwrap();
    registration.finish(&response, &mut OsRandom::new()).unwrap().export_key
}

fn place(c: &Clinic, version: u64) -> BundlePlace {
    BundlePlace { org: c.org, account: c.nadia.account, version }
}

fn seal(bundle: &AccountBundle, version: u64) -> Vec<u8> {
    seal_bundle(bundle, version, &EXPORT_KEYS[0], &workstation_secret(), &mut rng("bundle")).unwrap()
}

fn open(sealed: &[u8], place: &BundlePlace, export_key: &ExportKey, secret: &Secret32) -> Result<(), BundleError> {
    open_bundle(sealed, place, export_key, secret).map(drop)
}

#[test]
fn the_keys_come_back_as_they_were() {
    let c = Clinic::new();
    let sealed = seal(&keys(&c), 7);
    assert_same(&open_bundle(&sealed, &place(&c, 7), &EXPORT_KEYS[0], &workstation_secret()).unwrap(), &keys(&c));
    let nobody_special = AccountBundle { admin: None, ..keys(&c) };
    // Its length does not tell whether there is an admin's key inside.
    assert_eq!(sealed.len(), seal(&nobody_special, 7).len());
}

#[test]
fn nothing_less_opens_them() {
    let c = Clinic::new();
    let (sealed, right, secret) = (seal(&keys(&c), 7), place(&c, 7), workstation_secret());
    let key = &EXPORT_KEYS[0];
    let refused = [
        ("another password", open(&sealed, &right, &EXPORT_KEYS[1], &secret)),
        ("the password without the workstations' secret", open(&sealed, &right, key, &seed("guessed secret"))),
        ("an older version", open(&sealed, &place(&c, 6), key, &secret)),
        ("another account", open(&sealed, &BundlePlace { account: c.omar.account, ..right }, key, &secret)),
        ("another organisation", open(&sealed, &BundlePlace { org: OrgId::from_bytes([1; 16]), ..right }, key, &secret)),
        ("more bytes than a bundle has", open(&vec![0; BUNDLE_BYTES + 1], &right, key, &secret)),
    ];
    for (name, result) in refused {
        assert_eq!(result, Err(BundleError::Unopened), "{name}");
    }
    for place in (0..sealed.len()).step_by(7).chain(sealed.len() - 17..sealed.len()) {
        let mut damaged = sealed.clone();
        damaged[place] ^= 1;
        assert_eq!(open(&damaged, &right, key, &secret), Err(BundleError::Unopened), "byte {place}");
        assert_eq!(open(&sealed[..place], &right, key, &secret), Err(BundleError::Unopened), "cut at {place}");
    }
    assert_eq!(BundleError::Unopened.code(), ErrorCode::BundleDamaged);
}

#[test]
fn generations_out_of_order_are_neither_sealed_nor_lost() {
    let c = Clinic::new();
    let whole = keys(&c);
    let reversed = AccountBundle { keys: whole.keys.iter().rev().cloned().collect(), ..keys(&c) };
    let none = AccountBundle { keys: Vec::new(), ..keys(&c) };
    let many = AccountBundle {
        keys: (1..200).map(|generation| sotto_crypto::bundle::GenerationKeys { generation, ..whole.keys[0].clone() }).collect(),
        ..keys(&c)
    };
    for (bundle, error) in [(reversed, BundleError::Generations), (none, BundleError::Generations), (many, BundleError::TooLarge)] {
        let sealed = seal_bundle(&bundle, 1, &EXPORT_KEYS[0], &workstation_secret(), &mut rng("bundle"));
        assert_eq!(sealed.map(drop), Err(error));
    }
}

#[test]
fn thirty_generations_fit() {
    let c = Clinic::new();
    let first = keys(&c).keys[0].clone();
    let bundle = AccountBundle {
        keys: (1..=30).map(|generation| sotto_crypto::bundle::GenerationKeys { generation, ..first.clone() }).collect(),
        ..keys(&c)
    };
    let sealed = seal(&bundle, 1);
    assert!(sealed.len() <= BUNDLE_BYTES);
    assert_same(&open_bundle(&sealed, &place(&c, 1), &EXPORT_KEYS[0], &workstation_secret()).unwrap(), &bundle);
}

#[test]
fn debug_tells_no_key() {
    let shown = format!("{:?}", keys(&Clinic::new()));
    let secrets = [keys(&Clinic::new()).keys[0].signing.seed().clone(), keys(&Clinic::new()).directory_key];
    for secret in secrets {
        let hexed = hex::encode(&secret.as_bytes()[..4]);
        assert!(!shown.contains(&hexed) && !shown.contains("rahman"), "{shown}");
    }
}
