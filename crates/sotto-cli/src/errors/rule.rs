//! What does a person at a terminal read when a rule of their own is refused?

use sotto_client::view::ErrorCode;

use super::Both;

/// The sentences of a code that is about a rule.
pub(super) const fn line(code: ErrorCode) -> Option<Both> {
    Some(match code {
        ErrorCode::RuleLooser => (
            (
                "That is looser than your clinic's rules for this machine.",
                "Choose a shorter time; sotto rules lists what holds and whose rule it is.",
            ),
            (
                "Eso es menos estricto que las reglas de su clínica para este equipo.",
                "Elija un tiempo más corto; sotto rules muestra qué vale y de quién es cada regla.",
            ),
        ),
        _ => return None,
    })
}
