//! How fast it is, on this machine, now: the rows of docs/PERFORMANCE.md with the machine's own limits beside them.
//!
//! The server is the release binary in a process of its own; the load comes from light clients with entries sealed beforehand, so that
//! the client's folding is not measured with it. Targets for the server come from the reference table of docs/PERFORMANCE.md (ejabberd).

pub mod enrol;
pub mod limits;
pub mod link;
pub mod machine;
pub mod population;
pub mod row;
pub mod server;
pub mod stage;

use std::path::Path;

use anyhow::Result;

use self::limits::Limits;
use self::row::{Row, Target};
use self::stage::Stage;

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

/// A group of rows that is measured together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Group {
    Throughput,
    Latency,
    Idle,
    CatchUp,
    Ready,
}

/// The groups and the metrics in them.
const GROUPS: &[(Group, &[&str])] = &[
    (Group::Throughput, &["server.deliveries", "server.cpu_per_delivery"]),
    (Group::Latency, &["server.latency_p50", "server.latency_p99"]),
    (Group::Idle, &["server.idle_feed"]),
    (Group::CatchUp, &["server.catch_up", "server.catch_up_cpu"]),
    (Group::Ready, &["server.ready_after_kill"]),
];

/// How the table is wanted.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    /// Only metrics whose name contains this.
    pub only: Option<String>,
}

impl Wanted {
    fn metric(&self, metric: &str) -> bool {
        self.only.as_deref().is_none_or(|only| metric.contains(only))
    }
}

/// Measures what is wanted in `folder` (on the disk that counts) and gives each row as soon as it is known.
///
/// # Errors
/// Where something to measure does not work at all.
pub async fn run(wanted: &Wanted, folder: &Path, mut row: impl FnMut(&Row)) -> Result<()> {
    let limits = Limits::measure(folder)?;
    limits.rows().iter().filter(|r| wanted.metric(r.metric)).for_each(&mut row);
    for (number, (group, metrics)) in GROUPS.iter().enumerate() {
        if !metrics.iter().any(|metric| wanted.metric(metric)) {
            continue;
        }
        let pressure = machine::pressure().await;
        let rows = measure(*group, &folder.join(format!("server-{number}")), &limits).await?;
        for mut measured in rows.into_iter().filter(|r| wanted.metric(r.metric)) {
            measured.void = pressure.filter(|p| *p > machine::PRESSURE_LIMIT).map(|p| format!("others used the processors ({:.0} %)", p * 100.0));
            row(&measured);
        }
    }
    Ok(())
}

async fn measure(group: Group, folder: &Path, limits: &Limits) -> Result<Vec<Row>> {
    let mut stage = Stage::set(folder).await?;
    let rows = match group {
        Group::Throughput => {
            let measured = server::throughput::measure(&stage).await?;
            // Each send costs the server one signature check at least, and makes ten deliveries.
            let limit = Some(limits.verify_per_s * 10.0);
            vec![
                Row::new("server.deliveries", measured.per_s, "1/s").target(Target::AtLeast(5.0 * reference::DELIVERIES_PER_S)).limit(limit),
                Row::new("server.cpu_per_delivery", measured.cpu_us, "µs").target(Target::AtMost(reference::CPU_US / 5.0)),
            ]
        }
        Group::Latency => {
            let measured = server::latency::measure(&stage).await?;
            vec![
                Row::new("server.latency_p50", measured.p50_ms, "ms")
                    .target(Target::AtMost(reference::P50_MS))
                    .limit(Some(limits.fdatasync_ms)),
                Row::new("server.latency_p99", measured.p99_ms, "ms")
                    .target(Target::AtMost(reference::P99_MS))
                    .limit(Some(limits.fdatasync_p99_ms)),
            ]
        }
        Group::Idle => {
            vec![Row::new("server.idle_feed", server::idle::measure(&stage).await?, "KiB").target(Target::AtMost(IDLE_KIB))]
        }
        Group::CatchUp => {
            server::ready::fill(&stage, 200_000, population::TEXT_BYTES).await?;
            let measured = server::catch_up::measure(&stage).await?;
            vec![
                Row::new("server.catch_up", measured.per_s, "1/s").target(Target::AtLeast(10.0 * reference::CATCH_UP_PER_S)),
                Row::new("server.catch_up_cpu", measured.cpu_us, "µs").target(Target::AtMost(20.0)),
            ]
        }
        Group::Ready => {
            server::ready::fill(&stage, server::ready::ENTRIES, 1).await?;
            vec![Row::new("server.ready_after_kill", server::ready::measure(&mut stage).await?, "ms").target(Target::AtMost(300.0))]
        }
    };
    stage.server.stop();
    Ok(rows)
}
