//! How a device proves a request is its own: a signature over method, target, time, nonce and body; no token to steal.
//!
//! The header is `Sotto-Device: v1 <device> <time ms> <nonce> <signature>`: hexadecimal ids, decimal time, hexadecimal signature.

use crate::DeviceId;
use crate::key::{Hash, Salt, Signature};

/// The header that carries the proof.
pub const DEVICE_HEADER: &str = "sotto-device";
/// The header in which each party names its protocol version.
pub const VERSION_HEADER: &str = "sotto-version";
/// The header in which the server tells its clock, milliseconds since 1970.
pub const TIME_HEADER: &str = "sotto-time";

/// The label before a request's signature.
pub const REQUEST_LABEL: &[u8] = b"sotto/request/v1\0";

/// A parsed proof; whether it fits is for the server to check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestProof {
    /// Which device asks.
    pub device: DeviceId,
    /// The device's clock, milliseconds since 1970.
    pub time: u64,
    /// Fresh; a repeat within the clock's tolerance is a replay.
    pub nonce: Salt,
    /// Ed25519 by the device key over [`request_bytes`].
    pub signature: Signature,
}

impl RequestProof {
    /// The header's value.
    #[must_use]
    pub fn header(&self) -> String {
        let (nonce, signature) = (hex::encode(self.nonce.as_bytes()), hex::encode(self.signature.as_bytes()));
        format!("v1 {} {} {nonce} {signature}", self.device, self.time)
    }

    /// Reads an untrusted header's value.
    #[must_use]
    pub fn parse(value: &str) -> Option<Self> {
        let mut parts = value.split(' ');
        if parts.next()? != "v1" {
            return None;
        }
        let device = parts.next()?.parse().ok()?;
        let time = parts.next()?.parse().ok()?;
        let nonce = Salt::from_bytes(parse_hex(parts.next()?)?);
        let signature = Signature::from_bytes(parse_hex(parts.next()?)?);
        let proof = Self { device, time, nonce, signature };
        parts.next().is_none().then_some(proof)
    }
}

/// What is signed. `target` is the path with its query, `body` the hash of the body (of nothing, where there is none).
#[must_use]
pub fn request_bytes(device: DeviceId, time: u64, nonce: &Salt, method: &str, target: &str, body: &Hash) -> Vec<u8> {
    let mut bytes = REQUEST_LABEL.to_vec();
    bytes.extend_from_slice(device.as_bytes());
    append_request(&mut bytes, time, nonce, method, target, body);
    bytes
}

/// Everything of a request that a proof covers, whatever kind of proof.
pub(crate) fn append_request(bytes: &mut Vec<u8>, time: u64, nonce: &Salt, method: &str, target: &str, body: &Hash) {
    bytes.extend_from_slice(&time.to_be_bytes());
    bytes.extend_from_slice(nonce.as_bytes());
    bytes.extend_from_slice(body.as_bytes());
    for text in [method, target] {
        // Lengths before texts: no two requests share their bytes.
        bytes.extend_from_slice(&(text.len() as u64).to_be_bytes());
        bytes.extend_from_slice(text.as_bytes());
    }
}

/// Exactly `N` bytes in hexadecimal.
pub(crate) fn parse_hex<const N: usize>(text: &str) -> Option<[u8; N]> {
    let mut bytes = [0; N];
    hex::decode_to_slice(text, &mut bytes).ok()?;
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_proof_survives_its_header() {
        let proof = RequestProof {
            device: DeviceId::from_bytes([1; 16]),
            time: 1_795_000_000_000,
            nonce: Salt::from_bytes([2; 16]),
            signature: Signature::from_bytes([3; 64]),
        };
        assert_eq!(RequestProof::parse(&proof.header()), Some(proof.clone()));
        assert_eq!(RequestProof::parse(&format!("{} more", proof.header())), None);
        assert_eq!(RequestProof::parse("v2"), None);
    }
}
