//! What opens a database: 32 random bytes and the salt that stands at the head of the file.

use std::fmt;

use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

/// A raw SQLCipher key with its salt; no password and no derivation. Erased when dropped, silent in `Debug`.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct Key {
    /// The AES-256 key; SQLCipher derives the pages' HMAC key from it and the salt.
    pub key: [u8; 32],
    /// The first 16 bytes of the file. Not secret.
    pub salt: [u8; 16],
}

impl Key {
    /// Takes the key and the salt.
    #[must_use]
    pub const fn new(key: [u8; 32], salt: [u8; 16]) -> Self {
        Self { key, salt }
    }

    /// The statement that gives SQLCipher the key, in a buffer that is never reallocated and is erased when dropped.
    pub(crate) fn pragma(&self) -> Zeroizing<String> {
        const HEAD: &str = "PRAGMA key = \"x'";
        const TAIL: &str = "'\";";
        let mut text = Zeroizing::new(String::with_capacity(HEAD.len() + 96 + TAIL.len()));
        text.push_str(HEAD);
        for byte in self.key.iter().chain(&self.salt) {
            text.push(digit(byte >> 4));
            text.push(digit(byte & 15));
        }
        text.push_str(TAIL);
        text
    }
}

/// One hexadecimal digit, without a table that a key byte would index.
const fn digit(nibble: u8) -> char {
    (if nibble < 10 { b'0' + nibble } else { b'a' + nibble - 10 }) as char
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_statement_holds_key_and_salt_and_debug_holds_neither() {
        let key = Key::new([0xab; 32], [0x0f; 16]);
        let wanted = format!("PRAGMA key = \"x'{}{}'\";", "ab".repeat(32), "0f".repeat(16));
        assert_eq!(*key.pragma(), wanted);
        assert_eq!(key.pragma().capacity(), wanted.len());
        assert_eq!(format!("{key:?}"), "Key(..)");
    }
}
