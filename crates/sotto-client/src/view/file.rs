//! What is a file on a screen? Its name, its size, what its content is, and how far it has come.

use serde::{Deserialize, Serialize};
use sotto_protocol::api::Base64;
use sotto_protocol::{FileId, ThreadId};

use super::{ErrorCode, Priority};

/// The file of a message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct FileView {
    /// How it is called.
    pub name: String,
    /// What its author's client found in it, as a media type.
    pub media_type: String,
    /// Bytes of its content.
    #[cfg_attr(feature = "typescript", ts(type = "number"))]
    pub bytes: u64,
    /// How many of its parts are on this workstation, sealed.
    pub here: u32,
    /// How many parts it has.
    pub parts: u32,
    /// Whether it can be looked at inside the app.
    pub viewable: bool,
}

/// How far a file that is to be sent has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum OutgoingFileState {
    /// It is here, or is being taken in; nobody sent it yet.
    Staged,
    /// On its way to the server.
    Sending,
    /// Refused; stays until somebody retries or discards it.
    Failed {
        /// Why.
        code: ErrorCode,
    },
}

/// A file that no message refers to yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct OutgoingFile {
    /// The file.
    #[cfg_attr(feature = "typescript", ts(type = "string"))]
    pub file: FileId,
    /// How it is called.
    pub name: String,
    /// Bytes of its content.
    #[cfg_attr(feature = "typescript", ts(type = "number"))]
    pub bytes: u64,
    /// Parts taken in, or, while it is sending, on the server.
    pub done: u32,
    /// How many parts it has.
    pub parts: u32,
    /// How far it has come.
    pub state: OutgoingFileState,
}

/// Begins to take a file in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct BeginFileRequest {
    /// For which thread.
    #[cfg_attr(feature = "typescript", ts(type = "string"))]
    pub thread: ThreadId,
    /// How it is called; folders before it are dropped.
    pub name: String,
    /// Bytes of its content.
    #[cfg_attr(feature = "typescript", ts(type = "number"))]
    pub bytes: u64,
}

/// The next part of a file: 1,048,576 bytes, the last one what is left.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct FilePartRequest {
    /// The file.
    #[cfg_attr(feature = "typescript", ts(type = "string"))]
    pub file: FileId,
    /// Which part, from 0.
    pub number: u32,
    /// Its bytes, in base64.
    #[cfg_attr(feature = "typescript", ts(type = "string"))]
    pub data: Base64,
}

/// Sends a file whose parts are all here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct SendFileRequest {
    /// The file.
    #[cfg_attr(feature = "typescript", ts(type = "string"))]
    pub file: FileId,
    /// What is said with it; may be empty.
    pub text: String,
    /// How pressing.
    pub priority: Priority,
}

/// A file as it is looked at inside the app: an image decoded within bounds, no larger than a screen, without metadata; a PDF as it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct FilePreview {
    /// `image/png`, `image/jpeg` or `application/pdf`.
    pub media_type: String,
    /// Its bytes, in base64.
    #[cfg_attr(feature = "typescript", ts(type = "string"))]
    pub data: Base64,
}
