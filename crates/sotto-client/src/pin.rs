//! How does a person set a PIN on a workstation, and remove it? In an open session, with the password once more.

use sotto_crypto::vault_key::Opener;
use sotto_protocol::{ErrorCode, limits};

use crate::error::{ClientError, Result};
use crate::session::Session;
use crate::view::{AppEvent, Password};

impl Session {
    /// Lets a PIN open this person's vault on this workstation, in place of an older PIN. A change of the password removes it.
    ///
    /// # Errors
    /// `locked`; `not_permitted` where the machine's rules allow no PIN; `pin_malformed`, `pin_repeats`, `pin_counts` for a PIN that is none or easy to guess; `wrong_password` and `throttled` for the
    /// password; `second_factor_needed`, `vault_destroyed`; those of server, keyring and disk.
    pub async fn set_pin(&self, password: &Password, pin: &Password) -> Result<()> {
        check_new(pin)?;
        let call = self.enter()?;
        let core = call.core();
        let (workstation, account) = (&core.workstation, core.account);
        if core.rules().is_some_and(|rules| !rules.pin.value) {
            return Err(ClientError::new(ErrorCode::NotPermitted, "set a PIN"));
        }
        let set = async {
            workstation.check_second_factor(account)?;
            let unlocked = workstation.unlock(account, Opener::Password, password, &core.http).await?;
            workstation.wrap_pin(account, pin, unlocked).await
        };
        call.run(set).await?;
        // The open window says whether there is one.
        core.events.send(AppEvent::WorkstationChanged);
        Ok(())
    }

    /// Removes the PIN of this person from this workstation; none is fine.
    ///
    /// # Errors
    /// `locked`; those of keyring and disk.
    pub async fn remove_pin(&self) -> Result<()> {
        let call = self.enter()?;
        let core = call.core();
        core.workstation.forget_pin(core.account)?;
        core.events.send(AppEvent::WorkstationChanged);
        Ok(())
    }
}

/// Digits that could be a PIN.
///
/// # Errors
/// `pin_malformed`.
pub(crate) fn check_digits(pin: &Password) -> Result<()> {
    let digits = pin.expose().as_bytes();
    let long_enough = (limits::PIN_MIN_DIGITS..=limits::PIN_MAX_DIGITS).contains(&digits.len());
    if long_enough && digits.iter().all(u8::is_ascii_digit) { Ok(()) } else { Err(refused(ErrorCode::PinMalformed)) }
}

/// A PIN that is not among the first that anybody tries.
fn check_new(pin: &Password) -> Result<()> {
    check_digits(pin)?;
    let digits = pin.expose().as_bytes();
    if repeats(digits) {
        return Err(refused(ErrorCode::PinRepeats));
    }
    if counts(digits) { Err(refused(ErrorCode::PinCounts)) } else { Ok(()) }
}

/// Fewer than three different digits, or a part that is said again and again: 111111, 121221, 123123.
fn repeats(digits: &[u8]) -> bool {
    let different = (b'0'..=b'9').filter(|digit| digits.contains(digit)).count();
    different < 3 || (1..=digits.len() / 2).any(|part| digits.iter().zip(digits.iter().skip(part)).all(|(a, b)| a == b))
}

/// Each digit is the one after, or before, the last: 123456, 987654, 890123.
fn counts(digits: &[u8]) -> bool {
    let mut steps = digits.iter().zip(digits.iter().skip(1)).map(|(a, b)| (b + 10 - a) % 10);
    let first = steps.next();
    matches!(first, Some(1 | 9)) && steps.all(|step| Some(step) == first)
}

const fn refused(code: ErrorCode) -> ClientError {
    ClientError::new(code, "take the PIN")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(pin: &str) -> Option<ErrorCode> {
        check_new(&Password::new(pin.into())).err().map(|error| error.code)
    }

    #[test]
    fn a_pin_is_six_to_twelve_digits() {
        for pin in ["", "31415", "3141592653589", "31415a", "31415 ", "٣١٤١٥٩", "-31415"] {
            assert_eq!(code(pin), Some(ErrorCode::PinMalformed), "{pin}");
        }
        for pin in ["314159", "271828182845"] {
            assert_eq!(code(pin), None, "{pin}");
        }
    }

    #[test]
    fn what_anybody_tries_first_is_refused_with_the_reason() {
        for pin in ["000000", "777777777777", "121212", "112211", "123123", "123412341", "909090"] {
            assert_eq!(code(pin), Some(ErrorCode::PinRepeats), "{pin}");
        }
        for pin in ["123456", "0123456789", "654321", "890123", "210987"] {
            assert_eq!(code(pin), Some(ErrorCode::PinCounts), "{pin}");
        }
        for pin in ["123457", "135790", "123321", "204060"] {
            assert_eq!(code(pin), None, "{pin}");
        }
    }
}
