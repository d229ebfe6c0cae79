//! What an open feed brings: frames, one after another, as they come.

use std::time::Duration;

use reqwest::Response;
use sotto_protocol::entry::Stamp;
use sotto_protocol::feed::Frame;
use sotto_protocol::{cbor, limits};

/// Longer than anything takes; a test that waits so long fails.
const PATIENCE: Duration = Duration::from_secs(20);

/// An entry as a reader sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    pub stamp: Stamp,
    pub entry: Vec<u8>,
    pub key_box: Option<Vec<u8>>,
}

/// The answer of a feed or a range.
pub struct OpenFeed {
    response: Response,
    buffer: Vec<u8>,
}

impl OpenFeed {
    pub const fn new(response: Response) -> Self {
        Self { response, buffer: Vec::new() }
    }

    /// The next frame, `None` at the end of the answer.
    pub async fn next(&mut self) -> Option<Frame> {
        loop {
            if let Some(length) = self.buffer.first_chunk::<4>() {
                let end = 4 + u32::from_be_bytes(*length) as usize;
                if self.buffer.len() >= end {
                    let frame = self.buffer.drain(..end).skip(4).collect::<Vec<u8>>();
                    return Some(cbor::parse(&frame, limits::FRAME_BYTES).unwrap());
                }
            }
            match tokio::time::timeout(PATIENCE, self.response.chunk()).await.expect("a frame was expected") {
                Ok(Some(bytes)) => self.buffer.extend_from_slice(&bytes),
                Ok(None) | Err(_) => return None,
            }
        }
    }

    /// The next frame that is not about the directory.
    pub async fn next_of_log(&mut self) -> Option<Frame> {
        loop {
            match self.next().await {
                Some(Frame::Directory { .. }) => {}
                other => return other,
            }
        }
    }

    /// The next entry.
    pub async fn entry(&mut self) -> Seen {
        loop {
            match self.next_of_log().await {
                Some(Frame::Entry { stamp, entry, key_box }) => return Seen { stamp, entry, key_box },
                Some(Frame::CaughtUp { .. }) => {}
                other => panic!("{other:?} where an entry was expected"),
            }
        }
    }

    /// The entries up to the next `CaughtUp`, and its position.
    pub async fn catch_up(&mut self) -> (Vec<Seen>, u64) {
        let mut seen = Vec::new();
        loop {
            match self.next_of_log().await {
                Some(Frame::Entry { stamp, entry, key_box }) => seen.push(Seen { stamp, entry, key_box }),
                Some(Frame::CaughtUp { position }) => return (seen, position),
                other => panic!("{other:?} before the feed had caught up"),
            }
        }
    }
}
