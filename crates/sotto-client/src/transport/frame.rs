//! Where does one frame of the feed end and the next begin? At its length; nothing longer than the limit is buffered.

use bytes::{Buf, BytesMut};
use sotto_protocol::feed::Frame;
use sotto_protocol::{ErrorCode, cbor, limits};

use crate::error::{ClientError, Result};

/// Cuts a stream of bytes into frames. Holds at most one incomplete frame and the chunk that came last.
#[derive(Debug, Default)]
pub struct FrameDecoder {
    buffer: BytesMut,
}

impl FrameDecoder {
    /// Takes what the network gave.
    pub fn push(&mut self, chunk: &[u8]) {
        self.buffer.extend_from_slice(chunk);
    }

    /// The next whole frame, if it is there.
    ///
    /// # Errors
    /// `malformed` for a length above the limit or bytes that are no frame; the stream is of no use afterwards.
    pub fn parse_next(&mut self) -> Result<Option<Frame>> {
        let Some(head) = self.buffer.first_chunk::<4>() else { return Ok(None) };
        let length = usize::try_from(u32::from_be_bytes(*head)).unwrap_or(usize::MAX);
        if length > limits::FRAME_BYTES {
            return Err(malformed());
        }
        if self.buffer.len() < 4 + length {
            return Ok(None);
        }
        self.buffer.advance(4);
        let body = self.buffer.split_to(length);
        cbor::parse_canonical(&body, limits::FRAME_BYTES).map(Some).map_err(|_| malformed())
    }

    /// Whether the stream stopped inside a frame.
    #[must_use]
    pub fn is_inside(&self) -> bool {
        !self.buffer.is_empty()
    }
}

const fn malformed() -> ClientError {
    ClientError::new(ErrorCode::Malformed, "read the server's feed")
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn frames_come_out_however_the_network_cuts_them(positions in proptest::collection::vec(0u64.., 1..20), cut in 1usize..40) {
            let frames: Vec<Frame> = positions.into_iter().map(|position| Frame::CaughtUp { position }).collect();
            let bytes: Vec<u8> = frames.iter().flat_map(Frame::encode).collect();
            let mut decoder = FrameDecoder::default();
            let mut out = Vec::new();
            for chunk in bytes.chunks(cut) {
                decoder.push(chunk);
                while let Some(frame) = decoder.parse_next().unwrap() {
                    out.push(frame);
                }
            }
            assert_eq!(out, frames);
            assert!(!decoder.is_inside());
        }
    }

    #[test]
    fn a_hostile_length_is_refused_before_it_is_buffered() {
        let mut decoder = FrameDecoder::default();
        decoder.push(&u32::MAX.to_be_bytes());
        assert_eq!(decoder.parse_next().map_err(|e| e.code), Err(ErrorCode::Malformed));
    }
}
