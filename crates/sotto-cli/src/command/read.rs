//! How does `read` answer? With a page of the thread's log.

use sotto_client::view::MessagePageRequest;

use super::{Context, find};
use crate::args::ReadArgs;
use crate::failure::Outcome;
use crate::show;

/// Reads a thread.
///
/// # Errors
/// `locked`, `not_found`.
pub async fn run(args: ReadArgs, context: &Context) -> Outcome {
    let thread = find::thread(&context.session, &args.thread).await?;
    let request = MessagePageRequest { thread, before: args.before, after: args.after, limit: args.limit };
    let page = context.session.messages(request).await?;
    context.output.value(&page, |page| page.messages.iter().map(show::message).collect::<Vec<_>>().join("\n")).await
}
