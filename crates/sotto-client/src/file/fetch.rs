//! How does a file come here? Chunk by chunk, from where it stopped; what is not what its author sent is thrown away.

use std::collections::BTreeSet;
use std::sync::Arc;

use sotto_protocol::file::chunks_of;
use sotto_protocol::verify::{file_hash, sha256};
use sotto_protocol::{ErrorCode, ThreadId};
use sotto_store::table::file::{FileRow, chunk};
use tokio_util::sync::CancellationToken;

use super::content::load_of;
use super::damaged;
use super::stage::seal_of;
use crate::error::{Attempt as _, ClientError, Result};
use crate::session::{Core, Session};

/// Chunks that a vault keeps of all files together, about half a gibibyte; those of the oldest go first.
const KEPT_CHUNKS: u32 = 512;

impl Session {
    /// Fetches what is missing of a message's file. Each part is on the disk, sealed, once it has come: an interrupted fetch goes on there.
    ///
    /// # Errors
    /// `locked`, `not_found`; `malformed` of a message without a file; `conflict` while another call fetches it; `cancelled`; `file_damaged`
    /// for what its author did not send; those of server and disk.
    pub async fn fetch_file(&self, thread: ThreadId, seq: u64) -> Result<()> {
        let call = self.enter()?;
        let core = call.core();
        let row = call.run(load_of(core, thread, seq)).await?;
        let busy = ClientError::new(ErrorCode::Conflict, "fetch the file");
        let (place, stop) = (row.row, core.files.begin(row.row).ok_or(busy)?);
        // Whatever ends this call ends the fetch as well.
        let _ended = Ended(core, place);
        call.run(fetch(core, row, stop)).await
    }

    /// Ends a fetch that is under way; what has come stays.
    ///
    /// # Errors
    /// `locked`, `not_found`.
    pub async fn cancel_fetch(&self, thread: ThreadId, seq: u64) -> Result<()> {
        let call = self.enter()?;
        let core = call.core();
        let row = call.run(load_of(core, thread, seq)).await?;
        core.files.cancel(row.row);
        Ok(())
    }
}

struct Ended<'a>(&'a Arc<Core>, i64);

impl Drop for Ended<'_> {
    fn drop(&mut self) {
        self.0.files.end(self.1);
    }
}

async fn fetch(core: &Arc<Core>, row: FileRow, stop: CancellationToken) -> Result<()> {
    let (place, seal) = (row.row, seal_of(row.thread, &row.shared)?);
    let here: BTreeSet<u32> = core.vault.read(move |vault| chunk::here(vault, place)).await?.into_iter().collect();
    let chunks = chunks_of(row.shared.bytes);
    for number in (0..chunks).filter(|number| !here.contains(number)) {
        let fetched = tokio::select! {
            biased;
            () = stop.cancelled() => return Err(ClientError::new(ErrorCode::Cancelled, "fetch the file")),
            fetched = core.http.fetch_file_chunk(&core.signer, row.thread, row.shared.file, number) => fetched?,
        };
        // Opened once before it is kept: a damaged part is not found out at the bedside.
        let seal = seal.clone();
        let (sealed, opens) = core.compute(move || (seal.open(number, &fetched).is_ok(), fetched)).await.map(|(opens, f)| (f, opens))?;
        if !opens {
            return Err(damaged());
        }
        core.vault.write(move |vault| chunk::store(vault, place, number, &sealed)).await.attempting("keep the file")?;
        core.events.thread_changed(row.thread);
    }
    check_hash(core, &row).await
}

/// Whether all of it is what the author's event names.
async fn check_hash(core: &Arc<Core>, row: &FileRow) -> Result<()> {
    let (place, chunks) = (row.row, chunks_of(row.shared.bytes));
    let mut hashes = Vec::with_capacity(chunks as usize);
    for number in 0..chunks {
        let sealed = core.vault.read(move |vault| chunk::load(vault, place, number)).await?.ok_or(damaged())?;
        hashes.push(sha256(&[&sealed]));
    }
    if file_hash(&hashes) == row.shared.hash {
        // What was fetched long ago can be fetched again.
        core.vault.write(move |vault| chunk::trim(vault, place, KEPT_CHUNKS)).await?;
        return Ok(());
    }
    core.vault.write(move |vault| chunk::delete(vault, place)).await?;
    Err(damaged())
}
