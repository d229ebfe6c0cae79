//! What does a person at a terminal read when something fails? What happened and what to do next, in English or Spanish.

mod file;
mod managed;
mod opening;
mod pin;
mod rule;
mod sheet;

use std::fmt::Write as _;

use sotto_client::view::{ErrorCode, Language};

/// What happened and what to do next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sentence {
    /// What happened.
    pub says: &'static str,
    /// What to do.
    pub next: &'static str,
}

/// The language of the environment: `LC_ALL`, `LC_MESSAGES` or `LANG`, the first that is set.
#[must_use]
pub fn language_of(mut variable: impl FnMut(&str) -> Option<String>) -> Language {
    let set = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().find_map(|name| variable(name).filter(|value| !value.is_empty()));
    if set.is_some_and(|value| value.starts_with("es")) { Language::Es } else { Language::En }
}

/// The sentence of a code.
#[must_use]
pub const fn sentence(code: ErrorCode, language: Language) -> Sentence {
    let (en, es) = both(code);
    let (says, next) = match language {
        Language::En => en,
        Language::Es => es,
    };
    Sentence { says, next }
}

/// The table behind `sotto help errors`: exit status, code and sentence.
#[must_use]
pub fn table(language: Language) -> String {
    let mut text = String::from("  0  ok\n  2  usage\n");
    for code in ErrorCode::ALL {
        let Sentence { says, next } = sentence(*code, language);
        let _ = writeln!(text, "{:>3}  {:<20} {says} {next}", code.number(), code.as_str());
    }
    text
}

type Both = ((&'static str, &'static str), (&'static str, &'static str));

const fn both(code: ErrorCode) -> Both {
    match opening::line(code) {
        Some(both) => both,
        None => match line(code) {
            Some(both) => both,
            None => match machine(code) {
                Some(both) => both,
                None => match letting_in(code) {
                    Some(both) => both,
                    None => match pin::line(code) {
                        Some(both) => both,
                        None => match sheet::line(code) {
                            Some(both) => both,
                            None => match rule::line(code) {
                                Some(both) => both,
                                None => match managed::line(code) {
                                    Some(both) => both,
                                    None => match file::line(code) {
                                        Some(both) => both,
                                        None => request(code),
                                    },
                                },
                            },
                        },
                    },
                },
            },
        },
    }
}

/// Machines and the tokens that let them in.
const fn letting_in(code: ErrorCode) -> Option<Both> {
    Some(match code {
        ErrorCode::TokenMalformed => (
            ("This workstation token is damaged.", "Copy the whole token again, without line breaks."),
            ("Este código de estación está dañado.", "Copie de nuevo el código completo, sin saltos de línea."),
        ),
        ErrorCode::TokenUnknown => (
            ("The server does not know this workstation token.", "Make a new one: sotto workstation token."),
            ("El servidor no conoce este código de estación.", "Genere uno nuevo: sotto workstation token."),
        ),
        ErrorCode::TokenExpired => (
            ("This workstation token's time is over.", "Make a new one: sotto workstation token."),
            ("Este código de estación ha caducado.", "Genere uno nuevo: sotto workstation token."),
        ),
        ErrorCode::TokenUsed => (
            ("This workstation token was used before.", "If it was not for this machine, tell your IT team now; otherwise make a new one."),
            (
                "Este código de estación ya se usó.",
                "Si no fue para este equipo, avise ahora a su equipo de informática; si no, genere uno nuevo.",
            ),
        ),
        ErrorCode::WorkstationUnknown => (
            ("The server does not know this machine.", "Enrol it with a new token: sotto workstation enrol TOKEN."),
            ("El servidor no conoce este equipo.", "Dé de alta el equipo con un código nuevo: sotto workstation enrol CÓDIGO."),
        ),
        ErrorCode::WorkstationRevoked => (
            ("This machine was shut out.", "Use another one, and talk to your IT team."),
            ("Este equipo fue bloqueado.", "Use otro y hable con su equipo de informática."),
        ),
        _ => return None,
    })
}

