//! How does `password change` go? With the old one, the new one and a code; it prints new recovery codes.

use sotto_client::view::Password;

use super::Context;
use crate::args::PasswordChangeArgs;
use crate::failure::Outcome;
use crate::{password, totp};

/// Changes the password.
///
/// # Errors
/// Those of [`sotto_client::Session::change_password`], and of reading what was typed.
pub async fn run(args: PasswordChangeArgs, old: &Password, context: &Context) -> Outcome {
    let new = password::choose_from(args.new_password_file.as_deref())?;
    let code = totp::ask(&args.code).await?;
    let codes = context.session.change_password(old, &new, code.expose()).await?;
    context.output.value(&codes, totp::text).await
}
