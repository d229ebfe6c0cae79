//! How long does what was read stay in an open vault? As many days as the rules here say; older lines leave it, and only this vault.
//!
//! What is unread, waits in the outbox or is a draft is never dropped, however old. The server keeps everything.

use std::sync::Arc;
use std::time::Duration;

use sotto_store::table::{message, search};

use crate::error::Result;
use crate::session::Core;
use crate::view::AppEvent;

const DAY_MS: u64 = 86_400_000;
/// Lines of one transaction, at most: other writes wait for it.
const BATCH_LINES: u32 = 500;
/// How often the vault is looked through while nothing changes: a machine's sleep may stop the wait, hence more often than once a day.
const AGAIN: Duration = Duration::from_secs(3_600);

impl Core {
    /// What the server received before this time is not kept here; 0 where no rule says so. Milliseconds since 1970, by the machine's clock.
    pub fn keep_from(&self) -> u64 {
        let days = self.rules().and_then(|rules| rules.retain_days.value);
        days.map_or(0, |days| self.clock.wall_ms().saturating_sub(u64::from(days.max(1)) * DAY_MS))
    }
}

/// Looks at once, after each change of the directory and of a new vault's arrival, and every hour: never just because the network came back.
/// A look where nothing is too old reads one index. Ends only by being dropped.
pub(crate) async fn run(core: Arc<Core>) {
    let mut directory = core.directory_version.subscribe();
    let mut arrival = core.arrival.subscribe();
    loop {
        directory.borrow_and_update();
        arrival.borrow_and_update();
        if let Err(error) = drop_old(&core).await {
            tracing::warn!(%error, "what is too old to be kept is still in the vault");
        }
        tokio::select! {
            _ = directory.changed() => {}
            _ = arrival.changed() => {}
            () = tokio::time::sleep(AGAIN) => {}
        }
    }
}

/// Drops what is too old, a batch at a time, and then the words of it from the index.
async fn drop_old(core: &Arc<Core>) -> Result<()> {
    let before = core.keep_from();
    if before == 0 {
        return Ok(());
    }
    let (mut all, mut more) = (0_u64, true);
    while more {
        let dropped = core.vault.write(move |vault| {
            let dropped = message::drop_read(vault, before, BATCH_LINES)?;
            if !dropped.more && (all > 0 || dropped.lines > 0) {
                search::purge(vault)?;
            }
            Ok(dropped)
        });
        let dropped = dropped.await?;
        all += u64::from(dropped.lines);
        more = dropped.more;
    }
    if all > 0 {
        tracing::info!(lines = all, "dropped what is too old to be kept here");
        core.events.send(AppEvent::ThreadsChanged { threads: None });
    }
    Ok(())
}
