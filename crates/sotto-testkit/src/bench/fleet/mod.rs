//! The fleet's rows: how soon a command is done and proved, and how soon five thousand machines have a new rule.

mod command;
mod crowd;

use std::path::Path;
use std::time::Duration;

use anyhow::Result;

use self::crowd::{Crowd, MACHINES};
use super::machine;
use super::row::{Row, Target};

/// The metrics of one real machine.
pub const COMMAND: &[&str] = &["fleet.command_receipt", "fleet.wipe_receipt"];

/// The metrics of five thousand machines.
pub const CROWD: &[&str] =
    &["fleet.connect_all", "fleet.idle_control", "fleet.server_memory", "fleet.policy_all", "fleet.policy_reports", "fleet.memory_after"];

/// How often the rules change; the slowest counts.
const CHANGES: u64 = 3;

/// From a command given to its receipt at the administrator: a locked machine that is here, with its real vault.
///
/// # Errors
/// Where client or server refuses.
pub async fn measure_command(folder: &Path) -> Result<Vec<Row>> {
    let (receipt, wipe) = command::measure(folder).await?;
    let two_seconds = Target::AtMost(2.0);
    Ok(vec![
        Row::new("fleet.command_receipt", receipt.as_secs_f64(), "s").target(two_seconds),
        Row::new("fleet.wipe_receipt", wipe.as_secs_f64(), "s").target(two_seconds),
    ])
}

/// From new rules brought to the server until every machine has them. Each machine then reports, all of them at once as real ones do not.
///
/// # Errors
/// Where the server refuses, or the system allows too few open files.
pub async fn measure_crowd(folder: &Path) -> Result<Vec<Row>> {
    let mut crowd = Crowd::gather(folder).await?;
    let before = machine::resident(crowd.server.pid())?;
    let connect = crowd.connect().await?;
    let idle = machine::resident(crowd.server.pid())?;
    let (mut reach, mut report) = (Duration::ZERO, Duration::ZERO);
    for serial in 1..=CHANGES {
        let change = crowd.change_rules(serial).await?;
        (reach, report) = (reach.max(change.heard), report.max(change.reported));
    }
    let after = machine::resident(crowd.server.pid())?;
    crowd.close();
    let mib = |bytes: f64| bytes / 1024.0 / 1024.0;
    Ok(vec![
        Row::new("fleet.connect_all", connect.as_secs_f64(), "s"),
        Row::new("fleet.idle_control", (idle - before) / 1024.0 / MACHINES as f64, "KiB"),
        Row::new("fleet.server_memory", mib(idle), "MiB"),
        Row::new("fleet.policy_all", reach.as_secs_f64(), "s").target(Target::AtMost(5.0)),
        Row::new("fleet.policy_reports", report.as_secs_f64(), "s"),
        Row::new("fleet.memory_after", mib(after), "MiB"),
    ])
}
