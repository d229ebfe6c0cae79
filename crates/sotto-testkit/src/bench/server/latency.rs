//! How long a message takes to another device at 200 sends a second, counted from when it was due and not from when it was sent.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};
use hdrhistogram::Histogram;
use sotto_protocol::EntryId;
use sotto_protocol::cbor;
use sotto_protocol::entry::SealedEntry;
use sotto_protocol::feed::Frame;
use sotto_protocol::limits;
use tokio::sync::mpsc;
use tokio::task::JoinSet;

use crate::bench::link::is_entry;
use crate::bench::population::TEXT_BYTES;
use crate::bench::stage::Stage;

const RATE: u32 = 200;
const SECONDS: u32 = 15;

/// What was measured, in milliseconds.
#[derive(Debug, Clone, Copy)]
pub struct Latency {
    /// The median.
    pub p50_ms: f64,
    /// The 99th percentile.
    pub p99_ms: f64,
}

/// Runs it. The reader is the second member of each room, on a connection of its own.
///
/// # Errors
/// Where a message is refused or does not arrive.
pub async fn measure(stage: &Stage) -> Result<Latency> {
    let due: Arc<Mutex<HashMap<EntryId, Instant>>> = Arc::default();
    let (report, mut times) = mpsc::unbounded_channel::<Duration>();
    let mut readers = JoinSet::new();
    for room in &stage.rooms {
        let reader = room.members.get(1).copied().context("a room has two members")?;
        let mut feed = stage.link(reader)?.feed(stage.position).await?;
        let (due, report) = (due.clone(), report.clone());
        readers.spawn(async move { while feed.frames(|frame| take(frame, &due, &report)).await.is_ok() {} });
    }
    let mut senders = send_all(stage, &due).await?;
    while let Some(sent) = senders.join_next().await {
        sent.context("a sender ended early")??;
    }
    let mut histogram = Histogram::<u64>::new_with_bounds(1, 60_000_000, 3).context("a histogram")?;
    for _ in 0..RATE * SECONDS {
        match tokio::time::timeout(Duration::from_secs(30), times.recv()).await {
            Ok(Some(time)) => histogram.saturating_record(u64::try_from(time.as_micros()).unwrap_or(u64::MAX)),
            _ => bail!("{} of {} messages arrived", histogram.len(), RATE * SECONDS),
        }
    }
    readers.abort_all();
    let ms = |share: f64| histogram.value_at_quantile(share) as f64 / 1e3;
    Ok(Latency { p50_ms: ms(0.50), p99_ms: ms(0.99) })
}

fn take(frame: &[u8], due: &Mutex<HashMap<EntryId, Instant>>, report: &mpsc::UnboundedSender<Duration>) {
    let now = Instant::now();
    if !is_entry(frame) {
        return;
    }
    let Ok(Frame::Entry { entry, .. }) = cbor::parse::<Frame>(frame, limits::FRAME_BYTES) else { return };
    let Ok((_, header)) = SealedEntry::parse(&entry) else { return };
    let due = due.lock().ok().and_then(|mut due| due.remove(&header.entry));
    if let Some(due) = due {
        report.send(now.saturating_duration_since(due)).ok();
    }
}

/// Sends on schedule whether earlier answers have come or not: an open loop, so that a slow server cannot slow its own load.
async fn send_all(stage: &Stage, due: &Mutex<HashMap<EntryId, Instant>>) -> Result<JoinSet<Result<()>>> {
    let mut prepared = Vec::new();
    for number in 0..(RATE * SECONDS) as usize {
        let room = stage.rooms.get(number % stage.rooms.len()).context("there are rooms")?;
        let author = room.members.first().copied().context("a room has members")?;
        prepared.push((author, stage.population.make_message(room, author, TEXT_BYTES)?));
    }
    let mut links = HashMap::new();
    for room in &stage.rooms {
        let author = room.members.first().copied().context("a room has members")?;
        let link = stage.link(author)?;
        // Its handshake is not the server's latency: a request for nothing opens the connection.
        link.append(Vec::new()).await?;
        links.insert(author, link);
    }
    let mut senders = JoinSet::new();
    let mut beats = beat(Instant::now() + Duration::from_millis(100));
    for (author, (entry, append)) in prepared {
        let link = links.get(&author).cloned().context("every author has a connection")?;
        let at = beats.recv().await.context("the beat stopped")?;
        if let Ok(mut due) = due.lock() {
            due.insert(entry, at);
        }
        senders.spawn(async move { link.append(vec![append]).await.map(drop) });
    }
    Ok(senders)
}

/// When each message is due, told at that time: by a thread, since the runtime's timer is late by up to a millisecond.
fn beat(started: Instant) -> mpsc::UnboundedReceiver<Instant> {
    let (tell, beats) = mpsc::unbounded_channel();
    std::thread::spawn(move || {
        for number in 0..RATE * SECONDS {
            let at = started + Duration::from_secs(1) * number / RATE;
            std::thread::sleep(at.saturating_duration_since(Instant::now()));
            if tell.send(at).is_err() {
                return;
            }
        }
    });
    beats
}
