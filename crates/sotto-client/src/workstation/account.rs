//! Where does this machine keep what it knows of an account? Its folder, and its items in the keyring.

use std::fs;

use sotto_crypto::vault_key::{Opener, derive_pin_half};
use sotto_crypto::{Secret32, SecretVec, SigningKey};
use sotto_protocol::{AccountId, DeviceId, ErrorCode};
use sotto_store::attempts::Attempts;
use sotto_store::home::KeyringItem;
use sotto_store::vault_key_file;

use super::Workstation;
use crate::error::{Attempt as _, ClientError, Result};
use crate::transport::DeviceSigner;

impl Workstation {
    /// Removes what an enrolment that came to nothing left behind.
    pub(super) fn remove_account(&self, account: AccountId) -> Result<()> {
        let folder = self.shared.home.account(account);
        if folder.exists() {
            for opener in [Opener::Pin, Opener::Password] {
                vault_key_file::destroy(&folder, opener).attempting("remove an old enrolment")?;
            }
            fs::remove_dir_all(&folder).map_err(|_| ClientError::new(ErrorCode::Internal, "remove an old enrolment"))?;
        }
        KeyringItem::ALL.into_iter().try_for_each(|item| Ok(self.shared.keyring.delete(&self.name_of(account, item))?))
    }

    pub(super) fn attempts(&self, account: AccountId, opener: Opener) -> Attempts {
        Attempts::new(&self.shared.home, account, opener, self.shared.keyring.clone())
    }

    /// What this machine keeps of the key of one wrapping.
    ///
    /// # Errors
    /// `keyring_missing` where it is gone.
    pub(super) fn half(&self, account: AccountId, opener: Opener) -> Result<Secret32> {
        let k_dev = self.k_dev(account)?;
        if opener == Opener::Password {
            return Ok(k_dev);
        }
        let kept = self.shared.keyring.get(&self.name_of(account, KeyringItem::KPin)).attempting("read the PIN's key")?;
        let k_pin = kept.and_then(|secret| Secret32::from_slice(secret.as_bytes()));
        k_pin.map(|k_pin| derive_pin_half(&k_dev, &k_pin)).ok_or(ClientError::new(ErrorCode::KeyringMissing, "read the PIN's key"))
    }

    /// This machine's half of the vault's key.
    pub(super) fn k_dev(&self, account: AccountId) -> Result<Secret32> {
        let kept = self.shared.keyring.get(&self.name_of(account, KeyringItem::KDev)).attempting("read the vault's key")?;
        kept.and_then(|secret| Secret32::from_slice(secret.as_bytes()))
            .ok_or(ClientError::new(ErrorCode::KeyringMissing, "read the vault's key"))
    }

    /// The device's right to ask the server; usable while everybody is locked.
    pub(crate) fn signer(&self, account: AccountId) -> Result<DeviceSigner> {
        let kept = self.shared.keyring.get(&self.name_of(account, KeyringItem::DeviceKey)).attempting("read the device's key")?;
        let kept = kept.ok_or(ClientError::new(ErrorCode::KeyringMissing, "read the device's key"))?;
        let parts = kept.as_bytes().split_first_chunk::<16>();
        let signer = parts.and_then(|(device, seed)| {
            Some(DeviceSigner::new(DeviceId::from_bytes(*device), SigningKey::from_seed(Secret32::from_slice(seed)?)))
        });
        signer.ok_or(ClientError::new(ErrorCode::VaultCorrupt, "read the device's key"))
    }

    /// Keeps the device's key with its id, which is needed before the vault is open.
    pub(super) fn store_signer(&self, account: AccountId, device: DeviceId, key: &SigningKey) -> Result<()> {
        let bytes = SecretVec::from_vec([device.as_bytes().as_slice(), key.seed().as_bytes()].concat());
        self.shared.keyring.set(&self.name_of(account, KeyringItem::DeviceKey), bytes.as_bytes()).attempting("keep the device's key")
    }

    pub(super) fn has_vault(&self, account: AccountId) -> bool {
        vault_key_file::exists(&self.shared.home.account(account), Opener::Password)
    }
}
