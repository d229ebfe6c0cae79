//! What differs between guessing at a password and guessing at a PIN: how often, how fast, and what is lost in the end.

use std::time::Duration;

use sotto_crypto::vault_key::Opener;

use crate::StoreError;
use crate::home::KeyringItem;

/// Failed attempts at a password after which the vault's local keys are destroyed.
pub const PASSWORD_LIMIT: u32 = 10;
/// Failed attempts at a PIN after which its key is destroyed.
pub const PIN_LIMIT: u32 = 5;

/// How guesses of one kind are counted.
#[derive(Debug)]
pub(super) struct Kind {
    /// The count's file in its account's folder.
    pub file: &'static str,
    /// Its mirror in the keyring.
    pub mirror: KeyringItem,
    /// Failed attempts, at most.
    pub limit: u32,
    /// Seconds to wait before the next attempt, by the number of failed ones; the last holds for all further ones, none is no wait.
    delays_s: &'static [u64],
    /// The key files that are destroyed then.
    pub destroys: &'static [Opener],
    /// What goes from the keyring then.
    pub forgets: &'static [KeyringItem],
    /// How that is said.
    pub over: fn() -> StoreError,
}

/// The password opens everything here, so everything goes with it; the record is on the server, sealed.
const PASSWORD: Kind = Kind {
    file: "attempts",
    mirror: KeyringItem::Attempts,
    limit: PASSWORD_LIMIT,
    delays_s: &[0, 0, 0, 5, 15, 60, 300, 900],
    destroys: &[Opener::Pin, Opener::Password],
    forgets: &[KeyringItem::KPin],
    over: || StoreError::Destroyed,
};

/// A PIN is short, so it has few tries and no waiting: whoever knows the password and has the second factor loses nothing.
const PIN: Kind = Kind {
    file: "pin.attempts",
    mirror: KeyringItem::PinAttempts,
    limit: PIN_LIMIT,
    delays_s: &[],
    destroys: &[Opener::Pin],
    forgets: &[KeyringItem::KPin],
    over: || StoreError::PinDestroyed,
};

impl Kind {
    pub const fn of(opener: Opener) -> &'static Self {
        match opener {
            Opener::Password => &PASSWORD,
            Opener::Pin => &PIN,
        }
    }

    /// How long to wait after that many failed attempts.
    pub fn delay(&self, failed: u32) -> Duration {
        let place = usize::try_from(failed).unwrap_or(usize::MAX);
        let seconds = self.delays_s.get(place).or(self.delays_s.last());
        Duration::from_secs(seconds.copied().unwrap_or(0))
    }
}
