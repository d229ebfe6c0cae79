//! Which public keys, signatures and suites travel: fixed-size bytes, each a type.

use std::fmt;

use serde::{Deserialize, Serialize};
use serde_bytes::{ByteArray, ByteBuf};

macro_rules! bytes {
    ($(#[$doc:meta])* $name:ident, $length:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(ByteArray<$length>);

        impl $name {
            /// Wraps the bytes; whether they are a valid key or signature shows when they are used.
            #[must_use]
            pub const fn from_bytes(bytes: [u8; $length]) -> Self {
                Self(ByteArray::new(bytes))
            }

            /// The bytes.
            #[must_use]
            pub fn as_bytes(&self) -> &[u8; $length] {
                &self.0
            }
        }

        impl TryFrom<&[u8]> for $name {
            type Error = std::array::TryFromSliceError;

            fn try_from(bytes: &[u8]) -> Result<Self, Self::Error> {
                Ok(Self::from_bytes(bytes.try_into()?))
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                let head: String = hex::encode(&*self.0).chars().take(16).collect();
                write!(f, "{}({head}…)", stringify!($name))
            }
        }
    };
}

bytes!(
    /// An Ed25519 public key (RFC 8032).
    VerifyKey, 32
);
bytes!(
    /// An Ed25519 signature (RFC 8032).
    Signature, 64
);
bytes!(
    /// A SHA-256 hash.
    Hash, 32
);
bytes!(
    /// The first half of a SHA-256 hash: whoever could choose two things of one hash needs 2^64 tries.
    HalfHash, 16
);
bytes!(
    /// 16 fresh random bytes.
    Salt, 16
);

/// Which HPKE suite (RFC 9180) a box or a sealing key belongs to. Both use HKDF-SHA256 and AES-256-GCM.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub enum Suite {
    /// X-Wing: X25519 with ML-KEM-768 (KEM 0x647a). The default.
    XWing,
    /// X25519 alone (KEM 0x0020).
    X25519,
}

impl Suite {
    /// Bytes of a public key of this suite.
    #[must_use]
    pub const fn public_key_bytes(self) -> usize {
        match self {
            Self::XWing => 1_216,
            Self::X25519 => 32,
        }
    }
}

impl From<Suite> for u8 {
    fn from(suite: Suite) -> Self {
        match suite {
            Suite::XWing => 1,
            Suite::X25519 => 2,
        }
    }
}

impl TryFrom<u8> for Suite {
    type Error = &'static str;

    fn try_from(number: u8) -> Result<Self, &'static str> {
        match number {
            1 => Ok(Self::XWing),
            2 => Ok(Self::X25519),
            _ => Err("this build does not know that suite"),
        }
    }
}

/// The public half of a sealing key pair.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct SealingKey {
    /// The suite the key is for.
    pub suite: Suite,
    /// The serialised KEM public key; [`Suite::public_key_bytes`] long.
    pub key: ByteBuf,
}

/// Something sealed to one [`SealingKey`] in one shot: HPKE base mode.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SealedBox {
    /// The suite it was sealed with.
    pub suite: Suite,
    /// The encapsulated key.
    pub enc: ByteBuf,
    /// The ciphertext and its tag.
    pub ciphertext: ByteBuf,
}
