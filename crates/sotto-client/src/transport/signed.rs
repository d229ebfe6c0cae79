//! How does the server know which device asks? By a signature of the device key over the request (or a MAC of a session that one began).

use sotto_crypto::random::make_bytes;
use sotto_crypto::request::sign_request;
use sotto_crypto::{OsRandom, SigningKey};
use sotto_protocol::DeviceId;
use sotto_protocol::key::Salt;

/// A device's right to ask; usable while everybody is locked.
#[derive(Debug, Clone)]
pub struct DeviceSigner {
    device: DeviceId,
    key: SigningKey,
}

impl DeviceSigner {
    /// The device and its key from the keyring.
    #[must_use]
    pub const fn new(device: DeviceId, key: SigningKey) -> Self {
        Self { device, key }
    }

    /// Which device.
    #[must_use]
    pub const fn device(&self) -> DeviceId {
        self.device
    }

    /// The proof header's value for one request, with a fresh nonce. `time` is milliseconds since 1970.
    #[must_use]
    pub fn make_proof(&self, time: u64, method: &str, target: &str, body: &[u8]) -> String {
        let nonce = Salt::from_bytes(make_bytes(&mut OsRandom::new()));
        sign_request(&self.key, self.device, time, nonce, method, target, body).header()
    }
}
