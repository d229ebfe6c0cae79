//! How a device or a workstation signs a request; the server checks it with the certificate.

use sotto_protocol::key::Salt;
use sotto_protocol::request::{Prover, RequestProof, request_bytes};
use sotto_protocol::verify::sha256;

use crate::sign::SigningKey;

/// Signs one request: `target` is path and query as sent, `time` milliseconds since 1970, `nonce` fresh.
#[must_use]
pub fn sign_request<P: Prover>(
    key: &SigningKey,
    by: P,
    time: u64,
    nonce: Salt,
    method: &str,
    target: &str,
    body: &[u8],
) -> RequestProof<P> {
    let bytes = request_bytes(by, time, &nonce, method, target, &sha256(&[body]));
    RequestProof { by, time, nonce, signature: key.sign(&bytes) }
}

#[cfg(test)]
mod tests {
    use sotto_protocol::{DeviceId, WorkstationId, verify};

    use super::*;
    use crate::secret::Secret32;

    #[test]
    fn a_proof_fits_its_request_and_no_other() {
        let key = SigningKey::from_seed(Secret32::from_bytes([3; 32]));
        let (device, nonce) = (DeviceId::from_bytes([4; 16]), Salt::from_bytes([5; 16]));
        let proof = sign_request(&key, device, 9, nonce, "POST", "/v1/entries", b"body");
        let check = |time, method, target, body: &[u8]| {
            let bytes = request_bytes(device, time, &nonce, method, target, &sha256(&[body]));
            verify::signature(&key.verify_key(), &bytes, &proof.signature).is_ok()
        };
        assert!(check(9, "POST", "/v1/entries", b"body"));
        assert!(!check(8, "POST", "/v1/entries", b"body"));
        assert!(!check(9, "POS", "T/v1/entries", b"body"));
        assert!(!check(9, "POST", "/v1/entries", b""));
        let as_workstation = request_bytes(WorkstationId::from_bytes([4; 16]), 9, &nonce, "POST", "/v1/entries", &sha256(&[b"body"]));
        assert!(verify::signature(&key.verify_key(), &as_workstation, &proof.signature).is_err());
    }
}
