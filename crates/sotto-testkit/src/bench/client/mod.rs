//! The client's rows: the real client, its real vault and a release server, with a thread of 50,000 messages.

mod desks;
mod rows;

use std::path::Path;

use anyhow::Result;

use super::limits::Limits;
use super::row::{Row, Target};

/// The metrics of a sign-in at a machine where the person never was.
pub const ROAMING: &[&str] = &["client.roam_usable", "client.roam_filled"];

/// The threads and messages of that person.
const THREADS: usize = 300;
const MESSAGES: usize = 50_000;

/// Measures them, in `folder`.
///
/// # Errors
/// Where client or server refuses.
pub async fn measure_roaming(folder: &Path) -> Result<Vec<Row>> {
    let mut desks = desks::Desks::set(folder).await?;
    let roamed = desks.roam(THREADS, MESSAGES).await;
    desks.close().await?;
    let (usable, filled) = roamed?;
    Ok(vec![
        Row::new("client.roam_usable", usable.as_secs_f64(), "s").target(Target::AtMost(5.0)),
        Row::new("client.roam_filled", filled.as_secs_f64(), "s"),
    ])
}

/// The metrics of this module.
pub const METRICS: &[&str] = &[
    "client.catch_up_10k",
    "client.unlock_to_inbox",
    "client.lock_complete",
    "client.open_thread",
    "client.search_common_p99",
    "client.search_rare_p99",
    "client.search_and_p99",
    "client.search_prefix_p99",
    "client.send_p50",
    "client.send_p99",
];

/// Measures them all, in `folder`.
///
/// # Errors
/// Where client or server refuses.
pub async fn measure(folder: &Path, limits: &Limits) -> Result<Vec<Row>> {
    let mut desks = desks::Desks::set(folder).await?;
    let rows = measure_all(&mut desks, limits).await;
    // Also after a failure: a vault that is open when its process ends takes its threads down with it.
    desks.close().await?;
    rows
}

async fn measure_all(desks: &mut desks::Desks, limits: &Limits) -> Result<Vec<Row>> {
    let catch_up = desks.fill_and_catch_up().await?;
    let mut rows = vec![rows::catch_up(catch_up)];
    rows.extend(rows::lock_and_unlock(desks).await?);
    rows.push(rows::open_thread(desks).await?);
    rows.extend(rows::search(desks).await?);
    rows.extend(rows::send(desks, limits).await?);
    Ok(rows)
}
