//! How fast a device that was away gets what it missed, and what each message costs the server.

use std::time::Instant;

use anyhow::{Context as _, Result};

use crate::bench::link::is_entry;
use crate::bench::machine;
use crate::bench::stage::Stage;

/// What was measured.
#[derive(Debug, Clone, Copy)]
pub struct CatchUp {
    /// Messages a second to one device.
    pub per_s: f64,
    /// Microseconds of the server's processors for each.
    pub cpu_us: f64,
}

/// Reads one account's whole log from the start, three times; the median counts. Wants a stage that has been loaded.
///
/// # Errors
/// Where the feed breaks.
pub async fn measure(stage: &Stage) -> Result<CatchUp> {
    let person = stage.rooms.first().and_then(|room| room.members.first().copied()).context("a room has members")?;
    let mut runs = Vec::new();
    for _ in 0..3 {
        let link = stage.link(person)?;
        let (cpu, started) = (machine::cpu_time(stage.server.pid())?, Instant::now());
        let mut feed = link.feed(0).await?;
        let (mut entries, mut live) = (0_u32, false);
        while !live {
            feed.frames(|frame| if is_entry(frame) { entries += 1 } else { live = live || frame.get(1) == Some(&1) }).await?;
        }
        let (time, cpu) = (started.elapsed().as_secs_f64(), (machine::cpu_time(stage.server.pid())? - cpu).as_secs_f64());
        runs.push(CatchUp { per_s: f64::from(entries) / time, cpu_us: cpu * 1e6 / f64::from(entries.max(1)) });
    }
    runs.sort_by(|a, b| a.per_s.total_cmp(&b.per_s));
    runs.get(1).copied().context("three runs have a median")
}
