//! How does `enrol` go? The invite comes from the command line or from a file.

use serde::Serialize;
use sotto_client::Workstation;
use sotto_client::view::ErrorCode;
use sotto_protocol::AccountId;

use crate::args::{EnrolArgs, Options};
use crate::failure::{Failure, Outcome};
use crate::output::Output;
use crate::password;

#[derive(Serialize)]
struct Enrolled {
    account: AccountId,
}

/// Uses an invite.
///
/// # Errors
/// `not_found` for a file that cannot be read, and those of enrolment.
pub async fn run(args: EnrolArgs, options: &Options, workstation: &Workstation, output: &Output) -> Outcome {
    let invite = match args.invite.strip_prefix('@') {
        Some(path) => std::fs::read_to_string(path).map_err(|_| Failure::new(ErrorCode::NotFound))?,
        None => args.invite,
    };
    let account = workstation.enrol(&invite, &password::choose(options)?, &args.workstation).await?;
    output.value(&Enrolled { account }, |_| "Enrolled. Sign in with the password from now on.".into()).await
}
