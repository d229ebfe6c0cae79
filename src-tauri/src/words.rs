//! What does the shell itself say, outside any window? A handful of words in two languages, none about anybody.

use sotto_client::view::Language;

/// The shell's own words.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Words {
    /// Tray: lock.
    pub lock: &'static str,
    /// Tray: bring the window to the front.
    pub show: &'static str,
    /// Tray: quit.
    pub quit: &'static str,
    /// A notification of one thread with something new.
    one_waiting: &'static str,
    /// After the number, where there are more.
    many_waiting: &'static str,
}

const ENGLISH: Words = Words {
    lock: "Lock",
    show: "Show Sotto",
    quit: "Quit Sotto",
    one_waiting: "1 conversation has a new message for you",
    many_waiting: "conversations have new messages for you",
};

const SPANISH: Words = Words {
    lock: "Bloquear",
    show: "Mostrar Sotto",
    quit: "Salir de Sotto",
    one_waiting: "1 conversación tiene un mensaje nuevo para usted",
    many_waiting: "conversaciones tienen mensajes nuevos para usted",
};

impl Words {
    /// The words of `language`.
    pub const fn of(language: Language) -> &'static Self {
        match language {
            Language::En => &ENGLISH,
            Language::Es => &SPANISH,
        }
    }

    /// How many conversations wait, as a sentence.
    pub fn waiting(&self, conversations: u32) -> String {
        if conversations == 1 { self.one_waiting.to_owned() } else { format!("{conversations} {}", self.many_waiting) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_notification_says_how_many_and_never_who() {
        assert_eq!(Words::of(Language::En).waiting(1), "1 conversation has a new message for you");
        assert_eq!(Words::of(Language::Es).waiting(3), "3 conversaciones tienen mensajes nuevos para usted");
    }
}
