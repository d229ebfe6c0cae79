//! What did the feed bring? An entry with its stamp, parsed as far as it parses, so that even a broken one keeps its place.

use sotto_protocol::entry::{Header, SealedEntry, Stamp};
use sotto_protocol::feed::Frame;
use sotto_protocol::{cbor, limits};

/// An entry as it came.
#[derive(Debug, Clone)]
pub(crate) struct Arrived {
    /// What the server added.
    pub stamp: Stamp,
    /// The bytes that were hashed.
    pub bytes: Vec<u8>,
    /// The entry in the bytes.
    pub entry: SealedEntry,
    /// Its header.
    pub header: Header,
    /// Our box of a key entry.
    pub key_box: Option<Vec<u8>>,
    /// Whether it breaks a rule of the encoding or a limit; it is shown as a tombstone then.
    pub broken: bool,
}

/// Parses an entry frame. `None` for bytes in which not even a thread can be made out: the gap they leave is noticed by seq.
pub(crate) fn parse_arrived(stamp: Stamp, bytes: Vec<u8>, key_box: Option<Vec<u8>>) -> Option<Arrived> {
    if let Ok((entry, header)) = SealedEntry::parse(&bytes) {
        return Some(Arrived { stamp, bytes, entry, header, key_box, broken: false });
    }
    let entry: SealedEntry = cbor::parse(&bytes, limits::FRAME_BYTES).ok()?;
    let header: Header = cbor::parse(&entry.header, limits::FRAME_BYTES).ok()?;
    Some(Arrived { stamp, bytes, entry, header, key_box, broken: true })
}

/// The same for a frame, where it is one with an entry.
pub(crate) fn parse_frame(frame: Frame) -> Option<Arrived> {
    match frame {
        Frame::Entry { stamp, entry, key_box } => parse_arrived(stamp, entry, key_box),
        Frame::CaughtUp { .. } | Frame::Directory { .. } | Frame::Statement { .. } | Frame::End { .. } => None,
    }
}
