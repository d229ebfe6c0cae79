//! How the operating system's secret store is reached, through `keyring-core`.

use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use keyring_core::api::CredentialStore;
use keyring_core::{Entry, Error};
use sotto_crypto::{OsRandom, SecretVec, random};
use zeroize::Zeroize;

use crate::{Result, StoreError};

/// What Sotto's secrets are filed under; their names are the users.
const SERVICE: &str = "sotto";

/// The operating system's keyring. Only [`super::Keyring::os`] makes one, after a successful trial.
#[derive(Debug, Clone)]
pub struct OsKeyring(());

impl OsKeyring {
    pub(super) fn open() -> Result<Self> {
        on_own_thread("open the keyring", set_default_store)?;
        let keyring = Self(());
        keyring.try_out()?;
        Ok(keyring)
    }

    /// Some stores accept a secret and keep nothing: only what comes back counts.
    fn try_out(&self) -> Result<()> {
        let trial = random::make_bytes::<16>(&mut OsRandom::new());
        let name = format!("trial/{}", hex::encode(trial));
        self.set(&name, &trial)?;
        let back = self.get(&name);
        self.delete(&name)?;
        match back? {
            Some(secret) if secret.as_bytes() == trial => Ok(()),
            _ => Err(StoreError::KeyringMissing { attempted: "read back what the keyring was given" }),
        }
    }

    pub(super) fn get(&self, name: &str) -> Result<Option<SecretVec>> {
        on_own_thread("read from the keyring", || match entry(name)?.get_secret() {
            Ok(secret) => Ok(Some(SecretVec::from_vec(secret))),
            Err(Error::NoEntry) => Ok(None),
            Err(error) => Err(error),
        })
    }

    pub(super) fn set(&self, name: &str, secret: &[u8]) -> Result<()> {
        on_own_thread("write to the keyring", || entry(name)?.set_secret(secret))
    }

    pub(super) fn delete(&self, name: &str) -> Result<()> {
        on_own_thread("delete from the keyring", || match entry(name)?.delete_credential() {
            Err(Error::NoEntry) => Ok(()),
            other => other,
        })
    }
}

/// `keyring-core` has one store a process; it is set once, and tried again after a failure.
fn set_default_store() -> keyring_core::Result<()> {
    static SETTING: Mutex<()> = Mutex::new(());
    let _one_at_a_time = SETTING.lock().unwrap_or_else(PoisonError::into_inner);
    if keyring_core::get_default_store().is_none() {
        keyring_core::set_default_store(make_store()?);
    }
    Ok(())
}

#[cfg(target_os = "linux")]
fn make_store() -> keyring_core::Result<Arc<CredentialStore>> {
    let store: Arc<CredentialStore> = zbus_secret_service_keyring_store::Store::new()?;
    Ok(store)
}

#[cfg(target_os = "macos")]
fn make_store() -> keyring_core::Result<Arc<CredentialStore>> {
    let store: Arc<CredentialStore> = apple_native_keyring_store::keychain::Store::new()?;
    Ok(store)
}

#[cfg(windows)]
fn make_store() -> keyring_core::Result<Arc<CredentialStore>> {
    let store: Arc<CredentialStore> = windows_native_keyring_store::Store::new()?;
    Ok(store)
}

#[cfg(not(any(target_os = "linux", target_os = "macos", windows)))]
fn make_store() -> keyring_core::Result<Arc<CredentialStore>> {
    Err(Error::NoDefaultStore)
}

/// On Windows a credential roams with the person's profile by default; a machine's half of a key must not.
#[cfg(windows)]
fn entry(name: &str) -> keyring_core::Result<Entry> {
    Entry::new_with_modifiers(SERVICE, name, &std::collections::HashMap::from([("persistence", "Local")]))
}

#[cfg(not(windows))]
fn entry(name: &str) -> keyring_core::Result<Entry> {
    Entry::new(SERVICE, name)
}

/// The Linux store blocks on a runtime of its own, which panics inside another one: so each call has a thread to itself.
fn on_own_thread<T: Send>(attempted: &'static str, call: impl FnOnce() -> keyring_core::Result<T> + Send) -> Result<T> {
    let called = thread::scope(|scope| {
        let spawned = thread::Builder::new().name("keyring".into()).spawn_scoped(scope, call);
        spawned.map_err(StoreError::file("start a thread for the keyring"))?.join().map_err(|_| StoreError::Panicked)
    })?;
    called.map_err(|error| named(error, attempted))
}

fn named(error: Error, attempted: &'static str) -> StoreError {
    // Only the kind is told: some errors carry the secret's bytes.
    match error {
        Error::NoStorageAccess(_) => StoreError::KeyringLocked { attempted },
        Error::BadEncoding(mut bytes) | Error::BadDataFormat(mut bytes, _) => {
            bytes.zeroize();
            StoreError::Corrupt("a secret in the keyring")
        }
        Error::PlatformFailure(cause) => {
            tracing::warn!(%cause, attempted, "the keyring failed");
            StoreError::KeyringMissing { attempted }
        }
        _ => StoreError::KeyringMissing { attempted },
    }
}
