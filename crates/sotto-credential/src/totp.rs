//! How the second factor works: a time-based code (RFC 6238) of 160 bits of secret, SHA-1, six digits, thirty seconds, which every app can.
//!
//! SHA-1 is what authenticator apps agree on; HMAC does not need it to resist collisions.

use std::fmt;

use ring::rand::{SecureRandom as _, SystemRandom};
use sotto_protocol::limits::TOTP_DIGITS;
use totp_rs::{Algorithm, Builder, Totp};
use zeroize::{Zeroize as _, ZeroizeOnDrop};

/// Bytes of a secret: what RFC 4226 recommends.
pub const SECRET_BYTES: usize = 20;
/// How long a code is shown, in seconds.
pub const STEP_S: u64 = 30;
/// How many steps before and after now are taken as well, for clocks that are off and hands that are slow.
pub const WINDOW: u64 = 1;
/// Who a code is for, as the app shows it.
pub const ISSUER: &str = "Sotto";

/// A secret that a person's app and the server share. Silent in `Debug`, zeroized on drop.
#[derive(Clone, PartialEq, Eq)]
pub struct TotpSecret(Box<[u8; SECRET_BYTES]>);

impl TotpSecret {
    /// A fresh secret.
    ///
    /// # Panics
    /// Where the operating system gives no randomness.
    #[must_use]
    pub fn generate(random: &SystemRandom) -> Self {
        let mut secret = Self(Box::new([0; SECRET_BYTES]));
        assert!(random.fill(secret.0.as_mut_slice()).is_ok(), "the operating system gives no randomness");
        secret
    }

    /// The secret with these bytes, or `None` where they are not 20.
    #[must_use]
    pub fn from_slice(bytes: &[u8]) -> Option<Self> {
        let mut secret = Self(Box::new([0; SECRET_BYTES]));
        if bytes.len() != SECRET_BYTES {
            return None;
        }
        secret.0.copy_from_slice(bytes);
        Some(secret)
    }

    /// The bytes.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8; SECRET_BYTES] {
        &self.0
    }

    /// What the app reads from the QR code: `otpauth://totp/Sotto:LOGIN?secret=…&issuer=Sotto`. As secret as the secret.
    /// `None` for a name with a colon, which no login name has.
    #[must_use]
    pub fn uri(&self, login: &str) -> Option<String> {
        self.totp(login).to_url().ok()
    }

    /// The secret as a person types it into an app that reads no QR code: base32, in groups of four.
    #[must_use]
    pub fn text(&self) -> String {
        let mut encoded = self.totp("").secret().to_base32();
        let mut text = String::with_capacity(encoded.len() * 5 / 4);
        for (place, digit) in encoded.chars().enumerate() {
            if place > 0 && place.is_multiple_of(4) {
                text.push(' ');
            }
            text.push(digit);
        }
        encoded.zeroize();
        text
    }

    /// The code at a time, seconds since 1970.
    #[must_use]
    pub fn code(&self, at_s: u64) -> String {
        self.totp("").generate(at_s).to_string()
    }

    /// The step of a code that fits now, or `None`. A step is taken once: only above `last_step`, which the caller replaces with the answer
    /// by compare-and-set, so that a code that was watched is of no use. Codes are compared in constant time.
    #[must_use]
    pub fn check(&self, code: &str, now_s: u64, last_step: Option<u64>) -> Option<u64> {
        let shaped = code.len() == TOTP_DIGITS && code.bytes().all(|byte| byte.is_ascii_digit());
        if !shaped {
            return None;
        }
        let (totp, now) = (self.totp(""), now_s / STEP_S);
        let mut steps = now.saturating_sub(WINDOW)..=now.saturating_add(WINDOW);
        steps.find(|step| last_step.is_none_or(|last| *step > last) && totp.check(code, step.saturating_mul(STEP_S)).is_some())
    }

    fn totp(&self, login: &str) -> Totp {
        Builder::new()
            .with_algorithm(Algorithm::SHA1)
            .with_digits(6)
            .with_skew(0)
            .with_step_duration(STEP_S)
            .with_secret(self.0.to_vec())
            .with_issuer(Some(ISSUER))
            .with_account_name(login)
            .build_noncompliant()
    }
}

impl Drop for TotpSecret {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl ZeroizeOnDrop for TotpSecret {}

impl fmt::Debug for TotpSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TotpSecret(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 6238, appendix B: the secret of its SHA-1 rows.
    fn secret() -> TotpSecret {
        TotpSecret::from_slice(b"12345678901234567890").unwrap()
    }

    #[test]
    fn codes_are_those_of_rfc_6238_with_six_digits() {
        for (at, code) in
            [(59, "287082"), (1_111_111_109, "081804"), (1_111_111_111, "050471"), (1_234_567_890, "005924"), (2_000_000_000, "279037")]
        {
            assert_eq!(secret().code(at), code);
            assert_eq!(secret().check(code, at, None), Some(at / 30));
        }
    }

    #[test]
    fn a_code_is_taken_a_step_early_and_a_step_late_and_never_twice() {
        let (secret, now) = (secret(), 1_795_000_000);
        let step = now / STEP_S;
        for (at, taken) in [(now - 60, false), (now - 30, true), (now, true), (now + 30, true), (now + 60, false)] {
            assert_eq!(secret.check(&secret.code(at), now, None).is_some(), taken, "at {at}");
        }
        let code = secret.code(now);
        assert_eq!(secret.check(&code, now, Some(step - 1)), Some(step));
        assert_eq!(secret.check(&code, now, Some(step)), None);
        // An older code that nobody used yet is over as well, once a newer one was.
        assert_eq!(secret.check(&secret.code(now - 30), now, Some(step)), None);
    }

    #[test]
    fn what_is_no_code_fits_nothing() {
        for text in ["", "28708", "2870820", "28708a", "+28708", " 287082", "２８７０８２"] {
            assert_eq!(secret().check(text, 59, None), None, "{text:?}");
        }
        assert_eq!(TotpSecret::from_slice(&[0; 19]), None);
    }

    #[test]
    fn an_app_reads_the_address_and_a_person_the_groups() {
        let text = secret().text();
        assert_eq!(text, "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ");
        let uri = secret().uri("n.rahman_2-b").unwrap();
        assert_eq!(uri, format!("otpauth://totp/Sotto:n.rahman_2-b?secret={}&issuer=Sotto", text.replace(' ', "")));
        assert_eq!(secret().uri("a:b"), None);
        assert_eq!(format!("{:?}", secret()), "TotpSecret(..)");
    }

    proptest::proptest! {
        #[test]
        fn no_other_secret_gives_the_code_but_by_chance(a in proptest::array::uniform20(0u8..), b in proptest::array::uniform20(0u8..), at in 0u64..4_000_000_000) {
            let (a, b) = (TotpSecret::from_slice(&a).unwrap(), TotpSecret::from_slice(&b).unwrap());
            proptest::prop_assert_eq!(a.check(&a.code(at), at, None), Some(at / STEP_S));
            if a.code(at) != b.code(at) {
                let step = a.check(&b.code(at), at, None);
                proptest::prop_assert!(step != Some(at / STEP_S));
            }
        }
    }
}
