//! How is the feed kept open? One streaming request from the cursor on, taken in by batches, opened again whenever it ends.

use std::sync::Arc;
use std::time::Duration;

use sotto_crypto::OsRandom;
use sotto_crypto::random::make_bytes;
use sotto_protocol::feed::Frame;
use sotto_store::table::meta::{self, Meta};
use tokio::time::Instant;

use super::arrival::{Arrived, parse_arrived};
use super::backoff::Backoff;
use super::{arrive, batch, directory, history};
use crate::error::{ClientError, Result};
use crate::session::{Arrival, Core};
use crate::transport::FrameStream;
use crate::view::{AppEvent, Connection, ErrorCode};

/// Entries of one transaction, at most.
const BATCH_ENTRIES: usize = 500;
/// How long a batch of a backlog is gathered, at most. Live entries do not wait.
const BATCH_TIME: Duration = Duration::from_millis(50);

/// What the network has brought since the last batch.
#[derive(Default)]
struct Gathered {
    arrived: Vec<Arrived>,
    /// The last position in it, also of entries that do not parse.
    position: Option<u64>,
    caught_up: Option<u64>,
    /// The version the server's directory has.
    directory: Option<u64>,
    end: Option<ErrorCode>,
}

/// Reads the feed until the device or the account is out. Ends otherwise only by being dropped.
pub(crate) async fn run(core: Arc<Core>) {
    let mut backoff = Backoff::default();
    loop {
        core.set_connection(Connection::Connecting);
        let ended = match arrive(&core).await {
            Ok(()) => read(&core, &mut backoff).await,
            Err(error) => Err(error),
        };
        let code = ended.unwrap_or_else(|error| error.code);
        core.set_connection(Connection::Offline);
        if code.shuts_out() {
            return core.set_shut_out(code);
        }
        tracing::info!(%code, "the feed ended");
        core.workstation.note_error(code);
        let wait = backoff.next(u32::from_be_bytes(make_bytes(&mut OsRandom::new())));
        tokio::select! {
            () = tokio::time::sleep(wait) => {}
            () = core.feed_wake.notified() => backoff.reset(),
        }
    }
}

/// A new vault takes in the newest part of every thread first; whoever waits for it is told how that went.
async fn arrive(core: &Arc<Core>) -> Result<()> {
    let arrived = arrive::run(core).await;
    core.arrival.send_replace(if arrived.is_ok() { Arrival::Here } else { Arrival::Late });
    arrived
}

/// Reads one connection to its end and says why it ended.
async fn read(core: &Arc<Core>, backoff: &mut Backoff) -> Result<ErrorCode> {
    let from = core.vault.read(|vault| meta::load(vault, Meta::Cursor)).await?;
    let mut stream = core.http.open_feed(from, &core.signer).await?;
    backoff.reset();
    let mut live = false;
    loop {
        let gathered = gather(&mut stream, live).await?;
        let Some(gathered) = gathered else { return Ok(ErrorCode::ServerUnreachable) };
        if gathered.directory.is_some_and(|version| version > core.people().directory.head().0) {
            directory::refresh(core).await?;
        }
        if let Some(code) = gathered.end {
            return Ok(code);
        }
        let caught_up = gathered.caught_up;
        let cursor = caught_up.max(gathered.position);
        if let Some(cursor) = cursor {
            batch::take_in(core, gathered.arrived, cursor).await?;
            core.commits.send_modify(|count| *count += 1);
        }
        if caught_up.is_some() && !live {
            live = true;
            finish_catching_up(core).await?;
        } else if !live {
            report_progress(core, from, cursor);
        }
        if live {
            core.workstation.note_synced(core.clock.wall_ms());
        }
    }
}

/// Gathers frames: of a backlog for at most [`BATCH_TIME`], live only what is there already. `None` where the stream ended.
async fn gather(stream: &mut FrameStream, live: bool) -> Result<Option<Gathered>> {
    let mut gathered = Gathered::default();
    let Some(first) = stream.next().await? else { return Ok(None) };
    let mut until = gathered.take(first);
    let deadline = Instant::now() + BATCH_TIME;
    while !until && gathered.arrived.len() < BATCH_ENTRIES {
        let frame = if live {
            stream.parse_ready()?
        } else {
            // A stream that ends or breaks here does so again on the next call; what is gathered is kept first.
            tokio::time::timeout_at(deadline, stream.next()).await.ok().and_then(Result::ok).flatten()
        };
        let Some(frame) = frame else { break };
        until = gathered.take(frame);
    }
    Ok(Some(gathered))
}

impl Gathered {
    /// Takes a frame in; true where the batch must end with it.
    fn take(&mut self, frame: Frame) -> bool {
        match frame {
            Frame::Entry { stamp, entry, key_box } => {
                self.position = Some(stamp.position);
                match parse_arrived(stamp, entry, key_box) {
                    Some(arrived) => self.arrived.push(arrived),
                    None => tracing::warn!(position = stamp.position, "an entry does not parse"),
                }
                false
            }
            Frame::CaughtUp { position } => {
                self.caught_up = Some(position);
                true
            }
            Frame::Directory { version } => {
                self.directory = Some(version);
                true
            }
            Frame::End { code } => {
                self.end = Some(code);
                true
            }
            // Not on a feed; the directory is asked for by itself.
            Frame::Statement { .. } => false,
        }
    }
}

/// The vault has everything the server has: a rolled back one may send again.
async fn finish_catching_up(core: &Arc<Core>) -> Result<(), ClientError> {
    history::catch_up(core).await?;
    if core.is_rolled_back() {
        core.vault.write(|vault| meta::store(vault, Meta::RolledBack, 0)).await?;
        core.clear_rolled_back();
        core.events.send(AppEvent::WorkstationChanged);
    }
    core.set_connection(Connection::Online);
    core.outbox_wake.notify_one();
    Ok(())
}

fn report_progress(core: &Core, from: u64, cursor: Option<u64>) {
    if let Some(cursor) = cursor {
        core.events.send(AppEvent::CatchingUp { done: cursor - from.min(cursor), total: cursor - from.min(cursor) });
    }
}
