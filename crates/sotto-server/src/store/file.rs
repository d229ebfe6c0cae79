//! What the server keeps of files: sealed chunks that it cannot open, and who may bring, read and withdraw them.

use std::future::Future;

use bytes::Bytes;
use sotto_protocol::api::FileStored;
use sotto_protocol::{AccountId, ErrorCode, FileId, ThreadId};

use super::{StoreError, Viewer};

/// A chunk to keep. Its form was checked before, and that its author is in the thread.
#[derive(Debug, Clone)]
pub struct NewChunk {
    /// The thread.
    pub thread: ThreadId,
    /// The file, within the thread.
    pub file: FileId,
    /// Who brings it.
    pub account: AccountId,
    /// How many chunks the file has; the same with every one of them.
    pub chunks: u32,
    /// Which one it is, from 0.
    pub number: u32,
    /// The sealed bytes.
    pub bytes: Bytes,
    /// The server's time, milliseconds since 1970.
    pub now: u64,
    /// Bytes that all files together may take.
    pub quota: u64,
}

/// Files of an account that are not complete, at most: who begins more waits until one is complete, withdrawn or over.
pub const UNFINISHED: u32 = 64;

/// The part of a database that keeps files. Dropping a returned future does not undo the work: it runs to its end.
pub trait FileStore {
    /// Whether the viewer is in the thread now, and of its class.
    fn sees_thread(&self, viewer: Viewer, thread: ThreadId) -> impl Future<Output = Result<bool, StoreError>> + Send;

    /// Keeps a chunk, durably; the same bytes again change nothing. A refusal's code: `conflict` for other bytes, another number of chunks or
    /// another author; `throttled` for one file too many that is not complete; `disk_full` for more than the quota.
    fn store_chunk(&self, chunk: NewChunk) -> impl Future<Output = Result<Result<(), ErrorCode>, StoreError>> + Send;

    /// Which chunks of a file there are, `None` where nobody began it.
    fn load_file(&self, thread: ThreadId, file: FileId) -> impl Future<Output = Result<Option<FileStored>, StoreError>> + Send;

    /// A chunk's bytes.
    fn load_chunk(&self, thread: ThreadId, file: FileId, number: u32) -> impl Future<Output = Result<Option<Vec<u8>>, StoreError>> + Send;

    /// Withdraws a file that its author did not complete; none is fine. A refusal's code: `not_permitted` for somebody else's, `conflict` for
    /// one that is complete, which stays: it belongs to the record.
    fn withdraw_file(
        &self,
        thread: ThreadId,
        file: FileId,
        account: AccountId,
    ) -> impl Future<Output = Result<Result<(), ErrorCode>, StoreError>> + Send;

    /// Forgets the files that were begun before a time and never completed.
    fn sweep_files(&self, before: u64) -> impl Future<Output = Result<(), StoreError>> + Send;
}
