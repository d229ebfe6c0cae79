//! How does a file come in? Part by part, each sealed before it is on the disk; the first one says what the file is.

use sotto_crypto::OsRandom;
use sotto_crypto::file::{FileSeal, make_file_key};
use sotto_protocol::event::Priority;
use sotto_protocol::file::SharedFile;
use sotto_protocol::key::Hash;
use sotto_protocol::{ErrorCode, FileId, ThreadId, limits};
use sotto_store::StoreError;
use sotto_store::table::file::{self, FileState, chunk};

use super::{kind, permit};
use crate::error::{Attempt as _, ClientError, Result};
use crate::session::{Core, Session};
use crate::thread::load_permitted;
use crate::view::{BeginFileRequest, FilePartRequest};

/// Files of a thread that wait to be sent, at most.
const WAITING: usize = 20;
/// Characters at the beginning of a name that is too long; the others are its end.
const HEAD: usize = 120;

impl Session {
    /// Begins to take a file in. Its parts follow with [`Self::put_file_part`]; until it is sent it waits like a draft.
    ///
    /// # Errors
    /// `locked`, `not_found`, `not_a_member`; `file_too_large`; `attachment_too_large` by the rules here; `malformed` for an empty one; `throttled` while 20 wait already.
    pub async fn begin_file(&self, request: BeginFileRequest) -> Result<FileId> {
        const ATTEMPTED: &str = "take the file";
        if request.bytes == 0 {
            return Err(ClientError::new(ErrorCode::Malformed, ATTEMPTED));
        }
        if request.bytes > limits::FILE_BYTES {
            return Err(ClientError::new(ErrorCode::FileTooLarge, ATTEMPTED));
        }
        let call = self.enter()?;
        let core = call.core();
        permit::check_size(core, request.bytes)?;
        let (classes, thread) = (core.classes(), request.thread);
        let shared = make_shared(&request.name, request.bytes);
        let id = shared.file;
        let staged = core.vault.write(move |vault| {
            let known = load_permitted(vault, classes, thread)?;
            if !known.joined {
                return Ok(Some(ErrorCode::NotAMember));
            }
            if file::outgoing(vault, thread)?.len() >= WAITING {
                return Ok(Some(ErrorCode::Throttled));
            }
            file::stage(vault, thread, &shared)?;
            Ok(None)
        });
        match call.run(async { staged.await.attempting(ATTEMPTED) }).await? {
            Some(code) => Err(ClientError::new(code, ATTEMPTED)),
            None => Ok(id),
        }
    }

    /// Takes a part in. Durable and sealed on return; the same part again changes nothing. A file of a type that is not taken, or that the
    /// rules here forbid, is forgotten.
    ///
    /// # Errors
    /// `locked`, `not_found`; `malformed` for a part of another length; `file_refused`; `attachment_type_forbidden`; `disk_full`.
    pub async fn put_file_part(&self, request: FilePartRequest) -> Result<()> {
        const ATTEMPTED: &str = "take the file";
        let call = self.enter()?;
        let core = call.core();
        let put = async {
            let row = load_staged(core, request.file).await?;
            let data = sotto_crypto::SecretVec::from_vec(request.data.0);
            let mut shared = row.shared;
            if request.number == 0 {
                let found = kind::find(data.as_bytes()).and_then(|found| permit::check_type(core, found).map(|()| found));
                match found {
                    Ok(found) => shared.media_type = found.to_owned(),
                    Err(refused) => {
                        core.vault.write(move |vault| file::delete(vault, row.row)).await?;
                        return Err(refused);
                    }
                }
            }
            let sealed = seal_of(row.thread, &shared)?
                .seal(request.number, data.as_bytes())
                .map_err(|_| ClientError::new(ErrorCode::Malformed, ATTEMPTED))?;
            let number = request.number;
            let kept = core.vault.write(move |vault| {
                if number == 0 {
                    file::describe(vault, row.row, &shared)?;
                }
                chunk::store(vault, row.row, number, &sealed)
            });
            kept.await.attempting(ATTEMPTED)?;
            core.events.thread_changed(row.thread);
            Ok(())
        };
        call.run(put).await
    }

    /// Forgets a file that was not sent, or takes one back whose parts are still on their way.
    ///
    /// # Errors
    /// `locked`; `not_found` for one that is not here or whose message is in the outbox already.
    pub async fn discard_file(&self, id: FileId) -> Result<()> {
        let call = self.enter()?;
        let core = call.core();
        let gone = core.vault.write(move |vault| {
            let row = file::load_outgoing(vault, id)?.filter(|row| row.state != FileState::HandedOver);
            let row = row.ok_or(StoreError::NotFound("file"))?;
            file::delete(vault, row.row)?;
            Ok((row.thread, row.state))
        });
        let (thread, state) = call.run(async { gone.await.attempting("discard the file") }).await?;
        core.events.thread_changed(thread);
        if state != FileState::Staged {
            // The server forgets what is incomplete after a week by itself.
            if let Err(error) = call.run(core.http.withdraw_file(&core.signer, thread, id)).await {
                tracing::debug!(code = %error.code, "the server was not told that a file is not to come");
            }
        }
        Ok(())
    }
}

/// A file that waits like a draft.
pub(super) async fn load_staged(core: &Core, id: FileId) -> Result<file::FileRow> {
    let row = core.vault.read(move |vault| file::load_outgoing(vault, id)).await?;
    row.filter(|row| matches!(row.state, FileState::Staged | FileState::Failed(_)))
        .ok_or(ClientError::new(ErrorCode::NotFound, "find the file"))
}

/// What seals and opens the file's chunks.
pub(super) fn seal_of(thread: ThreadId, shared: &SharedFile) -> Result<FileSeal> {
    FileSeal::new(&shared.key, thread, shared.file, shared.bytes).map_err(|_| super::damaged())
}

/// A file with an id and a key of its own.
pub(super) fn make_shared(name: &str, bytes: u64) -> SharedFile {
    SharedFile {
        file: Core::make_id(FileId::from_bytes),
        key: make_file_key(&mut OsRandom::new()),
        bytes,
        hash: Hash::from_bytes([0; 32]),
        media_type: "application/octet-stream".to_owned(),
        name: clean_name(name),
        text: String::new(),
        priority: Priority::Fyi,
    }
}

/// A name of one line without folders; what is too long loses its middle and keeps its ending.
fn clean_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let chars: Vec<char> = last.chars().filter(|c| !c.is_control()).collect();
    let name: String = if chars.len() > limits::TITLE_CHARS {
        let (head, tail) = (chars.iter().take(HEAD), chars.iter().skip(chars.len() - (limits::TITLE_CHARS - HEAD - 1)));
        head.chain(std::iter::once(&'…')).chain(tail).collect()
    } else {
        chars.into_iter().collect()
    };
    if name.trim().is_empty() { "file".to_owned() } else { name }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_has_no_folder_no_second_line_and_a_longest() {
        assert_eq!(clean_name("C:\\Users\\nora\\wound.png"), "wound.png");
        assert_eq!(clean_name("../../etc/pass\nwd"), "passwd");
        assert_eq!(clean_name(" \t"), "file");
        let long = clean_name(&format!("{}.pdf", "a".repeat(400)));
        assert!(long.chars().count() <= limits::TITLE_CHARS && long.ends_with(".pdf"), "{long}");
    }

    #[test]
    fn what_is_made_passes_the_check_of_every_reader() {
        assert_eq!(make_shared("/tmp/\u{202e}gnp.exe", 9).check(), Ok(()));
    }
}
