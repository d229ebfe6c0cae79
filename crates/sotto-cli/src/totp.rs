//! How does somebody at a terminal get their second factor, and type its codes? A QR code in block characters, and a line of input.

use qrcode::QrCode;
use qrcode::render::unicode::Dense1x2;
use serde::Serialize;
use sotto_client::Enrolled;
use sotto_client::view::{EnrolmentBegun, Password, RecoveryCodes};
use sotto_protocol::{AccountId, ErrorCode};

use crate::args::CodeArgs;
use crate::failure::{Failure, Outcome};
use crate::output::Output;
use crate::password;

/// What ends an enrolment.
#[derive(Serialize)]
pub struct Done<'a> {
    account: AccountId,
    #[serde(flatten)]
    codes: &'a RecoveryCodes,
}

/// Shows the second factor: with `--json` as an object with the address, so that a script can compute codes.
///
/// # Errors
/// `cancelled` if nobody reads.
pub async fn show(begun: &EnrolmentBegun, output: &Output) -> Outcome {
    output.value(begun, says).await
}

/// The second factor for whoever sits at the terminal.
#[must_use]
pub fn says(begun: &EnrolmentBegun) -> String {
    let (uri, key) = (begun.totp.uri.expose(), begun.totp.secret_text.expose());
    let (name, login, qr) = (&begun.name, &begun.login, draw(uri));
    format!("{name}, your login name is {login}.\nScan this with an authenticator app, or type the key {key}:\n\n{qr}\n{uri}")
}

/// Locks the session that an enrolment opened, and tells the recovery codes.
///
/// # Errors
/// Those of locking.
pub async fn end(account: AccountId, enrolled: Enrolled, output: &Output) -> Outcome {
    enrolled.session.lock().await?;
    output.value(&Done { account, codes: &enrolled.codes }, |done| text(done.codes)).await
}

/// The recovery codes for paper.
#[must_use]
pub fn text(codes: &RecoveryCodes) -> String {
    let lines: Vec<&str> = codes.codes.iter().map(|code| code.expose()).collect();
    format!("Recovery codes, each good for one new password. Write them down now; they are not shown again:\n\n{}\n", lines.join("\n"))
}

/// A code, from where the arguments say. Waits on a thread that may block.
///
/// # Errors
/// `locked` if there is nobody to ask; `not_found` for a file that cannot be read; `malformed` for an empty line.
pub async fn ask(args: &CodeArgs) -> Outcome<Password> {
    let args = args.clone();
    let asked = tokio::task::spawn_blocking(move || {
        if args.totp_code_stdin {
            return password::from_parent();
        }
        password::secret(args.code_file.as_deref(), "Six-digit code: ")
    });
    asked.await.map_err(|_| Failure::new(ErrorCode::Internal))?
}

/// A QR code; nothing where the text is longer than any.
fn draw(text: &str) -> String {
    QrCode::new(text).map(|code| code.render::<Dense1x2>().build()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_qr_code_is_drawn_in_blocks() {
        let drawn = super::draw("otpauth://totp/Sotto:n.nurse?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Sotto");
        assert!(drawn.lines().count() > 15 && drawn.contains('\u{2588}'), "{drawn}");
    }
}
