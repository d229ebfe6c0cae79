//! The box of a recovery code, and what does not open it.

use sotto_crypto::Secret32;
use sotto_crypto::bundle::BundleError;
use sotto_crypto::recovery::{RecoveryCode, open_recovery, seal_recovery};
use sotto_crypto::vault_key::{KdfError, KdfParams};
use sotto_protocol::limits::BUNDLE_BYTES;
use sotto_protocol::{AccountId, OrgId};

use super::{assert_same, keys, workstation_secret};
use crate::clinic::{Clinic, rng, seed};

fn code() -> RecoveryCode {
    RecoveryCode::generate(&mut rng("recovery code"))
}

fn sealed(c: &Clinic) -> Vec<u8> {
    seal_recovery(&keys(c), &code(), &workstation_secret(), KdfParams::FLOOR, &mut rng("recovery box")).unwrap()
}

fn open(sealed: &[u8], whose: (OrgId, AccountId), code: &RecoveryCode, secret: &Secret32) -> Result<(), BundleError> {
    open_recovery(sealed, whose, code, secret).map(drop)
}

#[test]
fn a_code_from_paper_gives_the_keys_back() {
    let c = Clinic::new();
    let sealed = sealed(&c);
    assert!(sealed.len() <= BUNDLE_BYTES);
    let typed = RecoveryCode::parse(&code().text().to_lowercase().replace('-', " ")).unwrap();
    assert_same(&open_recovery(&sealed, (c.org, c.nadia.account), &typed, &workstation_secret()).unwrap(), &keys(&c));
}

#[test]
fn nothing_less_does() {
    let c = Clinic::new();
    let (sealed, whose, secret) = (sealed(&c), (c.org, c.nadia.account), workstation_secret());
    let other = RecoveryCode::generate(&mut rng("another code"));
    let refused = [
        ("another of the ten codes", open(&sealed, whose, &other, &secret)),
        ("the code without the workstations' secret", open(&sealed, whose, &code(), &seed("guessed secret"))),
        ("another account", open(&sealed, (c.org, c.omar.account), &code(), &secret)),
        ("another organisation", open(&sealed, (OrgId::from_bytes([1; 16]), c.nadia.account), &code(), &secret)),
        ("no bytes", open(&[], whose, &code(), &secret)),
        ("more bytes than a box has", open(&vec![0; BUNDLE_BYTES + 1], whose, &code(), &secret)),
        ("a byte after it", open(&[sealed.as_slice(), &[0]].concat(), whose, &code(), &secret)),
    ];
    for (name, result) in refused {
        assert_eq!(result, Err(BundleError::Unopened), "{name}");
    }
    // In the map's head, the parameters' names, the salt, the ciphertext and the tag.
    for place in [0, 3, 9, 60, 100, 200, sealed.len() - 1] {
        let mut damaged = sealed.clone();
        damaged[place] ^= 1;
        assert!(open(&damaged, whose, &code(), &secret).is_err(), "byte {place}");
    }
}

#[test]
fn a_server_cannot_choose_other_parameters() {
    let c = Clinic::new();
    let sealed = sealed(&c);
    let with = |params: KdfParams| {
        let mut value: ciborium::Value = ciborium::from_reader(sealed.as_slice()).unwrap();
        let ciborium::Value::Map(fields) = &mut value else { panic!("a box is a map") };
        fields[0].1 = ciborium::Value::serialized(&params).unwrap();
        let mut bytes = Vec::new();
        ciborium::into_writer(&value, &mut bytes).unwrap();
        open(&bytes, (c.org, c.nadia.account), &code(), &workstation_secret())
    };
    assert_eq!(with(KdfParams::FLOOR), Ok(()));
    // Bound: a box that says four passes was not sealed with three.
    assert_eq!(with(KdfParams { t: 4, ..KdfParams::FLOOR }), Err(BundleError::Unopened));
    for params in [
        KdfParams { m_kib: 8, ..KdfParams::FLOOR },
        KdfParams { m_kib: u32::MAX, ..KdfParams::FLOOR },
        KdfParams { t: 99, ..KdfParams::FLOOR },
    ] {
        assert_eq!(with(params), Err(BundleError::Kdf(KdfError::Parameters)), "{params:?}");
    }
}
