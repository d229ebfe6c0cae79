//! How do a file's sealed chunks cross the line? One request a chunk, each proved like any other.

use bytes::Bytes;
use reqwest::Method;
use sotto_protocol::api::FileStored;
use sotto_protocol::{FileId, ThreadId};

use super::http::{Http, read_body};
use super::signed::DeviceSigner;
use crate::error::Result;

impl Http {
    /// Which chunks of a file the server has.
    ///
    /// # Errors
    /// As [`Self::fetch_json`]; `not_found` where nobody began it.
    pub async fn fetch_file_stored(&self, signer: &DeviceSigner, thread: ThreadId, file: FileId) -> Result<FileStored> {
        self.fetch_json(&target(thread, file), Some(signer)).await
    }

    /// Brings the chunk of that number, of so many.
    ///
    /// # Errors
    /// As [`Self::fetch_json`].
    pub async fn push_file_chunk(
        &self,
        signer: &DeviceSigner,
        thread: ThreadId,
        file: FileId,
        (number, chunks): (u32, u32),
        sealed: Vec<u8>,
    ) -> Result<()> {
        self.begin_session(signer).await;
        let target = format!("{}/chunks/{number}?chunks={chunks}", target(thread, file));
        let body = Some((sealed, "application/octet-stream"));
        self.request(&self.requests, Method::PUT, &target, Some(signer), body).await.map(drop)
    }

    /// A sealed chunk.
    ///
    /// # Errors
    /// As [`Self::fetch_json`].
    pub async fn fetch_file_chunk(&self, signer: &DeviceSigner, thread: ThreadId, file: FileId, number: u32) -> Result<Bytes> {
        self.begin_session(signer).await;
        let target = format!("{}/chunks/{number}", target(thread, file));
        read_body(self.request(&self.requests, Method::GET, &target, Some(signer), None).await?).await
    }

    /// Withdraws a file that was not brought completely.
    ///
    /// # Errors
    /// As [`Self::fetch_json`].
    pub async fn withdraw_file(&self, signer: &DeviceSigner, thread: ThreadId, file: FileId) -> Result<()> {
        self.request(&self.requests, Method::DELETE, &target(thread, file), Some(signer), None).await.map(drop)
    }
}

fn target(thread: ThreadId, file: FileId) -> String {
    format!("/v1/threads/{thread}/files/{file}")
}
