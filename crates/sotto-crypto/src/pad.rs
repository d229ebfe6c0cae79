//! How a length is hidden: padding to a bucket as in ISO/IEC 7816-4, one 0x80 and then zeros.

use crate::secret::SecretVec;

/// The lengths a padded event may have.
pub const BUCKETS: [usize; 9] = [256, 512, 1_024, 2_048, 4_096, 8_192, 16_384, 32_768, 65_536];
/// A padded account bundle is a multiple of this.
pub const BUNDLE_STEP: usize = 1_024;
/// A padded account bundle's longest length, so that it fits [`sotto_protocol::limits::BUNDLE_BYTES`] once sealed, also in a recovery box.
pub const BUNDLE_MOST: usize = 7_168;
/// A padded name is a multiple of this.
pub const NAME_STEP: usize = 128;
/// A padded name's longest length, so that it fits [`sotto_protocol::limits::PROFILE_BYTES`] once sealed.
pub const NAME_MOST: usize = 896;

/// The bucket that holds `length` bytes and the padding's first byte, if one does.
#[must_use]
pub fn bucket(length: usize) -> Option<usize> {
    BUCKETS.into_iter().find(|bucket| length < *bucket)
}

/// The padded length of a name of `length` bytes, if it is not too long.
#[must_use]
pub(crate) fn name_length(length: usize) -> Option<usize> {
    stepped(length, NAME_STEP, NAME_MOST)
}

/// The padded length of an account bundle of `length` bytes, if it is not too long.
#[must_use]
pub(crate) fn bundle_length(length: usize) -> Option<usize> {
    stepped(length, BUNDLE_STEP, BUNDLE_MOST)
}

fn stepped(length: usize, step: usize, most: usize) -> Option<usize> {
    let padded = (length / step + 1).checked_mul(step)?;
    (padded <= most).then_some(padded)
}

/// `bytes` padded to `padded`, which is longer.
pub(crate) fn pad(bytes: &[u8], padded: usize) -> SecretVec {
    let mut buffer = Vec::with_capacity(padded);
    buffer.extend_from_slice(bytes);
    buffer.push(0x80);
    buffer.resize(padded, 0);
    SecretVec::from_vec(buffer)
}

/// `bytes` followed by zeros up to `padded`: for what tells its length elsewhere.
pub(crate) fn zeros(bytes: &[u8], padded: usize) -> SecretVec {
    let mut buffer = Vec::with_capacity(padded);
    buffer.extend_from_slice(bytes);
    buffer.resize(padded, 0);
    SecretVec::from_vec(buffer)
}

/// What was padded, if the padding is right.
pub(crate) fn unpad(padded: &[u8]) -> Option<&[u8]> {
    let end = padded.iter().rposition(|byte| *byte != 0)?;
    let (bytes, marker) = padded.split_at_checked(end)?;
    (marker.first() == Some(&0x80)).then_some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_edge_takes_the_smallest_bucket_that_fits() {
        assert_eq!(bucket(0), Some(256));
        for pair in BUCKETS.windows(2) {
            assert_eq!(bucket(pair[0] - 1), Some(pair[0]));
            assert_eq!(bucket(pair[0]), Some(pair[1]));
        }
        assert_eq!(bucket(65_535), Some(65_536));
        assert_eq!(bucket(65_536), None);
        assert_eq!((name_length(0), name_length(127), name_length(128)), (Some(128), Some(128), Some(256)));
        assert_eq!((name_length(895), name_length(896)), (Some(896), None));
        assert_eq!((bundle_length(0), bundle_length(7_167), bundle_length(7_168)), (Some(1_024), Some(7_168), None));
    }

    #[test]
    fn padding_that_is_not_ours_is_refused() {
        for padded in [&[][..], &[0; 16], &[1, 2, 3], &[0x80, 1], &[0x80, 0, 0x7f, 0]] {
            assert_eq!(unpad(padded), None);
        }
        assert_eq!(unpad(&[0x80]), Some(&[][..]));
    }

    proptest::proptest! {
        #[test]
        fn padding_comes_off_again(bytes in proptest::collection::vec(0u8.., 0..600)) {
            let length = bucket(bytes.len()).unwrap();
            let padded = pad(&bytes, length);
            assert_eq!(padded.as_bytes().len(), length);
            assert_eq!(unpad(padded.as_bytes()), Some(bytes.as_slice()));
        }
    }
}
