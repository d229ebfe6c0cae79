//! How does `draft` answer? With what somebody was writing in a thread, as the window keeps it.

use sotto_client::view::{DraftView, Priority};

use super::{Context, find};
use crate::args::DraftArgs;
use crate::failure::Outcome;

/// Shows the draft, or keeps another one with the priority that the last one had.
///
/// # Errors
/// `locked`, `not_found`, `disk_full`.
pub async fn run(args: DraftArgs, context: &Context) -> Outcome {
    let thread = find::thread(&context.session, &args.thread).await?;
    if let Some(text) = args.text {
        let priority = context.session.draft(thread).await?.map_or(Priority::Fyi, |draft| draft.priority);
        context.session.save_draft(thread, Some(DraftView { text, priority })).await?;
    }
    let draft = context.session.draft(thread).await?;
    context.output.value(&draft, |draft| draft.as_ref().map_or_else(String::new, |draft| draft.text.clone())).await
}
