//! May this become somebody's password? Long enough, and hard enough to guess, wherever it was typed.

use sotto_protocol::{ErrorCode, limits};
use zxcvbn::{Score, zxcvbn};

use crate::error::{ClientError, Result};
use crate::view::Password;

/// The lowest score of zxcvbn (D. Wheeler, USENIX Security 2016) that is taken: a hundred million guesses and more. The window asks the same
/// of its own copy, to say why while somebody types.
const ACCEPTED: Score = Score::Three;

/// Whether the policy takes a password. `personal` are words that somebody who knows the person tries first.
///
/// # Errors
/// `password_too_short`; `too_large`; `password_guessable` for what word lists, keyboards and patterns find soon.
pub(crate) fn check_password(password: &Password, personal: &[&str]) -> Result<()> {
    let refused = |code| Err(ClientError::new(code, "take the password"));
    match password.chars() {
        chars if chars < limits::PASSWORD_MIN_CHARS => refused(ErrorCode::PasswordTooShort),
        chars if chars > limits::PASSWORD_MAX_CHARS => refused(ErrorCode::TooLarge),
        _ if zxcvbn(password.expose(), personal).score() < ACCEPTED => refused(ErrorCode::PasswordGuessable),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(password: &str) -> Option<ErrorCode> {
        check_password(&Password::new(password.into()), &["nora.nurse"]).err().map(|error| error.code)
    }

    #[test]
    fn what_anybody_would_try_first_is_refused() {
        for easy in ["aaaaaaaaaaaa", "passwordpassword", "123456789012", "qwertyuiop12", "nora.nurse.nora"] {
            assert_eq!(code(easy), Some(ErrorCode::PasswordGuessable), "{easy}");
        }
        assert_eq!(code("short"), Some(ErrorCode::PasswordTooShort));
        assert_eq!(code(&"long".repeat(65)), Some(ErrorCode::TooLarge));
        assert_eq!(code("a long night on ward three"), None);
    }
}
