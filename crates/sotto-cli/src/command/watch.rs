//! How does `watch` go on? It prints what arrives from the vault, thread by thread in order, so that a restart from a seq misses nothing.

use std::collections::HashMap;

use serde::Serialize;
use sotto_client::Session;
use sotto_client::view::{AppEvent, ErrorCode, MessagePageRequest, MessageView, ThreadFilter, ThreadListRequest};
use sotto_protocol::ThreadId;
use tokio::sync::broadcast::error::RecvError;

use super::{Context, find};
use crate::args::WatchArgs;
use crate::failure::{Failure, Outcome};
use crate::output::to_json;
use crate::show;

/// Rows of one page.
const PAGE: u32 = 200;

#[derive(Serialize)]
struct Arrived<'a> {
    thread: ThreadId,
    #[serde(flatten)]
    message: &'a MessageView,
}

struct Watch<'a> {
    context: &'a Context,
    /// The newest seq that was printed, or that is not to be printed, by thread.
    printed: HashMap<ThreadId, u64>,
    only: Option<ThreadId>,
    left: Option<u64>,
}

/// Prints messages as they arrive.
///
/// # Errors
/// `locked` when the session ends, `cancelled` when nobody reads any more.
pub async fn run(args: WatchArgs, context: &Context) -> Outcome {
    let mut events = context.session.events();
    let only = match &args.thread {
        Some(word) => Some(find::thread(&context.session, word).await?),
        None => None,
    };
    let mut watch = Watch { context, printed: HashMap::new(), only, left: args.until_count };
    watch.begin(args.from).await?;
    while watch.left != Some(0) {
        match events.recv().await {
            Ok(AppEvent::ThreadsChanged { threads: Some(threads) }) => watch.print_threads(threads).await?,
            Ok(AppEvent::ThreadsChanged { threads: None }) | Err(RecvError::Lagged(_)) => watch.print_all().await?,
            Ok(AppEvent::Locking) | Err(RecvError::Closed) => return Err(Failure::new(ErrorCode::Locked)),
            Ok(_) => {}
        }
    }
    Ok(())
}

impl Watch<'_> {
    /// Notes where every thread stands, or prints from `from` on.
    async fn begin(&mut self, from: Option<u64>) -> Outcome {
        if let (Some(thread), Some(from)) = (self.only, from) {
            self.printed.insert(thread, from.saturating_sub(1));
            return self.print(thread).await;
        }
        for thread in all_threads(&self.context.session).await? {
            let last = self.context.session.thread(thread).await?.last_seq;
            self.printed.insert(thread, last);
        }
        Ok(())
    }

    async fn print_all(&mut self) -> Outcome {
        let threads = all_threads(&self.context.session).await?;
        self.print_threads(threads).await
    }

    async fn print_threads(&mut self, threads: Vec<ThreadId>) -> Outcome {
        for thread in threads {
            if self.only.is_none_or(|only| only == thread) {
                self.print(thread).await?;
            }
        }
        Ok(())
    }

    /// Prints what a thread has after what was printed; a thread that was not there before from its beginning.
    async fn print(&mut self, thread: ThreadId) -> Outcome {
        while self.left != Some(0) {
            let after = self.printed.get(&thread).copied().unwrap_or(0);
            let request = MessagePageRequest { thread, before: None, after: Some(after), limit: PAGE };
            let page = match self.context.session.messages(request).await {
                Ok(page) => page,
                // Begun here and thrown away, or not in the vault yet: the next event tells.
                Err(error) if error.code == ErrorCode::NotFound => return Ok(()),
                Err(error) => return Err(error.into()),
            };
            for message in &page.messages {
                self.print_message(thread, message).await?;
            }
            if !page.has_after {
                return Ok(());
            }
        }
        Ok(())
    }

    async fn print_message(&mut self, thread: ThreadId, message: &MessageView) -> Outcome {
        let (seq, counts) = match message {
            MessageView::Message { seq, .. } => (*seq, true),
            MessageView::Change { seq, .. } | MessageView::Tombstone { seq, .. } => (Some(*seq), false),
        };
        // What waits in our own outbox has not arrived anywhere.
        let Some(seq) = seq.filter(|_| self.left != Some(0)) else { return Ok(()) };
        self.printed.insert(thread, seq);
        if !counts {
            return Ok(());
        }
        let arrived = Arrived { thread, message };
        // JSON lines also without --json: that is what a watcher is for; people get their line with a terminal's `read`.
        let human = |arrived: &Arrived<'_>| to_json(arrived).unwrap_or_else(|_| show::message(arrived.message));
        self.context.output.value(&arrived, human).await?;
        self.left = self.left.map(|left| left - 1);
        Ok(())
    }
}

async fn all_threads(session: &Session) -> Outcome<Vec<ThreadId>> {
    let (mut threads, mut after) = (Vec::new(), None);
    loop {
        let page = session.threads(ThreadListRequest { filter: ThreadFilter::Mine, after, limit: PAGE }).await?;
        threads.extend(page.rows.into_iter().map(|row| row.thread));
        after = page.next;
        if after.is_none() {
            return Ok(threads);
        }
    }
}
