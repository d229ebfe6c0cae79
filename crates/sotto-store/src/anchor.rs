//! Whether a vault is an older copy of itself: a number in the vault and in the keyring that rises at every opening and closing.
//!
//! SQLCipher does not notice an older file put back, for every page of it is genuine. The vault's number is raised first, so a crash
//! between the two leaves the vault one ahead. What is caught: any copy made before the last raise. What is not: a file *and* a keyring
//! put back together, and a copy made since the last raise (nothing that the server has confirmed is lost by that: the cursor in the
//! copy is older, and the feed sends again what is missing).

use sotto_protocol::cbor;

use crate::table::meta::{self, Meta};
use crate::{Keyring, Result, StoreError, Vault};

/// What the anchor says of a vault.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It is the newest one.
    Current,
    /// It is an older copy, or its keyring is: sending waits until it has caught up with the server.
    RolledBack,
}

/// The anchor of one vault.
#[derive(Debug, Clone)]
pub struct Anchor {
    keyring: Keyring,
    name: String,
}

impl Anchor {
    /// The anchor that the keyring keeps under `name`.
    #[must_use]
    pub const fn new(keyring: Keyring, name: String) -> Self {
        Self { keyring, name }
    }

    /// Compares vault and keyring and raises both; once, when a vault was opened. A vault that was just made is current.
    /// A rollback is also noted in the vault ([`Meta::RolledBack`]) until somebody clears it.
    ///
    /// # Errors
    /// Those of the vault and the keyring. A rollback is no error.
    pub async fn check(&self, vault: &Vault) -> Result<Standing> {
        let inside = vault.read(|connection| meta::load(connection, Meta::DbEpoch)).await?;
        let outside = self.load()?;
        let standing = standing(inside, outside);
        if standing == Standing::RolledBack {
            tracing::error!(target: sotto_sqlcipher::TAMPER, inside, ?outside, "the vault is an older copy of itself");
        }
        self.store(vault, inside.max(outside.unwrap_or(0)).saturating_add(1), standing).await?;
        Ok(standing)
    }

    /// Raises both once more; before a vault is closed, so that a copy made while it was open is an older one too.
    ///
    /// # Errors
    /// Those of the vault and the keyring.
    pub async fn raise(&self, vault: &Vault) -> Result<()> {
        let inside = vault.read(|connection| meta::load(connection, Meta::DbEpoch)).await?;
        self.store(vault, inside.saturating_add(1), Standing::Current).await
    }

    async fn store(&self, vault: &Vault, number: u64, standing: Standing) -> Result<()> {
        vault
            .write(move |transaction| {
                if standing == Standing::RolledBack {
                    meta::store(transaction, Meta::RolledBack, 1)?;
                }
                meta::store(transaction, Meta::DbEpoch, number)
            })
            .await?;
        self.keyring.set(&self.name, &cbor::encode(&number))
    }

    fn load(&self) -> Result<Option<u64>> {
        let Some(secret) = self.keyring.get(&self.name)? else { return Ok(None) };
        cbor::parse_canonical(secret.as_bytes(), 16).map(Some).map_err(|_| StoreError::Corrupt("the anchor in the keyring"))
    }
}

/// Equal, or the vault one ahead: a crash came between its number and the keyring's.
fn standing(inside: u64, outside: Option<u64>) -> Standing {
    match outside {
        None if inside == 0 => Standing::Current,
        Some(outside) if inside == outside || inside == outside.saturating_add(1) => Standing::Current,
        _ => Standing::RolledBack,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_equal_or_one_ahead_is_current() {
        for (inside, outside, wanted) in [
            (0, None, Standing::Current),
            (1, None, Standing::RolledBack),
            (0, Some(1), Standing::RolledBack),
            (4, Some(4), Standing::Current),
            (5, Some(4), Standing::Current),
            (6, Some(4), Standing::RolledBack),
            (3, Some(4), Standing::RolledBack),
        ] {
            assert_eq!(standing(inside, outside), wanted, "{inside} {outside:?}");
        }
    }
}
