//! What does a person at a terminal read when root sheets are refused?

use sotto_client::view::ErrorCode;

use super::Both;

/// The sentences of a code that is about the root's sheets.
pub(super) const fn line(code: ErrorCode) -> Option<Both> {
    Some(match code {
        ErrorCode::SheetMalformed => (
            ("A root sheet is not as it was printed.", "Compare the line that is named with the paper, character by character."),
            ("Una hoja de la raíz no está como se imprimió.", "Compare con el papel, carácter por carácter, la línea que se indica."),
        ),
        ErrorCode::SheetForeign => (
            ("A root sheet is another organisation's.", "Its organisation is printed on it; take this clinic's sheets."),
            ("Una hoja de la raíz es de otra organización.", "La organización está impresa en ella; use las hojas de esta clínica."),
        ),
        ErrorCode::SheetRepeated => (
            ("The same root sheet comes twice.", "Each sheet has a number; take different ones."),
            ("La misma hoja de la raíz aparece dos veces.", "Cada hoja tiene un número; use hojas distintas."),
        ),
        ErrorCode::SheetsTooFew => (
            ("These are too few root sheets.", "Each says how many are needed; fetch more of them."),
            ("Son muy pocas hojas de la raíz.", "En cada una está escrito cuántas hacen falta; traiga más."),
        ),
        ErrorCode::SheetsUnfit => (
            (
                "These root sheets do not belong together.",
                "Take sheets that were printed together. If they were, one of them was made up: tell your IT team.",
            ),
            (
                "Estas hojas de la raíz no van juntas.",
                "Use hojas impresas a la vez. Si lo son, una de ellas es inventada: avise a su equipo de informática.",
            ),
        ),
        _ => return None,
    })
}
