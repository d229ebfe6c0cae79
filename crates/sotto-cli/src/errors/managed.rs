//! What does a person at a terminal read when a machine's management is not used?

use sotto_client::view::ErrorCode;

use super::Both;

/// The sentences of a code that is about a machine's management.
pub(super) const fn line(code: ErrorCode) -> Option<Both> {
    Some(match code {
        ErrorCode::ManagedUnreadable => (
            (
                "What this machine's management says is not understood, and nothing of it is used.",
                "Correct the key that is named: sotto managed show. Then start Sotto again.",
            ),
            (
                "Lo que dice la administración de este equipo no se entiende y no se usa nada de ello.",
                "Corrija la clave que se indica: sotto managed show. Después reinicie Sotto.",
            ),
        ),
        ErrorCode::ManagedUnsafe => (
            (
                "Somebody else than the administrator may write what this machine's management says, and nothing of it is used.",
                "As the administrator: chown root and chmod 644 the file, 755 its folder. Then start Sotto again.",
            ),
            (
                "Alguien distinto del administrador puede escribir lo que dice la administración de este equipo y no se usa nada de ello.",
                "Como administrador: chown root y chmod 644 al archivo, 755 a su carpeta. Después reinicie Sotto.",
            ),
        ),
        _ => return None,
    })
}