/// Trust, clocks and the line to the server.
const fn line(code: ErrorCode) -> Option<Both> {
    Some(match code {
        ErrorCode::UnknownRoot => (
            ("The server shows people this clinic never vouched for.", "Do not go on; tell your IT team."),
            ("El servidor muestra personas que esta clínica nunca avaló.", "No continúe; avise a su equipo de informática."),
        ),
        ErrorCode::ServerCertificate => (
            ("This is not the clinic's server.", "Do not go on; tell your IT team."),
            ("Este no es el servidor de la clínica.", "No continúe; avise a su equipo de informática."),
        ),
        ErrorCode::SignatureInvalid => (
            ("Something signed does not fit its signature.", "Try again; if it stays, tell your IT team."),
            ("Algo firmado no corresponde a su firma.", "Inténtelo de nuevo; si continúa, avise a su equipo de informática."),
        ),
        ErrorCode::ClockSkew => (
            ("This machine's clock is wrong by more than two minutes.", "Set the clock, then try again."),
            ("El reloj de este equipo difiere en más de dos minutos.", "Ajuste el reloj e inténtelo de nuevo."),
        ),
        ErrorCode::RequestReplayed => {
            (("The server saw this request before.", "Try again."), ("El servidor ya había visto esta petición.", "Inténtelo de nuevo."))
        }
        ErrorCode::UpgradeRequired => (
            ("This Sotto and the server's are too far apart.", "Update Sotto on this machine."),
            ("Este Sotto y el del servidor son demasiado distintos.", "Actualice Sotto en este equipo."),
        ),
        ErrorCode::ServerUnreachable => (
            ("The server cannot be reached.", "What you sent is kept and goes out by itself; check the network."),
            ("No se puede contactar con el servidor.", "Lo que envió se guarda y saldrá solo; revise la red."),
        ),
        ErrorCode::ServerBusy => (
            ("The server is busy.", "It is tried again by itself; nothing is lost."),
            ("El servidor está ocupado.", "Se reintentará solo; no se pierde nada."),
        ),
        ErrorCode::ServerError => (
            ("The server failed.", "It is tried again by itself; if it stays, tell your IT team."),
            ("El servidor falló.", "Se reintentará solo; si continúa, avise a su equipo de informática."),
        ),
        _ => return None,
    })
}

/// The disk, the vault and the keyring.
const fn machine(code: ErrorCode) -> Option<Both> {
    Some(match code {
        ErrorCode::DiskFull => (
            ("The disk is full.", "Free some space, then try again; nothing was lost."),
            ("El disco está lleno.", "Libere espacio e inténtelo de nuevo; no se perdió nada."),
        ),
        ErrorCode::VaultCorrupt => (
            ("The vault's file is damaged.", "Ask your IT team for a new invite; your messages are on the server."),
            ("El archivo de la bóveda está dañado.", "Pida una nueva invitación; sus mensajes están en el servidor."),
        ),
        ErrorCode::VaultMissing => (
            ("The vault's file is not there.", "Ask your IT team for a new invite; your messages are on the server."),
            ("Falta el archivo de la bóveda.", "Pida una nueva invitación; sus mensajes están en el servidor."),
        ),
        ErrorCode::VaultInUse => (
            ("Another Sotto has this home open.", "Close it, or run: sotto lock."),
            ("Otro Sotto tiene abierta esta carpeta.", "Ciérrelo, o ejecute: sotto lock."),
        ),
        ErrorCode::VaultRolledBack => (
            ("This vault is an older copy of itself.", "Stay connected until it has caught up; then sending works again."),
            ("Esta bóveda es una copia anterior de sí misma.", "Siga conectado hasta que se ponga al día; después podrá enviar."),
        ),
        ErrorCode::KeyringMissing => (
            ("There is no keyring on this machine.", "Start one; on machines without, IT may choose --insecure-keyring-file."),
            ("No hay llavero en este equipo.", "Inicie uno; si no existe, informática puede usar --insecure-keyring-file."),
        ),
        ErrorCode::KeyringLocked => {
            (("The keyring is locked.", "Unlock it, then try again."), ("El llavero está bloqueado.", "Desbloquéelo e inténtelo de nuevo."))
        }
        ErrorCode::LeaseEnded => (
            (
                "The clinic's server cannot be reached, and the time for which this vault opens without it is over.",
                "Connect this computer to the clinic's network and sign in again; nothing is lost. If the network is fine, tell your IT team.",
            ),
            (
                "No se puede contactar con el servidor de la clínica, y el tiempo en que esta bóveda se abre sin él ha terminado.",
                "Conecte este equipo a la red de la clínica y entre de nuevo; no se pierde nada. Si la red funciona, avise a informática.",
            ),
        ),
        _ => return None,
    })
}

