//! Which sessions hold? None is kept: a session's key is derived from the device, the session's end and a secret of this process.

use ring::hmac;
use ring::rand::SystemRandom;
use sotto_protocol::key::{Hash, Salt, VerifyKey};
use sotto_protocol::session::{KEY_BYTES, SESSION_HEADER, SessionProof};
use sotto_protocol::{DeviceId, ErrorCode, limits};

use super::proof::Claim;
use crate::state::Shared;

/// The label before what a session's key is derived from.
const LABEL: &[u8] = b"sotto/session-key/v1\0";

/// Derives sessions' keys. A restart ends all sessions: their devices sign once more.
pub struct Sessions {
    secret: hmac::Key,
}

impl std::fmt::Debug for Sessions {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Sessions(..)")
    }
}

impl Sessions {
    /// A fresh secret.
    ///
    /// # Errors
    /// The system gave no randomness.
    pub fn new() -> Result<Self, ring::error::Unspecified> {
        Ok(Self { secret: hmac::Key::generate(hmac::HMAC_SHA256, &SystemRandom::new())? })
    }

    /// A session of a device that has just proved itself: its key and its end.
    pub fn begin(&self, device: DeviceId, now: u64) -> ([u8; KEY_BYTES], u64) {
        let not_after = now.saturating_add(limits::SESSION_PROOF_MS);
        (self.derive(device, not_after), not_after)
    }

    /// Checks a proof of a request: method, target and body's hash.
    ///
    /// # Errors
    /// [`ErrorCode::SignatureInvalid`], also for a session that is over or of another process: the device signs, and begins another.
    pub fn check(&self, proof: &SessionProof, request: (&str, &str, &Hash), now: u64) -> Result<(), ErrorCode> {
        // Nothing that this process made ends later than that.
        let held = now <= proof.not_after && proof.not_after <= now.saturating_add(limits::SESSION_PROOF_MS + limits::CLOCK_SKEW_MS);
        let key = self.derive(proof.device, proof.not_after);
        if held && proof.fits(&key, request) { Ok(()) } else { Err(ErrorCode::SignatureInvalid) }
    }

    fn derive(&self, device: DeviceId, not_after: u64) -> [u8; KEY_BYTES] {
        let tag = hmac::sign(&self.secret, &[LABEL, device.as_bytes(), &not_after.to_be_bytes()].concat());
        let mut key = [0; KEY_BYTES];
        key.copy_from_slice(tag.as_ref());
        key
    }
}

impl Claim for SessionProof {
    type By = DeviceId;

    const HEADER: &'static str = SESSION_HEADER;

    fn parse(value: &str) -> Option<Self> {
        Self::parse(value)
    }

    fn claims(&self) -> (DeviceId, u64, &Salt) {
        (self.device, self.time, &self.nonce)
    }

    fn check(&self, request: (&str, &str, &Hash), _: &VerifyKey, app: &Shared) -> Result<(), ErrorCode> {
        app.sessions.check(self, request, app.clock.now_ms())
    }
}

#[cfg(test)]
mod tests {
    use sotto_protocol::verify::sha256;

    use super::*;

    #[test]
    fn a_session_holds_until_its_end_and_in_its_process() {
        let (here, elsewhere) = (Sessions::new().unwrap(), Sessions::new().unwrap());
        let device = DeviceId::from_bytes([1; 16]);
        let (key, not_after) = here.begin(device, 1_000);
        let body = sha256(&[b""]);
        let request = ("GET", "/v1/share", &body);
        let proof = |not_after| SessionProof::make(&key, (device, not_after), 1_000, Salt::from_bytes([2; 16]), request);
        assert_eq!(here.check(&proof(not_after), request, not_after), Ok(()));
        assert_eq!(here.check(&proof(not_after), request, not_after + 1), Err(ErrorCode::SignatureInvalid));
        assert_eq!(here.check(&proof(not_after + 1), request, 1_000), Err(ErrorCode::SignatureInvalid), "a device cannot prolong it");
        assert_eq!(elsewhere.check(&proof(not_after), request, 1_000), Err(ErrorCode::SignatureInvalid));
    }
}
