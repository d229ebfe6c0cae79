//! Who sees to it that search finds everything? A look at a sample of the index now and then, and where it lacks something, a new one.

use std::sync::Arc;
use std::time::Duration;

use sotto_crypto::OsRandom;
use sotto_crypto::random::make_bytes;
use sotto_store::table::search;

use crate::error::Result;
use crate::session::Core;

/// When a session looks first: not while somebody waits for their list.
const FIRST: Duration = Duration::from_secs(30);
/// How often it looks after that.
const AGAIN: Duration = Duration::from_secs(3_600);
/// Messages of one look: some ten milliseconds of one reading thread.
const SAMPLES: u64 = 256;
/// Messages that are added to a new index in one transaction: other writes wait for it.
const BATCH: u32 = 250;

/// Goes on with an index that was not finished, then looks at it again and again. Ends only by being dropped.
pub(crate) async fn run(core: Arc<Core>) {
    if let Err(error) = rebuild(&core).await {
        tracing::warn!(%error, "the search index is not whole yet");
    }
    let mut wait = FIRST;
    loop {
        tokio::time::sleep(wait).await;
        wait = AGAIN;
        if let Err(error) = look(&core).await {
            tracing::warn!(%error, "the search index could not be looked at");
        }
    }
}

async fn look(core: &Arc<Core>) -> Result<()> {
    let seed = u64::from_be_bytes(make_bytes(&mut OsRandom::new()));
    if core.vault.read(move |vault| search::check(vault, seed, SAMPLES)).await? {
        return rebuild(core).await;
    }
    tracing::warn!("the search index lacks something and is made anew");
    core.vault.write(|vault| search::begin_rebuild(vault)).await?;
    rebuild(core).await
}

/// Adds what an index that is made anew lacks, a batch at a time.
async fn rebuild(core: &Arc<Core>) -> Result<()> {
    while core.vault.write(|vault| search::rebuild(vault, BATCH)).await? {}
    Ok(())
}
