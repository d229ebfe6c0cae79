//! How bytes that must have one spelling are made and read: CBOR (RFC 8949) with definite lengths and shortest integers.

use serde::Serialize;
use serde::de::DeserializeOwned;

/// Bytes that are not the one encoding of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CborError {
    /// Not CBOR, not this type, or something follows the value.
    #[error("the bytes do not parse")]
    Malformed,
    /// The value parses, but another spelling of it is the canonical one.
    #[error("the bytes are not the canonical encoding")]
    NotCanonical,
    /// Longer than the caller's limit.
    #[error("the bytes are more than the limit")]
    TooLarge,
}

/// The deepest nesting that [`parse`] follows; hostile nesting ends there and not at the end of the stack.
const DEPTH: usize = 16;

/// The one encoding of `value`.
///
/// # Panics
/// Never for the types of this crate: none of them fails to serialise and a `Vec` takes every byte.
#[must_use]
pub fn encode<T: Serialize>(value: &T) -> Vec<u8> {
    encode_within(value, 0)
}

/// As [`encode`], with room for so many bytes from the start: where a secret is in them, growing would leave copies behind.
///
/// # Panics
/// As [`encode`].
#[must_use]
pub fn encode_within<T: Serialize>(value: &T, room: usize) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(room);
    match ciborium::into_writer(value, &mut bytes) {
        Ok(()) => bytes,
        Err(_) => unreachable!("protocol types serialise"),
    }
}

/// Reads untrusted bytes of at most `limit`; nothing may follow the value.
///
/// # Errors
/// [`CborError::TooLarge`] or [`CborError::Malformed`].
pub fn parse<T: DeserializeOwned>(bytes: &[u8], limit: usize) -> Result<T, CborError> {
    if bytes.len() > limit {
        return Err(CborError::TooLarge);
    }
    let mut rest = bytes;
    let value = ciborium::de::from_reader_with_recursion_limit(&mut rest, DEPTH).map_err(|_| CborError::Malformed)?;
    if rest.is_empty() { Ok(value) } else { Err(CborError::Malformed) }
}

/// As [`parse`], and refuses any spelling but the canonical one.
///
/// # Errors
/// Those of [`parse`], and [`CborError::NotCanonical`].
pub fn parse_canonical<T: DeserializeOwned + Serialize>(bytes: &[u8], limit: usize) -> Result<T, CborError> {
    let value = parse(bytes, limit)?;
    if encode(&value) == bytes { Ok(value) } else { Err(CborError::NotCanonical) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_spelling_is_taken_and_others_are_not() {
        assert_eq!(parse_canonical::<u8>(&[0x05], 9), Ok(5));
        assert_eq!(parse_canonical::<u8>(&[0x18, 0x05], 9), Err(CborError::NotCanonical));
        assert_eq!(parse::<u8>(&[0x05, 0x05], 9), Err(CborError::Malformed));
        assert_eq!(parse::<u8>(&[0x05], 0), Err(CborError::TooLarge));
    }

    #[test]
    fn hostile_nesting_is_an_error_and_not_a_crash() {
        let deep = vec![0x81; 60_000];
        assert_eq!(parse::<ciborium::Value>(&deep, usize::MAX), Err(CborError::Malformed));
    }

    proptest::proptest! {
        #[test]
        fn random_bytes_never_panic(bytes in proptest::collection::vec(0u8.., 0..300)) {
            let _ = parse_canonical::<crate::entry::SealedEntry>(&bytes, 300);
            let _ = parse_canonical::<crate::entry::Header>(&bytes, 300);
            let _ = parse_canonical::<crate::statement::Statement>(&bytes, 300);
            let _ = parse_canonical::<crate::feed::Frame>(&bytes, 300);
        }
    }
}
