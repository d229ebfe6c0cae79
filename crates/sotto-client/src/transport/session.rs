//! When does a device stop signing every request? After a few of them: then a session of the server's proves those that follow.

use std::sync::{Mutex, PoisonError};

use sotto_crypto::random::make_bytes;
use sotto_crypto::{OsRandom, Secret32};
use sotto_protocol::DeviceId;
use sotto_protocol::api::SessionResponse;
use sotto_protocol::key::Salt;
use sotto_protocol::session::SessionProof;
use sotto_protocol::verify::sha256;
use zeroize::Zeroize as _;

/// Signed requests before a session is worth a request of its own.
const SIGNED_FIRST: u32 = 4;
/// A session that ends so soon is not used any more, in milliseconds.
const MARGIN_MS: u64 = 30_000;

#[derive(Default)]
struct State {
    signed: u32,
    held: Option<Held>,
}

struct Held {
    device: DeviceId,
    key: Secret32,
    not_after: u64,
}

/// The session held with one server, if one is. Its key is zeroized when it ends.
#[derive(Default)]
pub(super) struct SessionKeeper(Mutex<State>);

impl SessionKeeper {
    /// The proof header's value for one request, where a session of that device is held; `None` where it has to sign.
    pub fn make_proof(&self, device: DeviceId, time: u64, method: &str, target: &str, body: &[u8]) -> Option<String> {
        self.change(|state| {
            let held = state.held.take_if(|held| held.device != device || held.not_after < time.saturating_add(MARGIN_MS));
            drop(held);
            let Some(held) = &state.held else {
                state.signed = state.signed.saturating_add(1);
                return None;
            };
            let nonce = Salt::from_bytes(make_bytes(&mut OsRandom::new()));
            let request = (method, target, &sha256(&[body]));
            Some(SessionProof::make(held.key.as_bytes(), (device, held.not_after), time, nonce, request).header())
        })
    }

    /// Whether to ask for a session now.
    pub fn wants_one(&self) -> bool {
        self.change(|state| state.held.is_none() && state.signed >= SIGNED_FIRST)
    }

    /// Holds the session that the server began.
    pub fn hold(&self, device: DeviceId, mut answer: SessionResponse) {
        let key = Secret32::from_slice(&answer.key.0);
        answer.key.0.zeroize();
        self.change(|state| state.held = key.map(|key| Held { device, key, not_after: answer.not_after }));
    }

    /// Lets go of a session that the server does not know any more, as after its restart.
    pub fn forget(&self) {
        self.change(|state| state.held = None);
    }

    fn change<T>(&self, change: impl FnOnce(&mut State) -> T) -> T {
        change(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

#[cfg(test)]
mod tests {
    use sotto_protocol::api::Base64;

    use super::*;

    const DEVICE: DeviceId = DeviceId::from_bytes([1; 16]);

    fn prove(keeper: &SessionKeeper, time: u64) -> Option<SessionProof> {
        keeper.make_proof(DEVICE, time, "GET", "/", b"").and_then(|header| SessionProof::parse(&header))
    }

    #[test]
    fn a_few_requests_are_signed_then_a_session_proves_them_until_it_ends() {
        let keeper = SessionKeeper::default();
        for _ in 0..SIGNED_FIRST {
            assert!(!keeper.wants_one());
            assert_eq!(prove(&keeper, 1_000), None);
        }
        assert!(keeper.wants_one());
        keeper.hold(DEVICE, SessionResponse { key: Base64(vec![7; 32]), not_after: 1_000_000 });
        let proof = prove(&keeper, 1_000).expect("a proof of the session");
        assert!(proof.fits(&[7; 32], ("GET", "/", &sha256(&[b""]))));
        assert_eq!(prove(&keeper, 1_000_000 - MARGIN_MS + 1), None);
        assert!(keeper.wants_one());
    }

    #[test]
    fn a_session_is_of_one_device_and_a_key_of_one_length() {
        let keeper = SessionKeeper::default();
        keeper.hold(DeviceId::from_bytes([2; 16]), SessionResponse { key: Base64(vec![7; 32]), not_after: 1_000_000 });
        assert_eq!(prove(&keeper, 1_000), None);
        keeper.hold(DEVICE, SessionResponse { key: Base64(vec![7; 31]), not_after: 1_000_000 });
        assert_eq!(prove(&keeper, 1_000), None);
        keeper.hold(DEVICE, SessionResponse { key: Base64(vec![7; 32]), not_after: 1_000_000 });
        keeper.forget();
        assert_eq!(prove(&keeper, 1_000), None);
    }
}
