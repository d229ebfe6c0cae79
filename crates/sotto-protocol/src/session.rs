//! How a device proves many requests cheaply: a session that one signed request began, and a MAC over each request of it.
//!
//! Checking a signature was about a fifth of the server's work for a message; a MAC is a few hashes. The session's key travels once, over TLS, to the device that
//! proved itself; it names the device and its end, and nobody keeps it: the server derives it again from a secret of its own that
//! lives as long as its process. It is no bearer token: method, target, time, nonce and body are under the MAC, and time and nonce
//! are checked as a signature's are.
//!
//! The header is `Sotto-Session: v1 <device> <not after ms> <time ms> <nonce> <mac>`.

use ring::hmac;

use crate::DeviceId;
use crate::key::{Hash, Salt};
use crate::request::{append_request, parse_hex};

/// The header that carries the proof, in the place of [`crate::request::DEVICE_HEADER`].
pub const SESSION_HEADER: &str = "sotto-session";
/// The label before what the MAC covers.
pub const SESSION_LABEL: &[u8] = b"sotto/session/v1\0";
/// Bytes of a session's key.
pub const KEY_BYTES: usize = 32;

/// A parsed proof; whether it fits is for the server to check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionProof {
    /// Which device asks.
    pub device: DeviceId,
    /// When the session is over, milliseconds since 1970.
    pub not_after: u64,
    /// The device's clock, milliseconds since 1970.
    pub time: u64,
    /// Fresh; a repeat within the clock's tolerance is a replay.
    pub nonce: Salt,
    /// HMAC-SHA-256 (RFC 2104) with the session's key over everything above and the request (docs/PROTOCOL.md, Requests).
    pub mac: Hash,
}

impl SessionProof {
    /// Proves a request of a session: `target` is path and query as sent, `body` the hash of the body.
    #[must_use]
    pub fn make(key: &[u8; KEY_BYTES], (device, not_after): (DeviceId, u64), time: u64, nonce: Salt, request: (&str, &str, &Hash)) -> Self {
        let mut proof = Self { device, not_after, time, nonce, mac: Hash::from_bytes([0; 32]) };
        let tag = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, key), &proof.bytes(request));
        let mut mac = [0; 32];
        mac.copy_from_slice(tag.as_ref());
        proof.mac = Hash::from_bytes(mac);
        proof
    }

    /// Whether the proof fits this request under the session's key, compared in constant time.
    #[must_use]
    pub fn fits(&self, key: &[u8; KEY_BYTES], request: (&str, &str, &Hash)) -> bool {
        hmac::verify(&hmac::Key::new(hmac::HMAC_SHA256, key), &self.bytes(request), self.mac.as_bytes()).is_ok()
    }

    /// What the MAC covers.
    fn bytes(&self, (method, target, body): (&str, &str, &Hash)) -> Vec<u8> {
        let mut bytes = SESSION_LABEL.to_vec();
        bytes.extend_from_slice(self.device.as_bytes());
        bytes.extend_from_slice(&self.not_after.to_be_bytes());
        append_request(&mut bytes, self.time, &self.nonce, method, target, body);
        bytes
    }

    /// The header's value.
    #[must_use]
    pub fn header(&self) -> String {
        let (nonce, mac) = (hex::encode(self.nonce.as_bytes()), hex::encode(self.mac.as_bytes()));
        format!("v1 {} {} {} {nonce} {mac}", self.device, self.not_after, self.time)
    }

    /// Reads an untrusted header's value.
    #[must_use]
    pub fn parse(value: &str) -> Option<Self> {
        let mut parts = value.split(' ');
        if parts.next()? != "v1" {
            return None;
        }
        let device = parts.next()?.parse().ok()?;
        let not_after = parts.next()?.parse().ok()?;
        let time = parts.next()?.parse().ok()?;
        let nonce = Salt::from_bytes(parse_hex(parts.next()?)?);
        let mac = Hash::from_bytes(parse_hex(parts.next()?)?);
        parts.next().is_none().then_some(Self { device, not_after, time, nonce, mac })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verify::sha256;

    fn make(key: &[u8; KEY_BYTES]) -> SessionProof {
        SessionProof::make(
            key,
            (DeviceId::from_bytes([1; 16]), 99),
            9,
            Salt::from_bytes([2; 16]),
            ("POST", "/v1/entries", &sha256(&[b"body"])),
        )
    }

    #[test]
    fn a_proof_survives_its_header_and_nothing_longer_does() {
        let proof = make(&[7; 32]);
        assert_eq!(SessionProof::parse(&proof.header()), Some(proof.clone()));
        assert_eq!(SessionProof::parse(&format!("{} more", proof.header())), None);
        assert_eq!(SessionProof::parse(&proof.header().replace("v1", "v2")), None);
        assert_eq!(SessionProof::parse(""), None);
    }

    #[test]
    fn a_proof_fits_its_request_its_key_and_its_session_only() {
        let (key, body) = ([7; 32], sha256(&[b"body"]));
        let proof = make(&key);
        assert!(proof.fits(&key, ("POST", "/v1/entries", &body)));
        assert!(!proof.fits(&[8; 32], ("POST", "/v1/entries", &body)));
        assert!(!proof.fits(&key, ("POS", "T/v1/entries", &body)));
        assert!(!proof.fits(&key, ("POST", "/v1/entries", &sha256(&[b"other"]))));
        for changed in [
            SessionProof { device: DeviceId::from_bytes([3; 16]), ..proof.clone() },
            SessionProof { not_after: 100, ..proof.clone() },
            SessionProof { time: 10, ..proof.clone() },
            SessionProof { nonce: Salt::from_bytes([3; 16]), ..proof.clone() },
        ] {
            assert!(!changed.fits(&key, ("POST", "/v1/entries", &body)), "{changed:?}");
        }
    }
}
