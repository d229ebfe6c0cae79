//! How much memory an idle feed connection costs the server.

use anyhow::Result;

use crate::bench::machine;
use crate::bench::stage::Stage;

/// Feeds a device may have open at once.
const PER_DEVICE: usize = 4;

/// KiB of the server's own memory for each idle feed, each on its own TLS connection.
///
/// # Errors
/// Where a feed does not open.
pub async fn measure(stage: &Stage) -> Result<f64> {
    let mut feeds = Vec::new();
    // The first ones fill what any number of connections shares.
    for person in 0..stage.population.people.len() {
        feeds.push(open(stage, person).await?);
    }
    let before = machine::resident(stage.server.pid())?;
    let warm = feeds.len();
    for _ in 1..PER_DEVICE {
        for person in 0..stage.population.people.len() {
            feeds.push(open(stage, person).await?);
        }
    }
    let after = machine::resident(stage.server.pid())?;
    Ok((after - before) / 1024.0 / (feeds.len() - warm) as f64)
}

async fn open(stage: &Stage, person: usize) -> Result<crate::bench::link::Feed> {
    let mut feed = stage.link(person)?.feed(stage.position).await?;
    // Caught up: from here on it is idle.
    feed.frames(|_| ()).await?;
    Ok(feed)
}
