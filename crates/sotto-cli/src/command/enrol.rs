//! How does `enrol` go? The invite comes from the command line or from a file; the second factor is shown, and confirmed by a code.

use sotto_client::Workstation;
use sotto_client::view::ErrorCode;

use crate::args::{EnrolArgs, Options};
use crate::failure::{Failure, Outcome};
use crate::output::Output;
use crate::{password, totp};

/// Uses an invite.
///
/// # Errors
/// `not_found` for a file that cannot be read, and those of enrolment.
pub async fn run(args: EnrolArgs, options: &Options, workstation: &Workstation, output: &Output) -> Outcome {
    let begun = workstation.begin_enrol(&text_or_file(&args.invite)?, &password::choose(options)?).await?;
    totp::show(&begun, output).await?;
    let code = totp::ask(&args.code).await?;
    let enrolled = workstation.finish_enrol(begun.account, code.expose()).await?;
    totp::end(begun.account, enrolled, output).await
}

/// The text itself, or what is in the file that `@FILE` names.
///
/// # Errors
/// `not_found`.
pub fn text_or_file(text: &str) -> Outcome<String> {
    match text.strip_prefix('@') {
        Some(path) => std::fs::read_to_string(path).map_err(|_| Failure::new(ErrorCode::NotFound)),
        None => Ok(text.to_owned()),
    }
}
