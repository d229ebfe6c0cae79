//! How does `recover` go? A recovery code and a code of the second factor; then a new password, and new recovery codes.

use sotto_client::Workstation;

use crate::args::{Options, RecoverArgs};
use crate::failure::Outcome;
use crate::output::Output;
use crate::{password, totp};

/// Sets a new password with a recovery code.
///
/// # Errors
/// Those of [`Workstation::recover`], and of reading what was typed.
pub async fn run(args: RecoverArgs, options: &Options, workstation: &Workstation, output: &Output) -> Outcome {
    let recovery = password::secret(args.recovery_code_file.as_deref(), "Recovery code: ")?;
    let new = password::choose(options)?;
    let code = totp::ask(&args.code).await?;
    let recovered = workstation.recover(&args.login, recovery.expose(), code.expose(), &new).await?;
    let account = recovered.session.session().await?.account;
    totp::end(account, recovered, output).await
}
