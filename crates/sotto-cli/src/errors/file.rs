//! What does a person at a terminal read when a file is refused?

use sotto_client::view::ErrorCode;

use super::Both;

/// The sentences of a code that is about a file.
pub(super) const fn line(code: ErrorCode) -> Option<Both> {
    Some(match code {
        ErrorCode::FileTooLarge => (
            ("The file is larger than 100 MB.", "Send a shorter part of it, or a smaller copy."),
            ("El archivo ocupa más de 100 MB.", "Envíe una parte más corta o una copia más pequeña."),
        ),
        ErrorCode::FileRefused => (
            (
                "Files of that kind are not taken: it is judged by what is in it, not by its name.",
                "Send it as a JPEG, PNG, PDF, text or office document.",
            ),
            (
                "No se aceptan archivos de ese tipo: se juzga por su contenido, no por su nombre.",
                "Envíelo como JPEG, PNG, PDF, texto o documento de oficina.",
            ),
        ),
        ErrorCode::FileDamaged => (
            ("The file is damaged, or is not what was sent.", "Ask for it to be sent again."),
            ("El archivo está dañado o no es el que se envió.", "Pida que lo envíen otra vez."),
        ),
        ErrorCode::ImageTooLarge => (
            ("The image has more points than can be opened safely.", "Send a smaller copy of it."),
            ("La imagen tiene más puntos de los que se pueden abrir con seguridad.", "Envíe una copia más pequeña."),
        ),
        ErrorCode::AttachmentTooLarge => (
            (
                "The rules at this workstation let nobody send a file that large.",
                "Send a smaller one; `sotto rules` shows the largest size, and whose rule it is.",
            ),
            (
                "Las reglas de esta estación no permiten enviar un archivo tan grande.",
                "Envíe uno más pequeño; `sotto rules` muestra el tamaño máximo y de quién es la regla.",
            ),
        ),
        ErrorCode::AttachmentTypeForbidden => (
            (
                "The rules at this workstation let nobody send files of that type: what is in it decides, not its name.",
                "`sotto rules` shows the types that may be sent, and whose rule it is.",
            ),
            (
                "Las reglas de esta estación no permiten enviar archivos de ese tipo: decide su contenido, no su nombre.",
                "`sotto rules` muestra los tipos que se pueden enviar y de quién es la regla.",
            ),
        ),
        _ => return None,
    })
}
