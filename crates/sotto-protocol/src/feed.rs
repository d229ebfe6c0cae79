//! What flows over the log's two requests: appends upwards, frames downwards. CBOR.

use serde::{Deserialize, Serialize};
use serde_bytes::ByteBuf;

use crate::entry::Stamp;
use crate::{AccountId, ErrorCode};

/// One entry to append: its encoded [`crate::entry::SealedEntry`], and of a key entry each member's encoded box.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Append(pub ByteBuf, pub Vec<(AccountId, ByteBuf)>);

/// The body of `POST /v1/entries`: at most [`crate::limits::APPEND_ENTRIES`], appended in order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AppendRequest(pub Vec<Append>);

/// What became of one entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "(u8, u64, Option<Stamp>)", into = "(u8, u64, Option<Stamp>)")]
pub enum Outcome {
    /// Committed now or, for a repeat of the same bytes, before.
    Stored(Stamp),
    /// Not appended.
    Refused {
        /// Why.
        code: ErrorCode,
        /// The thread's epoch now; 0 where the author may not know.
        epoch: u64,
    },
}

impl From<(u8, u64, Option<Stamp>)> for Outcome {
    fn from((number, epoch, stamp): (u8, u64, Option<Stamp>)) -> Self {
        match stamp {
            Some(stamp) if number == 0 => Self::Stored(stamp),
            _ => Self::Refused { code: ErrorCode::from_number(number).unwrap_or(ErrorCode::ServerError), epoch },
        }
    }
}

impl From<Outcome> for (u8, u64, Option<Stamp>) {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Stored(stamp) => (0, 0, Some(stamp)),
            Outcome::Refused { code, epoch } => (code.number(), epoch, None),
        }
    }
}

/// The answer to an append: one outcome an entry, in the request's order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AppendResponse(pub Vec<Outcome>);

/// One frame of the feed or of a thread's range. On the wire: a 4-byte big-endian length, then this as an array whose first item is its number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "FrameArray", into = "FrameArray")]
pub enum Frame {
    /// An entry, its stamp, and of a key entry the reader's own box if there is one.
    Entry {
        /// What the server added.
        stamp: Stamp,
        /// The encoded [`crate::entry::SealedEntry`].
        entry: Vec<u8>,
        /// The reader's encoded [`crate::key::SealedBox`].
        key_box: Option<Vec<u8>>,
    },
    /// Everything up to this position has been sent; what follows is live. A range ends with it.
    CaughtUp {
        /// The organisation's position.
        position: u64,
    },
    /// The directory has this version now.
    Directory {
        /// The number of statements.
        version: u64,
    },
    /// A signed statement of the directory; on the control connection of a workstation only.
    Statement {
        /// Its canonical bytes.
        statement: Vec<u8>,
    },
    /// The server ends the feed and says why.
    End {
        /// Why.
        code: ErrorCode,
    },
}

type FrameArray = (u8, Option<Stamp>, Option<ByteBuf>, Option<ByteBuf>, u64);

impl From<Frame> for FrameArray {
    fn from(frame: Frame) -> Self {
        match frame {
            Frame::Entry { stamp, entry, key_box } => (0, Some(stamp), Some(ByteBuf::from(entry)), key_box.map(ByteBuf::from), 0),
            Frame::CaughtUp { position } => (1, None, None, None, position),
            Frame::Directory { version } => (2, None, None, None, version),
            Frame::Statement { statement } => (4, None, Some(ByteBuf::from(statement)), None, 0),
            Frame::End { code } => (3, None, None, None, u64::from(code.number())),
        }
    }
}

impl TryFrom<FrameArray> for Frame {
    type Error = &'static str;

    fn try_from(array: FrameArray) -> Result<Self, &'static str> {
        match array {
            (0, Some(stamp), Some(entry), key_box, _) => {
                Ok(Self::Entry { stamp, entry: entry.into_vec(), key_box: key_box.map(ByteBuf::into_vec) })
            }
            (1, None, None, None, position) => Ok(Self::CaughtUp { position }),
            (2, None, None, None, version) => Ok(Self::Directory { version }),
            (4, None, Some(statement), None, _) => Ok(Self::Statement { statement: statement.into_vec() }),
            (3, None, None, None, number) => {
                let code = u8::try_from(number).ok().and_then(ErrorCode::from_number);
                Ok(Self::End { code: code.unwrap_or(ErrorCode::ServerError) })
            }
            _ => Err("this build does not know that frame"),
        }
    }
}

impl Frame {
    /// The frame with its length before it.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let body = crate::cbor::encode(self);
        let length = u32::try_from(body.len()).unwrap_or(u32::MAX);
        let mut bytes = Vec::with_capacity(4 + body.len());
        bytes.extend_from_slice(&length.to_be_bytes());
        bytes.extend_from_slice(&body);
        bytes
    }
}