/// What was asked for.
const fn request(code: ErrorCode) -> Both {
    match code {
        ErrorCode::TooLarge => (
            ("That is more than fits into one message.", "Make it shorter, or send it in parts."),
            ("Eso no cabe en un mensaje.", "Acórtelo o envíelo en partes."),
        ),
        ErrorCode::Malformed => {
            (("That could not be understood.", "Check what you typed."), ("Eso no se entiende.", "Revise lo que escribió."))
        }
        ErrorCode::Locked => {
            (("The session is locked.", "Unlock it: sotto unlock."), ("La sesión está bloqueada.", "Desbloquéela: sotto unlock."))
        }
        ErrorCode::NotFound => (
            ("There is no such thing here.", "Check the name; sotto threads and sotto people list what there is."),
            ("Aquí no existe eso.", "Revise el nombre; sotto threads y sotto people muestran lo que hay."),
        ),
        ErrorCode::NotAMember => (
            ("You are not in that thread.", "Ask somebody in it to add you."),
            ("Usted no está en esa conversación.", "Pida a alguien de ella que le añada."),
        ),
        ErrorCode::NotPermitted => (
            ("You may not do that.", "Ask an admin of your clinic."),
            ("No tiene permiso para eso.", "Pídalo a un administrador de su clínica."),
        ),
        ErrorCode::MemberNotPermitted => (
            ("That person's role does not allow threads of this kind.", "Choose another kind of thread, or ask an admin about their role."),
            ("El rol de esa persona no permite este tipo de conversación.", "Elija otro tipo o pregunte a un administrador por su rol."),
        ),
        ErrorCode::Conflict => (
            ("Something else has that place already.", "Look at what is there, then try again."),
            ("Ese lugar ya está ocupado por otra cosa.", "Mire lo que hay e inténtelo de nuevo."),
        ),
        ErrorCode::StaleEpoch => (
            ("The thread changed while this was sent.", "It is sealed again and sent by itself."),
            ("La conversación cambió durante el envío.", "Se sella de nuevo y se envía solo."),
        ),
        ErrorCode::Cancelled => {
            (("It was cancelled.", "Nothing changed; run it again when ready."), ("Se canceló.", "Nada cambió; ejecútelo cuando quiera."))
        }
        _ => (
            ("Something in Sotto went wrong.", "Try again; if it stays, tell your IT team what you did."),
            ("Algo en Sotto falló.", "Inténtelo de nuevo; si continúa, cuente a informática qué hizo."),
        ),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn every_code_has_its_own_sentences_in_both_languages() {
        for language in [Language::En, Language::Es] {
            let said: HashSet<_> = ErrorCode::ALL.iter().map(|code| sentence(*code, language).says).collect();
            assert_eq!(said.len(), ErrorCode::ALL.len());
        }
        assert_ne!(sentence(ErrorCode::Locked, Language::En), sentence(ErrorCode::Locked, Language::Es));
    }

    #[test]
    fn the_environment_chooses_the_language() {
        let of = |lc_all: &str, lang: &str| {
            language_of(|name| match name {
                "LC_ALL" => Some(lc_all.into()),
                "LANG" => Some(lang.into()),
                _ => None,
            })
        };
        assert_eq!(of("", "es_MX.UTF-8"), Language::Es);
        assert_eq!(of("en_US.UTF-8", "es_MX.UTF-8"), Language::En);
    }

    #[test]
    fn the_readme_lists_every_exit_status() {
        let readme = include_str!("../README.md");
        for code in ErrorCode::ALL {
            let row = format!("| {} | `{code}` |", code.number());
            assert!(readme.contains(&row), "README.md lacks: {row}");
        }
    }
}
