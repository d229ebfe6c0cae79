//! What would the authenticator app show? For people who do not exist and have none.

use anyhow::{Context as _, Result};
use sotto_client::clock::{Clock as _, SystemClock};
use sotto_crypto::totp::{STEP_S, TotpSecret};

/// The code of a secret, as text in base32 (RFC 4648; spaces do not matter), at a time in seconds since 1970.
///
/// # Errors
/// Text that is no such secret.
pub fn code(secret: &str, at_s: u64) -> Result<String> {
    let mut bits = Vec::with_capacity(160);
    for digit in secret.bytes().filter(|byte| *byte != b' ') {
        let value = match digit {
            b'A'..=b'Z' => digit - b'A',
            b'2'..=b'7' => digit - b'2' + 26,
            _ => anyhow::bail!("the second factor's secret is not in base32"),
        };
        bits.extend((0..5).rev().map(|place| value >> place & 1));
    }
    let bytes: Vec<u8> = bits.chunks_exact(8).map(|bits| bits.iter().fold(0, |byte, bit| byte << 1 | bit)).collect();
    let secret = TotpSecret::from_slice(&bytes).context("the second factor's secret has not 160 bits")?;
    Ok(secret.code(at_s))
}

/// The code that the app shows now, or so many codes later: the server takes the next one as well, and each once.
///
/// # Errors
/// As [`code`].
pub fn code_now(secret: &str, later: u64) -> Result<String> {
    code(secret, SystemClock.wall_ms() / 1_000 + later * STEP_S)
}

#[cfg(test)]
mod tests {
    use super::code;

    #[test]
    fn codes_are_those_of_rfc_6238() {
        let secret = "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ";
        assert_eq!(code(secret, 59).ok().as_deref(), Some("287082"));
        assert!(code("GEZ1", 59).is_err() && code("GEZD", 59).is_err());
    }
}
