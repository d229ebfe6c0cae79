//! How many deliveries a second the server makes, and what each costs it: rooms of ten, 1 KiB, one message a request.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};
use sotto_protocol::feed::Append;
use tokio::task::JoinSet;

use crate::bench::link::is_entry;
use crate::bench::machine;
use crate::bench::population::TEXT_BYTES;
use crate::bench::stage::Stage;
use crate::wait;

/// Messages, enough for some seconds at the target.
const MESSAGES: usize = 24_000;
/// Requests that each sender has under way, as an outbox with several threads has.
const UNDER_WAY: usize = 4;

/// What was measured.
#[derive(Debug, Clone, Copy)]
pub struct Throughput {
    /// Deliveries a second, from the first send to the last delivery.
    pub per_s: f64,
    /// Microseconds of the server's processors for each.
    pub cpu_us: f64,
}

/// Runs it on a stage whose rooms are empty.
///
/// # Errors
/// Where the server refuses a message or a delivery never comes.
pub async fn measure(stage: &Stage) -> Result<Throughput> {
    let size = stage.rooms.first().map_or(0, |room| room.members.len());
    let expected = (MESSAGES * size) as u64;
    let delivered = Arc::new(AtomicU64::new(0));
    let mut readers = stage.read_all(delivered.clone()).await?;
    let work = messages(stage)?;
    delivered.store(0, Ordering::SeqCst);
    let (cpu, started) = (machine::cpu_time(stage.server.pid())?, Instant::now());
    let mut senders = JoinSet::new();
    for (link, messages) in work {
        let messages = Arc::new(std::sync::Mutex::new(messages.into_iter()));
        for _ in 0..UNDER_WAY {
            let (link, messages) = (link.clone(), messages.clone());
            senders.spawn(async move {
                loop {
                    let next = messages.lock().ok().and_then(|mut all| all.next());
                    let Some(message) = next else { return anyhow::Ok(()) };
                    link.append(vec![message]).await?;
                }
            });
        }
    }
    while let Some(sender) = senders.join_next().await {
        sender.context("a sender ended early")??;
    }
    wait::until_some_within(Duration::from_secs(120), "every delivery", || async {
        (delivered.load(Ordering::SeqCst) >= expected).then_some(())
    })
    .await?;
    let (time, cpu) = (started.elapsed(), machine::cpu_time(stage.server.pid())? - cpu);
    readers.abort_all();
    let deliveries = expected as f64;
    Ok(Throughput { per_s: deliveries / time.as_secs_f64(), cpu_us: cpu.as_secs_f64() * 1e6 / deliveries })
}

/// Sealed beforehand, so that no sealing is measured: for each room its first member's connection and messages.
fn messages(stage: &Stage) -> Result<Vec<(crate::bench::link::Link, Vec<Append>)>> {
    let each = MESSAGES / stage.rooms.len().max(1);
    let mut work = Vec::new();
    for room in &stage.rooms {
        let author = room.members.first().copied().context("a room has members")?;
        let sealed = (0..each).map(|_| stage.population.make_message(room, author, TEXT_BYTES).map(|(_, append)| append));
        work.push((stage.link(author)?, sealed.collect::<Result<Vec<_>>>()?));
    }
    Ok(work)
}

impl Stage {
    /// Opens everybody's feed from the start of the log; every entry that arrives counts. Returns when all have caught up.
    async fn read_all(&self, delivered: Arc<AtomicU64>) -> Result<JoinSet<()>> {
        let mut readers = JoinSet::new();
        let caught_up = Arc::new(AtomicU64::new(0));
        let people = self.population.people.len();
        for person in 0..people {
            let mut feed = self.link(person)?.feed(0).await?;
            let (delivered, caught_up) = (delivered.clone(), caught_up.clone());
            readers.spawn(async move {
                let each = |frame: &[u8]| {
                    let counter = if is_entry(frame) { &delivered } else { &caught_up };
                    counter.fetch_add(1, Ordering::SeqCst);
                };
                while feed.frames(each).await.is_ok() {}
            });
        }
        let all = people as u64;
        wait::until("every feed to catch up", || async { caught_up.load(Ordering::SeqCst) >= all }).await?;
        Ok(readers)
    }
}
