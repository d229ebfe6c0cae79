//! How does a session end? Calls answer `locked` at once; then tasks end, the vault closes, and the last owner of the keys drops them.

use std::sync::Arc;
use std::time::Duration;

use sotto_store::table::thread;

use crate::error::Result;
use crate::session::{Core, Session};
use crate::view::{AppEvent, LockedView, Priority};

/// How long calls and tasks may take to let go before the lock goes on without them.
const PATIENCE: Duration = Duration::from_millis(700);

impl Session {
    /// Locks the session. When it returns, every call answers `locked`, no file is open and the keys are zeroized, unless a call outlived the
    /// lock's patience of 700 milliseconds: then the keys are zeroized when that call ends, and [`Session::is_zeroized`] tells. A second call
    /// waits for the same. Goes on to its end even if the caller stops waiting.
    ///
    /// # Errors
    /// Those of the disk, if what the locked screen shows could not be kept; the session is locked all the same.
    pub async fn lock(&self) -> Result<()> {
        let Some(core) = self.take_core() else {
            self.wait_closed().await;
            return Ok(());
        };
        core.events.send(AppEvent::Locking);
        let session = self.clone();
        let ended = tokio::spawn(async move { end(session, core).await }).await;
        ended.unwrap_or(Ok(()))
    }
}

async fn end(session: Session, core: Arc<Core>) -> Result<()> {
    // A caller that neither finishes nor drops its call may not keep the vault open.
    tokio::time::timeout(PATIENCE, session.wait_until_idle()).await.ok();
    let noted = note(&core).await;
    if let Err(error) = core.anchor.raise(&core.vault).await {
        // The vault is one opening behind its keyring at worst, which the next opening takes for what it is.
        tracing::warn!(%error, "the rollback anchor was not raised");
    }
    core.vault.close().await;
    // Where calls and tasks are over, this is the last owner, and what it owns is zeroized here.
    drop(core);
    if !session.is_zeroized() {
        tracing::error!("a call outlived the session, and holds its keys until it ends");
    }
    session.set_closed();
    noted
}

/// What a locked screen may show: how much waits, and nothing of what.
async fn note(core: &Core) -> Result<()> {
    let (waiting, stat, draft_kept) = core
        .vault
        .read(|vault| {
            let unread = thread::list(vault, thread::Filter::Unread, None, 1_000)?;
            let stat = unread.iter().filter(|row| row.thread.priority == Priority::Stat).count();
            let drafts = thread::list(vault, thread::Filter::Mine, None, 1_000)?.iter().any(|row| row.draft);
            Ok((unread.len(), stat, drafts))
        })
        .await?;
    let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    core.workstation.note_locked(LockedView {
        account: core.account,
        since: core.clock.wall_ms(),
        draft_kept,
        waiting: number(waiting),
        stat: number(stat),
    })
}
