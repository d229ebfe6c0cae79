//! What does a person at a terminal read when a PIN is refused?

use sotto_client::view::ErrorCode;

use super::Both;

/// The sentences of a code that is about a PIN.
pub(super) const fn line(code: ErrorCode) -> Option<Both> {
    Some(match code {
        ErrorCode::SecondFactorNeeded => (
            (
                "There were too many wrong PINs here, so the PIN is gone and the password alone does not open your vault.",
                "Sign in once by your login name, with password and code (sotto sign-in LOGIN); nothing is lost, and you can set a new PIN.",
            ),
            (
                "Hubo demasiados PIN erróneos aquí: el PIN ya no existe y la contraseña sola no abre su bóveda.",
                "Entre una vez con su nombre de usuario, contraseña y código (sotto sign-in USUARIO); no se pierde nada y podrá crear otro PIN.",
            ),
        ),
        ErrorCode::WrongPin => (
            ("That PIN is not right.", "sotto status says how many tries are left; your password always works while there are some."),
            ("Ese PIN no es correcto.", "sotto status dice cuántos intentos quedan; mientras queden, su contraseña también sirve."),
        ),
        ErrorCode::PinMissing => (
            ("You have no PIN on this machine.", "Use your password; sotto pin set makes one."),
            ("No tiene un PIN en este equipo.", "Use su contraseña; sotto pin set crea uno."),
        ),
        ErrorCode::PinMalformed => (
            ("A PIN has 6 to 12 digits and nothing else.", "Type digits only."),
            ("Un PIN tiene de 6 a 12 cifras y nada más.", "Escriba solo cifras."),
        ),
        ErrorCode::PinRepeats => (
            ("That PIN is easy to guess: it repeats itself.", "Use at least three different digits, without a part that comes again."),
            ("Ese PIN es fácil de adivinar: se repite.", "Use al menos tres cifras distintas, sin una parte que se repita."),
        ),
        ErrorCode::PinCounts => (
            ("That PIN is easy to guess: it counts up or down.", "Mix the digits."),
            ("Ese PIN es fácil de adivinar: cuenta hacia arriba o hacia abajo.", "Mezcle las cifras."),
        ),
        _ => return None,
    })
}
