//! How Sotto seals, opens, signs and derives: keys and the forms that need them, composed from kept primitives.
//!
//! No I/O, no clock, no hidden randomness: time and a generator are arguments. Nothing here invents cryptography: HPKE (RFC 9180)
//! is from `hpke`, Ed25519, AES-256-GCM, HKDF and SHA-256 from `ring`, Argon2id from `argon2`. docs/PROTOCOL.md has every label and
//! layout, docs/SECURITY.md what they are for, tests/vectors the bytes.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing))]

pub mod bundle;
pub mod event;
pub mod file;
pub mod hpke;
pub mod invite;
pub mod key_entry;
pub mod label;
pub mod login;
pub mod opaque;
pub mod pad;
pub mod profile;
pub mod random;
pub mod recovery;
pub mod request;
pub mod root_sheet;
pub mod secret;
pub mod sign;
pub mod statement;
pub mod thread_key;
pub mod vault_key;
pub mod workstation_token;

mod aead;
mod code_text;
mod crockford;
mod derive;
mod stretch;

pub use self::hpke::SealingPair;
pub use random::OsRandom;
pub use secret::{Secret32, SecretVec};
pub use sign::SigningKey;
pub use sotto_credential::totp;
pub use thread_key::ThreadKey;
