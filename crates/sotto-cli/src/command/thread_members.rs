//! How does `thread members` go? The change is safe in the vault, and holds when the server has it.

use serde::Serialize;
use sotto_protocol::{AccountId, EntryId};

use super::{Context, find};
use crate::args::ThreadMembersArgs;
use crate::failure::Outcome;

#[derive(Serialize)]
struct Changed {
    entry: EntryId,
}

/// Takes people in and puts people out.
///
/// # Errors
/// `not_found` for a name nobody has, and those of [`sotto_client::Session::change_members`].
pub async fn run(args: ThreadMembersArgs, context: &Context) -> Outcome {
    let thread = find::thread(&context.session, &args.thread).await?;
    let (add, remove) = (persons(context, &args.add).await?, persons(context, &args.remove).await?);
    let events = context.session.events();
    let entry = context.session.change_members(thread, add, remove).await?;
    super::send::wait_until_sent(&context.session, thread, events).await?;
    context.output.value(&Changed { entry }, |_| String::new()).await
}

async fn persons(context: &Context, names: &[String]) -> Outcome<Vec<AccountId>> {
    let mut accounts = Vec::with_capacity(names.len());
    for name in names {
        accounts.push(find::person(&context.session, name).await?);
    }
    Ok(accounts)
}
