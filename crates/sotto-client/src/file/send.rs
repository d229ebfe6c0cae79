//! How is a file sent? What is here goes on its way by itself; an image is written anew first, so that nothing but the picture goes out.

use std::sync::Arc;

use sotto_crypto::SecretVec;
use sotto_protocol::event::EventError;
use sotto_protocol::file::{SharedFile, chunks_of};
use sotto_protocol::limits::FILE_CHUNK_BYTES;
use sotto_protocol::{ErrorCode, FileId, ThreadId};
use sotto_store::StoreError;
use sotto_store::table::file::{self, FileRow, FileState, chunk};

use super::content::read_whole;
use super::stage::{load_staged, make_shared, seal_of};
use super::{image, kind, permit};
use crate::error::{Attempt as _, ClientError, Result};
use crate::session::{Core, Session};
use crate::view::SendFileRequest;

const ATTEMPTED: &str = "send the file";

impl Session {
    /// Sends a file whose parts are all here, also one that failed before. From here on it goes out by itself, whatever crashes: its parts
    /// first, then its message.
    ///
    /// # Errors
    /// `locked`, `not_found`, `vault_rolled_back`, `disk_full`; `malformed` while parts are missing; `too_large` for the text; `attachment_too_large` and
    /// `attachment_type_forbidden` where the rules became stricter while it waited; `image_too_large`
    /// and `file_damaged` for an image that cannot be written anew.
    pub async fn send_file(&self, request: SendFileRequest) -> Result<()> {
        let call = self.enter()?;
        let core = call.core();
        core.check_may_send()?;
        let send = async {
            let row = load_staged(core, request.file).await?;
            require_whole(core, &row).await?;
            permit::check(core, &row.shared)?;
            let mut shared = SharedFile { text: request.text, priority: request.priority, ..row.shared.clone() };
            shared.check().map_err(|error| {
                let code = if error == EventError::TooLarge { ErrorCode::TooLarge } else { ErrorCode::Malformed };
                ClientError::new(code, ATTEMPTED)
            })?;
            if row.state == FileState::Staged && kind::is_image(&shared.media_type) {
                shared = write_anew(core, &row, shared).await?;
            } else {
                let (place, shared) = (row.row, shared.clone());
                let queued = core.vault.write(move |vault| {
                    file::describe(vault, place, &shared)?;
                    file::set_state(vault, place, FileState::Queued)
                });
                queued.await.attempting(ATTEMPTED)?;
            }
            tracing::debug!(parts = chunks_of(shared.bytes), "a file goes on its way");
            core.files.wake.notify_one();
            core.events.thread_changed(row.thread);
            Ok(())
        };
        call.run(send).await
    }
}

impl Session {
    /// Sends a file that was refused again, with what was said with it.
    ///
    /// # Errors
    /// `locked`, `not_found` if it has not failed, `vault_rolled_back`; `attachment_too_large`, `attachment_type_forbidden` by the rules here now.
    pub async fn retry_file(&self, id: FileId) -> Result<()> {
        let call = self.enter()?;
        let core = call.core();
        core.check_may_send()?;
        let retry = async {
            let row = load_staged(core, id).await?;
            permit::check(core, &row.shared)?;
            let retried = core.vault.write(move |vault| {
                let row = file::load_outgoing(vault, id)?.filter(|row| matches!(row.state, FileState::Failed(_)));
                let row = row.ok_or(StoreError::NotFound("file"))?;
                file::set_state(vault, row.row, FileState::Queued)?;
                Ok(row.thread)
            });
            retried.await.attempting(ATTEMPTED)
        };
        let thread = call.run(retry).await?;
        core.files.wake.notify_one();
        core.events.thread_changed(thread);
        Ok(())
    }
}

async fn require_whole(core: &Arc<Core>, row: &FileRow) -> Result<()> {
    let place = row.row;
    let here = core.vault.read(move |vault| chunk::count(vault, place)).await?;
    if here == chunks_of(row.shared.bytes) { Ok(()) } else { Err(ClientError::new(ErrorCode::Malformed, ATTEMPTED)) }
}

/// Puts a picture with nothing else in it in the place of an image. Another content needs another key, and so another file.
async fn write_anew(core: &Arc<Core>, row: &FileRow, said: SharedFile) -> Result<SharedFile> {
    let bytes = read_whole(core, row).await?;
    let (thread, place) = (row.thread, row.row);
    let (shared, chunks) = core.compute(move || seal_anew(thread, said, &bytes)).await??;
    // A picture that becomes a PNG may grow.
    permit::check_size(core, shared.bytes)?;
    let kept = shared.clone();
    let replaced = core.vault.write(move |vault| {
        file::delete(vault, place)?;
        let place = file::stage(vault, thread, &kept)?;
        for (number, sealed) in (0..).zip(&chunks) {
            chunk::store(vault, place, number, sealed)?;
        }
        file::set_state(vault, place, FileState::Queued)
    });
    replaced.await.attempting(ATTEMPTED)?;
    Ok(shared)
}

/// A picture that became another kind is called after that kind: what is saved later opens where its name says.
fn named_anew(said: &SharedFile, media_type: &str) -> String {
    if said.media_type == media_type {
        return said.name.clone();
    }
    let stem = said.name.rsplit_once('.').map_or(said.name.as_str(), |(stem, _)| stem);
    format!("{stem}.png")
}

fn seal_anew(thread: ThreadId, said: SharedFile, bytes: &SecretVec) -> Result<(SharedFile, Vec<Vec<u8>>)> {
    let written = image::clean(bytes.as_bytes())?;
    let length = written.bytes.as_bytes().len() as u64;
    let fresh = make_shared(&named_anew(&said, written.media_type), length);
    let shared = SharedFile { media_type: written.media_type.to_owned(), text: said.text, priority: said.priority, ..fresh };
    shared.check().map_err(|_| ClientError::new(ErrorCode::FileTooLarge, ATTEMPTED))?;
    let seal = seal_of(thread, &shared)?;
    let chunks = (0..).zip(written.bytes.as_bytes().chunks(FILE_CHUNK_BYTES)).map(|(number, content)| seal.seal(number, content));
    let chunks = chunks.collect::<std::result::Result<_, _>>().map_err(|_| super::damaged())?;
    Ok((shared, chunks))
}
