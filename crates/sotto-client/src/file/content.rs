//! What is in a file? Its chunks, opened one after another in memory that is erased; an image as a screen shows it, a PDF for the window to draw.

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

/// Bytes of a PDF that is looked at, at most: it crosses to the window whole, as text.
const PDF_BYTES: u64 = IMAGE_BYTES;

/// Bytes of an image that is looked at or written anew, at most.
pub(super) const IMAGE_BYTES: u64 = 40 * 1024 * 1024;

impl Session {
    /// What a message's file looks like: an image as large as a screen shows it, a PDF as it is, for the window to draw without trusting it.
    /// Its parts must be here ([`Self::fetch_file`]).
    ///
    /// # Errors
    /// `locked`; `not_found` also while parts are missing; `malformed` of a message without a file; `file_refused` for what is neither,
    /// whatever its author said; `image_too_large`; `file_too_large` for a PDF of more than 40 MiB; `file_damaged`.
    pub async fn file_preview(&self, thread: ThreadId, seq: u64) -> Result<FilePreview> {
        let call = self.enter()?;
        let core = call.core();
        let look = async {
            let row = load_of(core, thread, seq).await?;
            if kind::is_pdf(&row.shared.media_type) && row.shared.bytes > PDF_BYTES {
                return Err(ClientError::new(ErrorCode::FileTooLarge, "look at the file"));
            }
            let bytes = read_whole(core, &row).await?;
            core.compute(move || look_at(bytes.as_bytes())).await?
        };
        call.run(look).await
    }
}

/// What the window gets of a content. Its first bytes decide, not what its author called it.
fn look_at(bytes: &[u8]) -> Result<FilePreview> {
    let found = kind::find(bytes)?;
    if kind::is_pdf(found) {
        return Ok(FilePreview { media_type: found.to_owned(), data: Base64(bytes.to_vec()) });
    }
    if !kind::is_image(found) {
        return Err(ClientError::new(ErrorCode::FileRefused, "look at the file"));
    }
    let written = image::preview(bytes)?;
    Ok(FilePreview { media_type: written.media_type.to_owned(), data: Base64(written.bytes.as_bytes().to_vec()) })
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
