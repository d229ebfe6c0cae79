//! How does `invite` answer? With the text to hand over, and the account it makes.

use serde::Serialize;
use sotto_protocol::AccountId;

use super::Context;
use crate::args::InviteArgs;
use crate::failure::Outcome;

#[derive(Serialize)]
struct Invite {
    invite: String,
    account: AccountId,
}

/// Invites a person.
///
/// # Errors
/// Those of [`sotto_client::Session::invite`].
pub async fn run(args: InviteArgs, context: &Context) -> Outcome {
    let invited = context.session.invite(&args.name, &args.title, args.valid_hours).await?;
    let invite = Invite { invite: invited.code, account: invited.account };
    context.output.value(&invite, |invite| invite.invite.clone()).await
}
