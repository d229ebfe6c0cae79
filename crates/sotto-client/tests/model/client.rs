//! What is a client here? A program with a vault of its own that does what it is told over a socket, until it is killed.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use sotto_client::clock::{Clock, SystemClock};
use sotto_client::view::{Connection, CreateThreadRequest, ThreadClass};
use sotto_client::{KeyringChoice, Options, OutgoingLine, Result, Session, Workstation};
use sotto_protocol::{AccountId, ThreadId};
use tokio::net::TcpStream;

use super::order::{Awaited, Deed, Order, Reply, Wire};
use super::seen::look;
use super::support::{password, until};

/// How long something is waited for here; whoever told it waits longer.
const PATIENCE: Duration = Duration::from_secs(50);
/// What is gathered into one receipt: a history is not made of a person's seconds.
const GATHER: Duration = Duration::from_millis(20);

/// A clock that is ahead of the machine's, or behind it.
#[derive(Clone, Default)]
struct Skewed(Arc<AtomicI64>);

impl Clock for Skewed {
    fn wall_ms(&self) -> u64 {
        SystemClock.wall_ms().saturating_add_signed(self.0.load(Ordering::SeqCst))
    }

    fn monotonic(&self) -> Duration {
        SystemClock.monotonic()
    }
}

/// Reports at `door` and does what it is told there.
pub async fn run(door: &str) {
    let mut wire = Wire::new(TcpStream::connect(door).await.unwrap());
    let Some(Order::Open { home, account, ahead_ms }) = wire.hear().await else { panic!("told nothing first") };
    let clock = Skewed::default();
    clock.0.store(ahead_ms, Ordering::SeqCst);
    let session = match open(&home, account, &clock).await {
        Ok(session) => session,
        Err(error) => {
            wire.tell(&Reply::Refused(error.code)).await;
            return;
        }
    };
    let mut there = wire.tell(&Reply::Done).await;
    while there {
        let Some(order) = wire.hear().await else { return };
        let reply = obey(&session, &clock, order).await.unwrap_or_else(|error| Reply::Refused(error.code));
        there = wire.tell(&reply).await;
    }
}

async fn open(home: &Path, account: AccountId, clock: &Skewed) -> Result<Session> {
    let options = Options { clock: Arc::new(clock.clone()), receipt_gather: GATHER, ..Options::new(KeyringChoice::InsecureFile) };
    Workstation::open(home, options)?.sign_in(account, &password()).await
}

async fn obey(session: &Session, clock: &Skewed, order: Order) -> Result<Reply> {
    Ok(match order {
        Order::Open { .. } => panic!("it is open"),
        Order::SetClock { ahead_ms } => {
            clock.0.store(ahead_ms, Ordering::SeqCst);
            Reply::Done
        }
        Order::Reconnect => {
            session.reconnect()?;
            Reply::Done
        }
        Order::Create { members, title } => {
            let title = Some(title);
            let request = CreateThreadRequest { class: ThreadClass::Staff, members, title, patient: None, reason: None };
            Reply::Created(session.create_thread(request).await?.row.thread)
        }
        Order::Do { thread, deed } => {
            act(session, thread, deed).await?;
            Reply::Done
        }
        Order::Look { thread, readers } => Reply::Seen(Box::new(look(session, thread, readers).await?)),
        Order::Await(awaited) => {
            let waited = until(session, async || holds(session, &awaited).await);
            if tokio::time::timeout(PATIENCE, waited).await.is_ok() { Reply::Done } else { Reply::Vain }
        }
    })
}

async fn act(session: &Session, thread: ThreadId, deed: Deed) -> Result<()> {
    match deed {
        Deed::Send { texts, priority, answers } => {
            let line = |text: String| OutgoingLine { reference: Some(text.clone()), text, answers: answers.clone() };
            session.send_messages(thread, priority, texts.into_iter().map(line).collect()).await.map(drop)
        }
        Deed::Display { from, to, .. } => session.note_displayed(thread, from, to).await,
        // What stands before it is read then, wherever the person had come to.
        Deed::Unread { after } => {
            session.mark_read(thread, after).await?;
            session.mark_unread(thread, after + 1).await
        }
        Deed::Acknowledge { message, answer } => session.acknowledge(thread, message, answer).await,
        Deed::Describe { title } => session.describe_thread(thread, Some(title), None, None).await.map(drop),
        Deed::TakeIn { account } => session.change_members(thread, vec![account], Vec::new()).await.map(drop),
    }
}

async fn holds(session: &Session, awaited: &Awaited) -> Option<()> {
    let held = match awaited {
        Awaited::People(count) => session.directory().await.ok()?.len() == *count,
        Awaited::Sent => {
            let status = session.status().await.ok()?;
            status.queued == 0 && status.session.connection == Connection::Online
        }
        Awaited::Messages { thread, count } => look(session, *thread, false).await.ok()?.fold.messages().count() == *count,
        Awaited::Log { thread, seq, lines } => {
            let fold = look(session, *thread, false).await.ok()?.fold;
            fold.last_seq >= *seq && fold.lines.len() >= *lines
        }
        Awaited::Stored { thread, devices } => {
            let newest = look(session, *thread, true).await.ok()?.fold.readers.pop()?.1;
            newest.iter().flat_map(|reader| &reader.devices).filter(|device| device.stored_at.is_some()).count() == *devices
        }
        Awaited::Counts { thread, unread, counts } => {
            let seen = look(session, *thread, false).await.ok()?;
            seen.unread == *unread && seen.fold.counts() == *counts
        }
    };
    held.then_some(())
}
