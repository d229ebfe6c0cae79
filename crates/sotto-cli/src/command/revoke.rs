//! How does `revoke` go? A device by its id, a person by name or id; the server cuts them off at once.

use serde::Serialize;

use super::{Context, find};
use crate::args::RevokeArgs;
use crate::failure::Outcome;

#[derive(Serialize)]
struct Revoked {
    revoked: String,
}

/// Shuts a device or a person out.
///
/// # Errors
/// `not_found`, `not_permitted`, and those of the server.
pub async fn run(args: RevokeArgs, context: &Context) -> Outcome {
    let revoked = match (args.device, args.account) {
        (Some(device), _) => {
            context.session.revoke_device(device).await?;
            device.to_string()
        }
        (None, account) => {
            let account = find::person(&context.session, &account.unwrap_or_default()).await?;
            context.session.revoke_person(account).await?;
            account.to_string()
        }
    };
    context.output.value(&Revoked { revoked }, |_| "Shut out.".into()).await
}
