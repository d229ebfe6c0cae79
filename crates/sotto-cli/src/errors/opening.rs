//! What does a person read when signing in, or opening a vault, fails?

use super::Both;
use sotto_client::view::ErrorCode;

/// Passwords, invites, enrolment.
pub(super) const fn line(code: ErrorCode) -> Option<Both> {
    Some(match code {
        ErrorCode::WrongPassword => (
            ("That name and password do not fit.", "Check the name and the keyboard layout, and try again."),
            ("Ese nombre y esa contraseña no concuerdan.", "Revise el nombre y el teclado, e inténtelo de nuevo."),
        ),
        ErrorCode::Throttled => (
            ("There were too many attempts.", "Wait a moment, then try again."),
            ("Hubo demasiados intentos.", "Espere un momento e inténtelo de nuevo."),
        ),
        ErrorCode::VaultDestroyed => (
            (
                "After too many wrong passwords, this vault's key was destroyed.",
                "Sign in by your login name (sotto sign-in LOGIN); your messages are on the server.",
            ),
            (
                "Tras demasiadas contraseñas erróneas se destruyó la clave de esta bóveda.",
                "Entre con su nombre de usuario (sotto sign-in USUARIO); sus mensajes están en el servidor.",
            ),
        ),
        ErrorCode::PasswordGuessable => (
            (
                "The password is long enough, and soon guessed.",
                "Use three or four words that do not belong together; no name, date or row of keys.",
            ),
            (
                "La contraseña es bastante larga, pero se adivina pronto.",
                "Use tres o cuatro palabras sin relación; ni nombres, ni fechas, ni filas de teclas.",
            ),
        ),
        ErrorCode::PasswordTooShort => (
            ("The password is too short.", "Use at least 12 characters; a short sentence is easy to remember."),
            ("La contraseña es demasiado corta.", "Use al menos 12 caracteres; una frase corta es fácil de recordar."),
        ),
        ErrorCode::LoginMalformed => (
            ("That is no login name.", "Use 2 to 64 of a-z, 0-9, dot, hyphen and underscore."),
            ("Ese no es un nombre de usuario.", "Use de 2 a 64 de a-z, 0-9, punto, guion y guion bajo."),
        ),
        ErrorCode::LoginTaken => (
            ("Somebody else has that login name.", "Ask your IT team for another one."),
            ("Otra persona tiene ese nombre de usuario.", "Pida otro a su equipo de informática."),
        ),
        ErrorCode::WrongCode => (
            ("That code is not right.", "Type the six digits the app shows now; if it stays, check the phone's clock."),
            (
                "Ese código no es correcto.",
                "Escriba las seis cifras que la aplicación muestra ahora; si sigue fallando, revise el reloj del teléfono.",
            ),
        ),
        ErrorCode::RecoveryCodeUnknown => (
            ("That recovery code is not right, or was used.", "Check it, use another one, or talk to your IT team."),
            ("Ese código de recuperación no es correcto o ya se usó.", "Revíselo, use otro o hable con su equipo de informática."),
        ),
        ErrorCode::BundleDamaged => (
            ("Your keys on the server do not open.", "Use a recovery code, or ask your IT team for a new invite."),
            (
                "Sus claves del servidor no se abren.",
                "Use un código de recuperación o pida una nueva invitación a su equipo de informática.",
            ),
        ),
        ErrorCode::InviteMalformed => (
            ("This invite is damaged.", "Copy the whole invite again, without line breaks."),
            ("Esta invitación está dañada.", "Copie de nuevo la invitación completa, sin saltos de línea."),
        ),
        ErrorCode::InviteUnknown => (
            ("The server does not know this invite.", "Ask your IT team for a new one."),
            ("El servidor no conoce esta invitación.", "Pida una nueva a su equipo de informática."),
        ),
        ErrorCode::InviteExpired => (
            ("This invite's time is over.", "Ask your IT team for a new one."),
            ("Esta invitación ha caducado.", "Pida una nueva a su equipo de informática."),
        ),
        ErrorCode::InviteUsed => (
            ("This invite was used before.", "If that was not you, tell your IT team now; otherwise ask for a new one."),
            ("Esta invitación ya se usó.", "Si no fue usted, avise ahora a su equipo de informática; si no, pida una nueva."),
        ),
        ErrorCode::AlreadyEnrolled => (
            ("This person is on this workstation already.", "Sign in with the password."),
            ("Esta persona ya está en este puesto.", "Inicie sesión con la contraseña."),
        ),
        ErrorCode::NotEnrolled => (
            (
                "Nobody by that name is here, or this machine is no workstation yet.",
                "A machine comes in by sotto workstation enrol TOKEN, a person by sotto enrol INVITE or sotto sign-in LOGIN.",
            ),
            (
                "Nadie con ese nombre está aquí, o este equipo aún no es un puesto de trabajo.",
                "Un equipo entra con sotto workstation enrol CÓDIGO, una persona con sotto enrol INVITACIÓN o sotto sign-in USUARIO.",
            ),
        ),
        ErrorCode::DeviceRevoked => (
            (
                "Your sign-in at this workstation was ended, by you elsewhere or by IT.",
                "Sign in again with sotto sign-in LOGIN, password and code. If you did not end it, talk to your IT team.",
            ),
            (
                "Su sesión en este puesto se terminó: la terminó usted desde otro lugar, o Informática.",
                "Entre otra vez con sotto sign-in USUARIO, contraseña y código. Si no la terminó usted, hable con su equipo de informática.",
            ),
        ),
        ErrorCode::Wiped => (
            (
                "This workstation was wiped by your clinic's IT, or you were removed from it.",
                "Nothing is lost, your messages are on the server: use another workstation, and ask your IT team about this one.",
            ),
            (
                "Informática de su clínica borró este puesto, o a usted de él.",
                "No se pierde nada, sus mensajes están en el servidor: use otro puesto y pregunte a informática por este.",
            ),
        ),
        ErrorCode::AccountRevoked => {
            (("Your account was shut out.", "Talk to your IT team."), ("Su cuenta fue bloqueada.", "Hable con su equipo de informática."))
        }
        _ => return None,
    })
}
