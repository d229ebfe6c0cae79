//! Which types of files may a rule let through? Six, told apart by what is in a file; a rule is a list of them.

use serde::{Deserialize, Serialize};

/// A type of file that a rule names. The order is the one in which a rule lists them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum AttachmentType {
    /// Pictures.
    Image,
    /// PDF.
    Pdf,
    /// Documents, tables and slides of an office program.
    Office,
    /// Words without a form.
    Text,
    /// Sound.
    Audio,
    /// Films.
    Video,
}

impl AttachmentType {
    /// Every type.
    pub const ALL: [Self; 6] = [Self::Image, Self::Pdf, Self::Office, Self::Text, Self::Audio, Self::Video];

    const fn bit(self) -> u8 {
        1 << self as u8
    }
}

/// A set of types, on the wire a list of words, each once, in the order of [`AttachmentType`]. Read from any order: where bytes must have
/// one spelling, the canonical encoding refuses the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Vec<AttachmentType>", into = "Vec<AttachmentType>")]
pub struct AttachmentTypes(u8);

impl AttachmentTypes {
    /// Every type.
    pub const ALL: Self = Self((1 << AttachmentType::ALL.len()) - 1);
    /// No type: no file is sent.
    pub const NONE: Self = Self(0);

    /// Whether files of this type are in it.
    #[must_use]
    pub const fn contains(self, one: AttachmentType) -> bool {
        self.0 & one.bit() != 0
    }

    /// What is in both.
    #[must_use]
    pub const fn intersection(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// The types in it, in the order of [`AttachmentType`].
    pub fn iter(self) -> impl Iterator<Item = AttachmentType> {
        AttachmentType::ALL.into_iter().filter(move |one| self.contains(*one))
    }
}

impl FromIterator<AttachmentType> for AttachmentTypes {
    fn from_iter<I: IntoIterator<Item = AttachmentType>>(types: I) -> Self {
        Self(types.into_iter().fold(0, |all, one| all | one.bit()))
    }
}

impl From<Vec<AttachmentType>> for AttachmentTypes {
    fn from(types: Vec<AttachmentType>) -> Self {
        types.into_iter().collect()
    }
}

impl From<AttachmentTypes> for Vec<AttachmentType> {
    fn from(types: AttachmentTypes) -> Self {
        types.iter().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cbor;

    #[test]
    fn a_set_has_one_spelling() {
        let set: AttachmentTypes = [AttachmentType::Pdf, AttachmentType::Image, AttachmentType::Pdf].into_iter().collect();
        assert_eq!(serde_json::to_string(&set).unwrap(), r#"["image","pdf"]"#);
        assert_eq!(serde_json::from_str::<AttachmentTypes>(r#"["pdf","image","pdf"]"#).unwrap(), set);
        assert!(serde_json::from_str::<AttachmentTypes>(r#"["pdf","program"]"#).is_err());
        let bytes = cbor::encode(&set);
        assert_eq!(cbor::parse_canonical::<AttachmentTypes>(&bytes, 64), Ok(set));
        for other in [vec![AttachmentType::Pdf, AttachmentType::Image], vec![AttachmentType::Pdf, AttachmentType::Pdf]] {
            let bytes = cbor::encode(&other);
            assert_eq!(cbor::parse_canonical::<AttachmentTypes>(&bytes, 64), Err(cbor::CborError::NotCanonical));
        }
    }

    #[test]
    fn every_type_is_in_all_and_none_in_none() {
        assert_eq!(AttachmentType::ALL.into_iter().collect::<AttachmentTypes>(), AttachmentTypes::ALL);
        assert!(AttachmentType::ALL.is_sorted() && AttachmentTypes::NONE.iter().next().is_none());
    }
}
