//! How do files travel? In sealed chunks that wait in the vault, both ways; opened they are in memory only.

mod content;
mod export;
mod fetch;
mod image;
mod kind;
mod permit;
mod send;
mod stage;
pub(crate) mod upload;

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use sotto_protocol::event::{Content, Event};
use sotto_protocol::file::{SharedFile, chunks_of};
use sotto_protocol::{ErrorCode, ThreadId, cbor};
use sotto_store::table::file::{self, FileRow, FileState, chunk};
use sotto_store::{Connection, StoreError};
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

use crate::error::{Attempt as _, ClientError, Result};
use crate::session::Session;
use crate::thread::load_permitted;
use crate::view::{FileView, OutgoingFile, OutgoingFileState};

/// What is known of files on their way while the session is open. Nothing of it is needed after a restart.
#[derive(Debug, Default)]
pub(crate) struct Transfers {
    /// There is something new to send.
    wake: Notify,
    /// How many chunks of a file that is being sent are on the server, by its row.
    sent: Mutex<HashMap<i64, u32>>,
    /// What ends a fetch that is under way, by the file's row.
    fetching: Mutex<HashMap<i64, CancellationToken>>,
}

impl Transfers {
    fn sent(&self) -> MutexGuard<'_, HashMap<i64, u32>> {
        self.sent.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn fetching(&self) -> MutexGuard<'_, HashMap<i64, CancellationToken>> {
        self.fetching.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The token of a fetch that begins; `None` while one is under way.
    fn begin(&self, row: i64) -> Option<CancellationToken> {
        let mut fetching = self.fetching();
        if fetching.contains_key(&row) {
            return None;
        }
        let stop = CancellationToken::new();
        fetching.insert(row, stop.clone());
        Some(stop)
    }

    fn end(&self, row: i64) {
        self.fetching().remove(&row);
    }

    fn cancel(&self, row: i64) {
        if let Some(stop) = self.fetching().get(&row) {
            stop.cancel();
        }
    }
}

impl Session {
    /// The files that are to be sent to a thread and whose messages are not in the outbox yet.
    ///
    /// # Errors
    /// `locked`, `not_found`.
    pub async fn outgoing_files(&self, thread: ThreadId) -> Result<Vec<OutgoingFile>> {
        let call = self.enter()?;
        let core = call.core();
        let classes = core.classes();
        let load = core.vault.read(move |vault| {
            load_permitted(vault, classes, thread)?;
            let rows = file::outgoing(vault, thread)?;
            rows.into_iter().map(|row| Ok((chunk::count(vault, row.row)?, row))).collect::<std::result::Result<Vec<_>, StoreError>>()
        });
        let rows = call.run(async { load.await.attempting("list the files") }).await?;
        let sent = core.files.sent();
        Ok(rows.into_iter().map(|(here, row)| outgoing(&row, here, sent.get(&row.row).copied())).collect())
    }
}

fn outgoing(row: &FileRow, here: u32, sent: Option<u32>) -> OutgoingFile {
    let (state, done) = match row.state {
        FileState::Queued | FileState::HandedOver | FileState::Shared => (OutgoingFileState::Sending, sent.unwrap_or(0)),
        FileState::Staged => (OutgoingFileState::Staged, here),
        FileState::Failed(code) => (OutgoingFileState::Failed { code }, sent.unwrap_or(0)),
    };
    let (bytes, parts) = (row.shared.bytes, chunks_of(row.shared.bytes));
    OutgoingFile { file: row.shared.file, name: row.shared.name.clone(), bytes, done, parts, state }
}

/// The file of a line as a screen shows it.
pub(crate) fn view(row: &FileRow, here: u32) -> FileView {
    view_shared(&row.shared, here)
}

/// What an event says of a file, as a screen shows it.
pub(crate) fn view_shared(shared: &SharedFile, here: u32) -> FileView {
    FileView {
        name: shared.name.clone(),
        media_type: shared.media_type.clone(),
        bytes: shared.bytes,
        here,
        parts: chunks_of(shared.bytes),
        viewable: kind::is_viewable(&shared.media_type),
    }
}

/// What a line reads that has a file: its name, then what was said with it. So preview and search find both.
pub(crate) fn line_text(name: &str, said: &str) -> String {
    if said.is_empty() { name.to_owned() } else { format!("{name}\n{said}") }
}

/// What was said with a file, of a line that has one.
pub(crate) fn said_of(line: &str) -> String {
    line.split_once('\n').map_or_else(String::new, |(_, said)| said.to_owned())
}

/// Forgets the file of an event that left the outbox unsent.
pub(crate) fn forget_file(vault: &Connection, content: &[u8]) -> std::result::Result<(), StoreError> {
    let Ok(Content { event: Event::File(shared), .. }) = cbor::parse::<Content>(content, content.len()) else { return Ok(()) };
    let row = file::load_outgoing(vault, shared.file)?;
    row.map_or(Ok(()), |row| file::delete(vault, row.row))
}

const fn damaged() -> ClientError {
    ClientError::new(ErrorCode::FileDamaged, "open the file")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_reads_as_the_name_and_what_was_said() {
        assert_eq!((line_text("a.png", ""), said_of("a.png")), ("a.png".into(), String::new()));
        assert_eq!(said_of(&line_text("a.png", "left heel\nsince Monday")), "left heel\nsince Monday");
    }
}
