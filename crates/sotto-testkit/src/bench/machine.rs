//! What the machine says: the pressure on its processors, and what a process has used of them.

use std::path::Path;
use std::time::Duration;

use anyhow::{Context as _, Result};

/// Above this share of time in which somebody waited for a processor, before our own load begins, a run is void.
pub const PRESSURE_LIMIT: f64 = 0.10;

/// The share of the last moment in which somebody waited for a processor: what others do to this machine, since we are idle.
pub async fn pressure() -> Option<f64> {
    let moment = Duration::from_millis(1_500);
    let before = waited()?;
    tokio::time::sleep(moment).await;
    Some((waited()? - before).as_secs_f64() / moment.as_secs_f64())
}

fn waited() -> Option<Duration> {
    let text = std::fs::read_to_string("/proc/pressure/cpu").ok()?;
    let line = text.lines().find(|line| line.starts_with("some"))?;
    let total = line.split_whitespace().find_map(|word| word.strip_prefix("total="))?;
    Some(Duration::from_micros(total.parse().ok()?))
}

/// Processor time of a process, user and system, from the scheduler's own count of its threads.
///
/// # Errors
/// Where the process is gone.
pub fn cpu_time(pid: u32) -> Result<Duration> {
    let mut total = 0;
    let tasks = format!("/proc/{pid}/task");
    for task in std::fs::read_dir(&tasks).with_context(|| format!("could not list {tasks}"))? {
        let text = std::fs::read_to_string(task?.path().join("schedstat")).unwrap_or_default();
        total += text.split(' ').next().and_then(|word| word.parse::<u64>().ok()).unwrap_or_default();
    }
    Ok(Duration::from_nanos(total))
}

/// Memory of a process that is its own and present, in bytes.
///
/// # Errors
/// Where the process is gone.
pub fn resident(pid: u32) -> Result<f64> {
    let path = format!("/proc/{pid}/smaps_rollup");
    let text = std::fs::read_to_string(Path::new(&path)).with_context(|| format!("could not read {path}"))?;
    let kib = |name: &str| text.lines().find_map(|line| line.strip_prefix(name)?.trim().split(' ').next()?.parse::<f64>().ok());
    Ok((kib("Private_Dirty:").unwrap_or_default() + kib("Private_Clean:").unwrap_or_default()) * 1024.0)
}
