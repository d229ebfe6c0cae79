//! How does `invite` answer? With the text to hand over, and the account it makes.

use sotto_client::view::{InviteRequest, InviteView};

use super::Context;
use crate::args::{InviteArgs, RoleArgs};
use crate::failure::Outcome;

/// Invites a person.
///
/// # Errors
/// Those of [`sotto_client::Session::invite`].
pub async fn run(args: InviteArgs, context: &Context) -> Outcome {
    let InviteArgs { name, title, login, role: RoleArgs { role, permissions }, days } = args;
    let invite: InviteView = context.session.invite(InviteRequest { name, title, login, role, permissions, days }).await?;
    context.output.value(&invite, |invite| invite.text.expose().to_owned()).await
}
