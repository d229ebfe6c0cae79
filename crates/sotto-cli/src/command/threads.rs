//! How does `threads` answer? With a page of the list.

use sotto_client::view::ThreadListRequest;

use super::Context;
use crate::args::ThreadsArgs;
use crate::failure::Outcome;
use crate::show;

/// Lists threads.
///
/// # Errors
/// `locked`, `malformed`.
pub async fn run(args: ThreadsArgs, context: &Context) -> Outcome {
    let request = ThreadListRequest { filter: args.filter.into(), after: args.after, limit: args.limit };
    let page = context.session.threads(request).await?;
    context.output.value(&page, |page| page.rows.iter().map(show::thread).collect::<Vec<_>>().join("\n")).await
}
