//! How a device or a workstation proves a request is its own: a signature over method, target, time, nonce and body; no token to steal.
//!
//! The header is `Sotto-Device: v1 <device> <time ms> <nonce> <signature>`, or `Sotto-Workstation:` with the workstation: hexadecimal ids,
//! decimal time, hexadecimal signature.

use std::fmt::Display;
use std::str::FromStr;

use crate::key::{Hash, Salt, Signature};
use crate::{DeviceId, WorkstationId};

/// The header that carries a device's proof.
pub const DEVICE_HEADER: &str = "sotto-device";
/// The header that carries a workstation's proof, for what is asked before anybody is signed in.
pub const WORKSTATION_HEADER: &str = "sotto-workstation";
/// The header in which each party names its protocol version.
pub const VERSION_HEADER: &str = "sotto-version";
/// The header in which the server tells its clock, milliseconds since 1970.
pub const TIME_HEADER: &str = "sotto-time";

/// The label before the signature of a device's request.
pub const REQUEST_LABEL: &[u8] = b"sotto/request/v1\0";
/// The label before the signature of a workstation's request.
pub const WORKSTATION_REQUEST_LABEL: &[u8] = b"sotto/workstation-request/v1\0";

/// Who can prove a request: a type for each, so that one is never taken for the other.
pub trait Prover: Copy + Display + FromStr {
    /// The header the proof is in.
    const HEADER: &'static str;
    /// The label before the signature.
    const LABEL: &'static [u8];

    /// The id's bytes.
    fn bytes(&self) -> &[u8; 16];
}

impl Prover for DeviceId {
    const HEADER: &'static str = DEVICE_HEADER;
    const LABEL: &'static [u8] = REQUEST_LABEL;

    fn bytes(&self) -> &[u8; 16] {
        self.as_bytes()
    }
}

impl Prover for WorkstationId {
    const HEADER: &'static str = WORKSTATION_HEADER;
    const LABEL: &'static [u8] = WORKSTATION_REQUEST_LABEL;

    fn bytes(&self) -> &[u8; 16] {
        self.as_bytes()
    }
}

/// A parsed proof; whether it fits is for the server to check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestProof<P = DeviceId> {
    /// Who asks.
    pub by: P,
    /// Their clock, milliseconds since 1970.
    pub time: u64,
    /// Fresh; a repeat within the clock's tolerance is a replay.
    pub nonce: Salt,
    /// Ed25519 by their key over [`request_bytes`].
    pub signature: Signature,
}

impl<P: Prover> RequestProof<P> {
    /// The header's value.
    #[must_use]
    pub fn header(&self) -> String {
        let (nonce, signature) = (hex::encode(self.nonce.as_bytes()), hex::encode(self.signature.as_bytes()));
        format!("v1 {} {} {nonce} {signature}", self.by, self.time)
    }

    /// Reads an untrusted header's value.
    #[must_use]
    pub fn parse(value: &str) -> Option<Self> {
        let mut parts = value.split(' ');
        if parts.next()? != "v1" {
            return None;
        }
        let by = parts.next()?.parse().ok()?;
        let time = parts.next()?.parse().ok()?;
        let nonce = Salt::from_bytes(parse_hex(parts.next()?)?);
        let signature = Signature::from_bytes(parse_hex(parts.next()?)?);
        let proof = Self { by, time, nonce, signature };
        parts.next().is_none().then_some(proof)
    }
}

/// What is signed. `target` is the path with its query, `body` the hash of the body (of nothing, where there is none).
#[must_use]
pub fn request_bytes<P: Prover>(by: P, time: u64, nonce: &Salt, method: &str, target: &str, body: &Hash) -> Vec<u8> {
    let mut bytes = P::LABEL.to_vec();
    bytes.extend_from_slice(by.bytes());
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
            by: DeviceId::from_bytes([1; 16]),
            time: 1_795_000_000_000,
            nonce: Salt::from_bytes([2; 16]),
            signature: Signature::from_bytes([3; 64]),
        };
        assert_eq!(RequestProof::parse(&proof.header()), Some(proof.clone()));
        assert_eq!(RequestProof::<DeviceId>::parse(&format!("{} more", proof.header())), None);
        assert_eq!(RequestProof::<DeviceId>::parse("v2"), None);
    }

    #[test]
    fn a_device_and_a_workstation_of_the_same_bytes_sign_different_bytes() {
        let (nonce, body) = (Salt::from_bytes([2; 16]), Hash::from_bytes([3; 32]));
        let device = request_bytes(DeviceId::from_bytes([1; 16]), 9, &nonce, "GET", "/v1/directory?after=0", &body);
        let workstation = request_bytes(WorkstationId::from_bytes([1; 16]), 9, &nonce, "GET", "/v1/directory?after=0", &body);
        assert_ne!(device, workstation);
        assert!(!device.starts_with(WORKSTATION_REQUEST_LABEL) && !workstation.starts_with(REQUEST_LABEL));
    }
}
