//! How does `mark` answer? With the thread's row, in which the count of unread messages is another one.

use super::{Context, find};
use crate::args::MarkArgs;
use crate::failure::Outcome;
use crate::show;

/// Marks a thread as read or as unread.
///
/// # Errors
/// `locked`, `not_found`.
pub async fn run(args: MarkArgs, context: &Context) -> Outcome {
    let thread = find::thread(&context.session, &args.thread).await?;
    if let Some(seq) = args.read_to {
        context.session.mark_read(thread, seq).await?;
    }
    if let Some(seq) = args.unread_from {
        context.session.mark_unread(thread, seq).await?;
    }
    let row = context.session.thread(thread).await?.row;
    context.output.value(&row, show::thread).await
}
