//! Whether a person gets their keys at another workstation with the right password and code, and nobody gets them with anything less.

mod bundle;
mod opaque;
mod recovery;

use sotto_crypto::bundle::{AccountBundle, GenerationKeys};
use sotto_crypto::login::Login;
use sotto_crypto::{SealingPair, Secret32, SigningKey};
use sotto_protocol::key::Suite;

use crate::clinic::{Clinic, rng, seed};

/// What every enrolled machine has.
pub fn workstation_secret() -> Secret32 {
    seed("workstation secret")
}

/// Nadia's keys of two generations, and her grant.
pub fn keys(c: &Clinic) -> AccountBundle {
    let first = GenerationKeys { generation: 1, signing: c.nadia.signing.clone(), sealing: c.nadia.sealing.clone() };
    let second = GenerationKeys {
        generation: 2,
        signing: SigningKey::from_seed(seed("nadia again signing key")),
        sealing: SealingPair::generate(Suite::X25519, &mut rng("nadia again sealing pair")),
    };
    AccountBundle {
        org: c.org,
        account: c.nadia.account,
        login: Login::parse("n.rahman").unwrap(),
        keys: vec![first, second],
        directory_key: c.directory_key.clone(),
        admin: Some((c.grant, c.admin_key.clone())),
    }
}

pub fn assert_same(a: &AccountBundle, b: &AccountBundle) {
    assert_eq!((a.org, a.account, &a.login, &a.directory_key), (b.org, b.account, &b.login, &b.directory_key));
    let admin = |bundle: &AccountBundle| bundle.admin.as_ref().map(|(grant, key)| (*grant, key.seed().clone()));
    assert_eq!(admin(a), admin(b));
    assert_eq!(a.keys.len(), b.keys.len());
    for (a, b) in a.keys.iter().zip(&b.keys) {
        assert_eq!((a.generation, a.signing.seed()), (b.generation, b.signing.seed()));
        assert_eq!((a.sealing.private(), a.sealing.public()), (b.sealing.private(), b.sealing.public()));
    }
}
