//! What the server tells of a file: which chunks it has.

use serde::{Deserialize, Serialize};

/// `GET /v1/threads/{thread}/files/{file}`: what is stored, so that an upload goes on where it stopped.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FileStored {
    /// How many chunks the file has.
    pub chunks: u32,
    /// The numbers of those that are stored, rising from 0; all of them once the file is complete.
    pub stored: Vec<u32>,
}
