//! How does `search` answer? With a page of hits, the newest first.

use sotto_client::view::{SearchFilter, SearchHit, SearchRequest};

use super::{Context, find};
use crate::args::SearchArgs;
use crate::failure::Outcome;
use crate::show;

/// Searches.
///
/// # Errors
/// `locked`, `not_found`, `malformed`.
pub async fn run(args: SearchArgs, context: &Context) -> Outcome {
    let thread = match &args.thread {
        Some(word) => Some(find::thread(&context.session, word).await?),
        None => None,
    };
    let from = match &args.from {
        Some(word) => Some(find::person(&context.session, word).await?),
        None => None,
    };
    let filter = SearchFilter {
        from,
        role: args.role,
        patient: args.patient,
        since: args.since,
        until: args.until,
        priority: args.priority.map(Into::into),
    };
    let request = SearchRequest { query: args.query, thread, before: args.before, limit: args.limit, filter };
    let page = context.session.search(request).await?;
    context.output.value(&page, |page| page.hits.iter().map(line).collect::<Vec<_>>().join("\n")).await
}

fn line(hit: &SearchHit) -> String {
    format!("{}  {:>6}  {}  {}  {}: {}", hit.thread, hit.seq, show::time(hit.at), hit.title, hit.author_name, hit.snippet)
}
