//! How does the server know who asks? By a signature of the device's or the workstation's key over the request (or a MAC of a session
//! that a device began).

use sotto_crypto::random::make_bytes;
use sotto_crypto::request::sign_request;
use sotto_crypto::{OsRandom, Secret32, SigningKey};
use sotto_protocol::key::Salt;
use sotto_protocol::request::Prover;
use sotto_protocol::statement::{Signed, Signer, Statement};
use sotto_protocol::{DeviceId, WorkstationId};

/// Somebody's right to ask, whoever it is: what a request needs of it.
pub trait ProveRequest: Send + Sync {
    /// The proof header's name and value for one request, with a fresh nonce. `time` is milliseconds since 1970.
    fn prove(&self, time: u64, method: &str, target: &str, body: &[u8]) -> (&'static str, String);

    /// The device that asks, if one does: only a device begins sessions.
    fn device(&self) -> Option<DeviceId>;
}

/// A right to ask; usable while everybody is locked.
#[derive(Debug, Clone)]
pub struct RequestSigner<P> {
    by: P,
    key: SigningKey,
}

/// A device's right to ask.
pub type DeviceSigner = RequestSigner<DeviceId>;
/// A workstation's right to ask, for what is asked before anybody is signed in.
pub type WorkstationSigner = RequestSigner<WorkstationId>;

impl<P: Prover> RequestSigner<P> {
    /// Who asks, and their key from the keyring.
    #[must_use]
    pub const fn new(by: P, key: SigningKey) -> Self {
        Self { by, key }
    }

    /// Who asks.
    #[must_use]
    pub const fn by(&self) -> P {
        self.by
    }

    /// The proof header's value for one request, with a fresh nonce. `time` is milliseconds since 1970.
    #[must_use]
    pub fn make_proof(&self, time: u64, method: &str, target: &str, body: &[u8]) -> String {
        let nonce = Salt::from_bytes(make_bytes(&mut OsRandom::new()));
        sign_request(&self.key, self.by, time, nonce, method, target, body).header()
    }
}

impl WorkstationSigner {
    /// The right that the keyring keeps: the machine's id and its key's seed. `None` for anything else.
    #[must_use]
    pub fn parse(kept: &[u8]) -> Option<Self> {
        let (id, seed) = kept.split_first_chunk::<16>()?;
        Some(Self::new(WorkstationId::from_bytes(*id), SigningKey::from_seed(Secret32::from_slice(seed)?)))
    }

    /// A statement by the machine itself.
    #[must_use]
    pub fn sign(&self, statement: &Statement) -> Signed {
        sotto_crypto::statement::sign(&Signer::Workstation(self.by), statement, &self.key)
    }
}

impl ProveRequest for DeviceSigner {
    fn prove(&self, time: u64, method: &str, target: &str, body: &[u8]) -> (&'static str, String) {
        (DeviceId::HEADER, self.make_proof(time, method, target, body))
    }

    fn device(&self) -> Option<DeviceId> {
        Some(self.by)
    }
}

impl ProveRequest for WorkstationSigner {
    fn prove(&self, time: u64, method: &str, target: &str, body: &[u8]) -> (&'static str, String) {
        (WorkstationId::HEADER, self.make_proof(time, method, target, body))
    }

    fn device(&self) -> Option<DeviceId> {
        None
    }
}
