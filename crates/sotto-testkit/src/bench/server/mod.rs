//! The server's rows: one file a question, all against the real release binary in a process of its own.

mod catch_up;
mod idle;
mod latency;
mod ready;
mod throughput;

use std::path::Path;

use anyhow::Result;

use super::limits::Limits;
use super::population;
use super::row::{Row, Target};
use super::stage::Stage;

/// What the reference, ejabberd with its archive, did on this kind of machine: the middle of the ranges in docs/PERFORMANCE.md.
mod reference {
    pub const DELIVERIES_PER_S: f64 = 8_000.0;
    pub const CPU_US: f64 = 145.0;
    pub const P50_MS: f64 = 1.8;
    pub const P99_MS: f64 = 5.6;
    pub const CATCH_UP_PER_S: f64 = 3_800.0;
}

/// KiB of an idle connection when 50,000 of them fit into a GiB.
const IDLE_KIB: f64 = 1024.0 * 1024.0 / 50_000.0;
/// Entries of the log that a device catches up with a part of.
const CATCH_UP_ENTRIES: usize = 200_000;

/// What is asked of the server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Question {
    /// How many deliveries a second, at which cost?
    Throughput,
    /// How long does one take?
    Latency,
    /// What does an idle feed cost?
    Idle,
    /// How fast is a backlog?
    CatchUp,
    /// How soon is it back?
    Ready,
}

impl Question {
    /// The metrics that answer it.
    #[must_use]
    pub const fn metrics(self) -> &'static [&'static str] {
        match self {
            Self::Throughput => &["server.deliveries", "server.cpu_per_delivery"],
            Self::Latency => &["server.latency_p50", "server.latency_p99"],
            Self::Idle => &["server.idle_feed"],
            Self::CatchUp => &["server.catch_up", "server.catch_up_cpu"],
            Self::Ready => &["server.ready_after_kill"],
        }
    }

    /// Asks a fresh server in `folder`.
    ///
    /// # Errors
    /// Where the server does not start or does not do what it must.
    pub async fn measure(self, folder: &Path, limits: &Limits) -> Result<Vec<Row>> {
        let mut stage = Stage::set(folder).await?;
        let rows = match self {
            Self::Throughput => throughput_rows(&stage, limits).await?,
            Self::Latency => latency_rows(&stage, limits).await?,
            Self::Idle => vec![Row::new("server.idle_feed", idle::measure(&stage).await?, "KiB").target(Target::AtMost(IDLE_KIB))],
            Self::CatchUp => catch_up_rows(&stage).await?,
            Self::Ready => {
                ready::fill(&stage, ready::ENTRIES, 1).await?;
                vec![Row::new("server.ready_after_kill", ready::measure(&mut stage).await?, "ms").target(Target::AtMost(300.0))]
            }
        };
        stage.server.stop();
        Ok(rows)
    }
}

async fn throughput_rows(stage: &Stage, limits: &Limits) -> Result<Vec<Row>> {
    let measured = throughput::measure(stage).await?;
    // Each send costs the server one signature check at least, and makes ten deliveries.
    let limit = Some(limits.verify_per_s * 10.0);
    Ok(vec![
        Row::new("server.deliveries", measured.per_s, "1/s").target(Target::AtLeast(5.0 * reference::DELIVERIES_PER_S)).limit(limit),
        Row::new("server.cpu_per_delivery", measured.cpu_us, "µs").target(Target::AtMost(reference::CPU_US / 5.0)),
    ])
}

async fn latency_rows(stage: &Stage, limits: &Limits) -> Result<Vec<Row>> {
    let measured = latency::measure(stage).await?;
    let p50 = Row::new("server.latency_p50", measured.p50_ms, "ms").target(Target::AtMost(reference::P50_MS));
    let p99 = Row::new("server.latency_p99", measured.p99_ms, "ms").target(Target::AtMost(reference::P99_MS));
    Ok(vec![p50.limit(Some(limits.fdatasync_ms)), p99.limit(Some(limits.fdatasync_p99_ms))])
}

async fn catch_up_rows(stage: &Stage) -> Result<Vec<Row>> {
    ready::fill(stage, CATCH_UP_ENTRIES, population::TEXT_BYTES).await?;
    let measured = catch_up::measure(stage).await?;
    Ok(vec![
        Row::new("server.catch_up", measured.per_s, "1/s").target(Target::AtLeast(10.0 * reference::CATCH_UP_PER_S)),
        Row::new("server.catch_up_cpu", measured.cpu_us, "µs").target(Target::AtMost(20.0)),
    ])
}
