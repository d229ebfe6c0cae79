//! How long a server with a large log takes from its start, after a kill -9, to being ready.

use std::time::Instant;

use anyhow::{Context as _, Result};
use sotto_protocol::limits;
use tokio::task::JoinSet;

use crate::bench::stage::Stage;

/// Entries of the log.
pub const ENTRIES: usize = 1_000_000;

/// Fills the log with so many entries of so many bytes of text, in full requests from every room at once.
///
/// # Errors
/// Where the server refuses an entry.
pub async fn fill(stage: &Stage, entries: usize, bytes: usize) -> Result<()> {
    let each = entries / stage.rooms.len().max(1);
    let mut senders = JoinSet::new();
    for room in &stage.rooms {
        let author = room.members.first().copied().context("a room has members")?;
        let link = stage.link(author)?;
        let population = stage.population.clone();
        let room = room.clone();
        senders.spawn(async move {
            let mut left = each;
            while left > 0 {
                let count = left.min(limits::APPEND_ENTRIES);
                let batch = (0..count).map(|_| population.make_message(&room, author, bytes).map(|(_, append)| append));
                link.append(batch.collect::<Result<Vec<_>>>()?).await?;
                left -= count;
            }
            anyhow::Ok(())
        });
    }
    while let Some(sender) = senders.join_next().await {
        sender.context("a sender ended early")??;
    }
    Ok(())
}

/// Kills the server, starts it again on the same files, and says how many milliseconds until `/readyz` says yes. The median of five.
///
/// # Errors
/// Where it does not come back.
pub async fn measure(stage: &mut Stage) -> Result<f64> {
    let mut times = Vec::new();
    for _ in 0..5 {
        stage.server.kill()?;
        let started = Instant::now();
        stage.server.restart().await?;
        times.push(started.elapsed().as_secs_f64() * 1e3);
    }
    times.sort_by(f64::total_cmp);
    times.get(2).copied().context("five runs have a median")
}
