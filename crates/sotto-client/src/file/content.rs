//! What is in a file? Its chunks, opened one after another in memory that is erased; an image as a screen shows it.

use std::sync::Arc;

use sotto_crypto::SecretVec;
use sotto_protocol::api::Base64;
use sotto_protocol::file::chunks_of;
use sotto_protocol::{ErrorCode, ThreadId};
use sotto_store::table::file::{self, FileRow, chunk};

use super::stage::seal_of;
use super::{damaged, image, kind};
use crate::error::{Attempt as _, ClientError, Result};
use crate::session::{Core, Session};
use crate::thread::load_permitted;
use crate::view::FilePreview;

/// Bytes of an image that is looked at or written anew, at most.
pub(super) const IMAGE_BYTES: u64 = 40 * 1024 * 1024;

impl Session {
    /// The image of a message, as large as a screen shows it. Its parts must be here ([`Self::fetch_file`]).
    ///
    /// # Errors
    /// `locked`; `not_found` also while parts are missing; `malformed` of a message without a file; `file_refused` for what is no image,
    /// whatever its author said; `image_too_large`; `file_damaged`.
    pub async fn file_preview(&self, thread: ThreadId, seq: u64) -> Result<FilePreview> {
        let call = self.enter()?;
        let core = call.core();
        let look = async {
            let row = load_of(core, thread, seq).await?;
            let bytes = read_whole(core, &row).await?;
            let written = core
                .compute(move || {
                    let found = kind::find(bytes.as_bytes())?;
                    if !kind::is_viewable(found) {
                        return Err(ClientError::new(ErrorCode::FileRefused, "look at the file"));
                    }
                    image::preview(bytes.as_bytes())
                })
                .await??;
            Ok(FilePreview { media_type: written.media_type.to_owned(), data: Base64(written.bytes.as_bytes().to_vec()) })
        };
        call.run(look).await
    }
}

/// The file of a line that the person may read.
///
/// # Errors
/// `not_found` of a thread that is closed to them; `malformed` of a line without a file.
pub(super) async fn load_of(core: &Arc<Core>, thread: ThreadId, seq: u64) -> Result<FileRow> {
    let classes = core.classes();
    let load = core.vault.read(move |vault| {
        let known = load_permitted(vault, classes, thread)?;
        file::of_line(vault, known.row, seq)
    });
    load.await.attempting("find the file")?.ok_or(ClientError::new(ErrorCode::Malformed, "find the file"))
}

/// One opened chunk.
///
/// # Errors
/// `not_found` if it is not here; `file_damaged`.
pub(super) async fn read_chunk(core: &Arc<Core>, row: &FileRow, number: u32) -> Result<SecretVec> {
    let (seal, place) = (seal_of(row.thread, &row.shared)?, row.row);
    let sealed = core.vault.read(move |vault| chunk::load(vault, place, number)).await?;
    let sealed = sealed.ok_or(ClientError::new(ErrorCode::NotFound, "open the file"))?;
    core.compute(move || seal.open(number, &sealed)).await?.map_err(|_| damaged())
}

/// All of an image's bytes.
pub(super) async fn read_whole(core: &Arc<Core>, row: &FileRow) -> Result<SecretVec> {
    if row.shared.bytes > IMAGE_BYTES {
        return Err(ClientError::new(ErrorCode::ImageTooLarge, "look at the image"));
    }
    // Room from the start: growing would leave copies behind.
    let mut whole = Vec::with_capacity(usize::try_from(row.shared.bytes).unwrap_or_default());
    for number in 0..chunks_of(row.shared.bytes) {
        whole.extend_from_slice(read_chunk(core, row, number).await?.as_bytes());
    }
    Ok(SecretVec::from_vec(whole))
}
