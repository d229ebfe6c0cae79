//! Which things have a name of their own: 16-byte ids, each a type, so that one is never taken for another.

use std::fmt;
use std::str::FromStr;

use serde::de::{Error as _, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Text that is not 32 hexadecimal digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("an id is 32 hexadecimal digits")]
pub struct ParseIdError;

/// Writes 16 bytes as a CBOR byte string, or as hexadecimal where the format is for people.
fn serialize_id<S: Serializer>(bytes: &[u8; 16], serializer: S) -> Result<S::Ok, S::Error> {
    if serializer.is_human_readable() { serializer.serialize_str(&hex::encode(bytes)) } else { serializer.serialize_bytes(bytes) }
}

struct IdVisitor;

impl Visitor<'_> for IdVisitor {
    type Value = [u8; 16];

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an id of 16 bytes")
    }

    fn visit_bytes<E: serde::de::Error>(self, bytes: &[u8]) -> Result<[u8; 16], E> {
        bytes.try_into().map_err(|_| E::invalid_length(bytes.len(), &self))
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<[u8; 16], E> {
        parse_hex(text).map_err(|_| E::custom("an id is 32 hexadecimal digits"))
    }
}

fn deserialize_id<'de, D: Deserializer<'de>>(deserializer: D) -> Result<[u8; 16], D::Error> {
    if deserializer.is_human_readable() {
        deserializer.deserialize_str(IdVisitor).map_err(D::Error::custom)
    } else {
        deserializer.deserialize_bytes(IdVisitor)
    }
}

fn parse_hex(text: &str) -> Result<[u8; 16], ParseIdError> {
    let mut bytes = [0; 16];
    hex::decode_to_slice(text, &mut bytes).map_err(|_| ParseIdError)?;
    Ok(bytes)
}

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name([u8; 16]);

        impl $name {
            /// The id with these bytes. Random ids come from the caller's generator.
            #[must_use]
            pub const fn from_bytes(bytes: [u8; 16]) -> Self {
                Self(bytes)
            }

            /// The 16 bytes.
            #[must_use]
            pub const fn as_bytes(&self) -> &[u8; 16] {
                &self.0
            }
        }

        impl TryFrom<&[u8]> for $name {
            type Error = ParseIdError;

            fn try_from(bytes: &[u8]) -> Result<Self, ParseIdError> {
                bytes.try_into().map(Self).map_err(|_| ParseIdError)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&hex::encode(self.0))
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({self})", stringify!($name))
            }
        }

        impl FromStr for $name {
            type Err = ParseIdError;

            fn from_str(text: &str) -> Result<Self, ParseIdError> {
                parse_hex(text).map(Self)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serialize_id(&self.0, serializer)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                deserialize_id(deserializer).map(Self)
            }
        }

        #[cfg(feature = "openapi")]
        impl utoipa::PartialSchema for $name {
            fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
                utoipa::openapi::ObjectBuilder::new()
                    .schema_type(utoipa::openapi::schema::Type::String)
                    .pattern(Some("^[0-9a-f]{32}$"))
                    .into()
            }
        }

        #[cfg(feature = "openapi")]
        impl utoipa::ToSchema for $name {}
    };
}

id!(
    /// An organisation: the first 16 bytes of SHA-256 over its root public key, so the name proves the key.
    OrgId
);
id!(
    /// A person, by a pseudonym that says nothing about them.
    AccountId
);
id!(
    /// One enrolment of one account on one workstation.
    DeviceId
);
id!(
    /// A machine.
    WorkstationId
);
id!(
    /// A thread.
    ThreadId
);
id!(
    /// An entry of a thread's log; random, chosen by its author, the key of idempotency.
    EntryId
);
id!(
    /// A file of a thread; random, chosen by its author.
    FileId
);
id!(
    /// A single-use invitation of one account.
    InviteId
);
id!(
    /// An admin's grant.
    GrantId
);
id!(
    /// A single-use token that lets one machine in.
    TokenId
);
id!(
    /// What the server knows a login name by: derived under a secret of the workstations, so it says nothing of the name.
    LoginHandle
);
id!(
    /// What the server knows a recovery code by; derived from the code, which it does not give away.
    RecoveryId
);
id!(
    /// A command of IT to a machine.
    CommandId
);
id!(
    /// A group of machines with rules of their own.
    GroupId
);
id!(
    /// That a machine is lost or was stolen.
    IncidentId
);
id!(
    /// One attempt to sign in, from its start to its finish.
    AttemptId
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_bytes_in_cbor_and_hex_in_json() {
        let id = ThreadId::from_bytes([0xab; 16]);
        let mut cbor = Vec::new();
        ciborium::into_writer(&id, &mut cbor).unwrap();
        assert_eq!(cbor.len(), 17);
        assert_eq!(ciborium::from_reader::<ThreadId, _>(cbor.as_slice()).unwrap(), id);
        let json = serde_json::to_string(&id).unwrap();
        assert_eq!(json, format!("\"{}\"", "ab".repeat(16)));
        assert_eq!(serde_json::from_str::<ThreadId>(&json).unwrap(), id);
        assert_eq!("ab".repeat(16).parse::<ThreadId>().unwrap(), id);
    }

    #[test]
    fn text_that_is_no_id_is_refused() {
        for text in ["", "ab", "zz".repeat(16).as_str(), "ab".repeat(17).as_str()] {
            assert_eq!(text.parse::<EntryId>(), Err(ParseIdError));
        }
    }
}
