//! How one key gives many: HKDF-SHA256 (RFC 5869) by `ring`, always with a label.

use ring::hkdf::{HKDF_SHA256, KeyType, Salt};

use crate::secret::Secret32;

struct Length(usize);

impl KeyType for Length {
    fn len(&self) -> usize {
        self.0
    }
}

/// Fills `out` with HKDF(salt, ikm, info), `info` being the parts one after another. `out` is at most 255 hashes long: 8,160 bytes.
pub(crate) fn fill(salt: &[u8], ikm: &[u8], info: &[&[u8]], out: &mut [u8]) {
    let prk = Salt::new(HKDF_SHA256, salt).extract(ikm);
    let filled = prk.expand(info, Length(out.len())).and_then(|okm| okm.fill(out));
    assert!(filled.is_ok(), "every caller asks for 16 or 32 bytes");
}

/// A derived key of 32 bytes.
pub(crate) fn secret(salt: &[u8], ikm: &[u8], info: &[&[u8]]) -> Secret32 {
    let mut out = Secret32::from_bytes([0; 32]);
    fill(salt, ikm, info, out.as_mut());
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hkdf_is_the_one_of_rfc_5869_test_case_1() {
        let (ikm, salt) = ([0x0b; 22], hex::decode("000102030405060708090a0b0c").unwrap());
        let mut okm = [0; 42];
        fill(&salt, &ikm, &[&[0xf0, 0xf1, 0xf2, 0xf3], &[0xf4, 0xf5, 0xf6, 0xf7, 0xf8, 0xf9]], &mut okm);
        let expected = "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865";
        assert_eq!(hex::encode(okm), expected);
    }
}
