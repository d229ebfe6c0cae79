//! How the server takes part in OPAQUE (RFC 9807): it learns neither the password nor the key that the password gives.
//!
//! Ristretto255, 3DH, SHA-512, by `opaque-ke`. The credential identifier is the login handle; the context names the protocol, the organisation
//! and the workstation, so that a login is worth nothing on another machine. The client stretches the password with Argon2id; the server's
//! side has nothing to stretch, so this suite has no stretching and this crate no Argon2.

mod login;
mod random;
mod setup;
mod wire;

pub use login::{LoginRefused, LoginState};
pub use setup::{LoginStart, ServerSetup};
pub use wire::{CREDENTIAL_REQUEST_BYTES, FINISH_BYTES, MalformedMessage, RECORD_BYTES, REGISTRATION_REQUEST_BYTES, check_record};

use opaque_ke::ksf::Identity;
use opaque_ke::{CipherSuite, Ristretto255, TripleDh};
use sha2::Sha512;
use sotto_protocol::{OrgId, WorkstationId};

/// What the context of a login begins with.
pub const CONTEXT_LABEL: &[u8] = b"sotto/opaque/v1\0";

/// The server's suite. The client's has the same group, exchange and hash, and stretches the password.
#[derive(Debug, Clone, Copy)]
pub struct Suite;

impl CipherSuite for Suite {
    type OprfCs = Ristretto255;
    type KeyExchange = TripleDh<Ristretto255, Sha512>;
    type Ksf = Identity;
}

/// The context of a login at one machine: both sides must mean the same.
#[must_use]
pub fn context(org: OrgId, workstation: WorkstationId) -> Vec<u8> {
    [CONTEXT_LABEL, org.as_bytes(), workstation.as_bytes()].concat()
}
