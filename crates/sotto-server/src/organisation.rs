//! What the server knows of the organisation: the folded directory and how many statements it was folded from.

use std::collections::HashMap;
use std::sync::{PoisonError, RwLock, RwLockReadGuard};

use sotto_protocol::directory::{Directory, StatementError};
use sotto_protocol::key::Hash;
use sotto_protocol::limits::STATEMENT_BYTES;
use sotto_protocol::role::Classes;
use sotto_protocol::statement::{DeviceCert, Signed};
use sotto_protocol::{AccountId, ErrorCode, cbor, verify};

use crate::store::StoredOrg;

/// The organisation after some number of statements.
#[derive(Debug, Clone)]
pub struct Organisation {
    directory: Directory,
    known: HashMap<Hash, u64>,
}

impl Organisation {
    /// Folds what is stored, checking every signature again: a statement that somebody put into the file is found out.
    ///
    /// # Errors
    /// The first statement that does not hold.
    pub fn fold(stored: &StoredOrg) -> Result<Self, StatementError> {
        let mut organisation = Self { directory: Directory::new(stored.root), known: HashMap::new() };
        for bytes in &stored.statements {
            let signed = cbor::parse_canonical(bytes, STATEMENT_BYTES).map_err(|_| StatementError::Malformed)?;
            organisation.apply(&signed, bytes)?;
        }
        Ok(organisation)
    }

    /// The directory.
    pub const fn directory(&self) -> &Directory {
        &self.directory
    }

    /// The number of statements.
    pub fn version(&self) -> u64 {
        self.known.len() as u64
    }

    /// The number a statement got when it was accepted, if it was.
    pub fn seq_of(&self, bytes: &[u8]) -> Option<u64> {
        self.known.get(&verify::sha256(&[bytes])).copied()
    }

    /// Takes a statement in that is stored; `bytes` is its encoding.
    ///
    /// # Errors
    /// The reason why it does not hold.
    pub fn apply(&mut self, signed: &Signed, bytes: &[u8]) -> Result<(), StatementError> {
        self.directory.apply(signed)?;
        let seq = self.version() + 1;
        self.known.insert(verify::sha256(&[bytes]), seq);
        Ok(())
    }

    /// The code that refuses a device, if one does at `now`.
    pub fn refuse_device(&self, cert: &DeviceCert, now: u64) -> Option<ErrorCode> {
        if self.directory.account_revoked(&cert.account, cert.generation) {
            return Some(ErrorCode::AccountRevoked);
        }
        if self.directory.workstation_revoked(&cert.workstation) {
            return Some(ErrorCode::WorkstationRevoked);
        }
        if self.directory.device_revoked(cert) {
            return Some(ErrorCode::DeviceRevoked);
        }
        let skew = sotto_protocol::limits::CLOCK_SKEW_MS;
        let valid = cert.not_before.saturating_sub(skew) <= now && now <= cert.not_after;
        (!valid).then_some(ErrorCode::NotEnrolled)
    }

    /// Whether an account of this generation may be in a new epoch.
    pub fn is_current(&self, account: &AccountId, generation: u32) -> bool {
        self.directory.sealing_key(account).is_some_and(|(current, _)| current == generation)
    }
}

/// The organisation, if one was founded; read by everybody, changed by the committing task only.
#[derive(Debug, Default)]
pub struct SharedOrganisation(RwLock<Option<Organisation>>);

impl SharedOrganisation {
    /// Begins with what was stored.
    pub const fn new(organisation: Option<Organisation>) -> Self {
        Self(RwLock::new(organisation))
    }

    /// Looks at it; `None` before the founding. Hold it briefly and never across an await.
    pub fn read(&self) -> RwLockReadGuard<'_, Option<Organisation>> {
        self.0.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// The classes of threads that the account's role opens now.
    pub fn classes_of(&self, account: &AccountId) -> Classes {
        self.read().as_ref().map_or(Classes::NONE, |organisation| organisation.directory().classes_of(account))
    }

    /// Changes it.
    pub fn write<T>(&self, change: impl FnOnce(&mut Option<Organisation>) -> T) -> T {
        change(&mut self.0.write().unwrap_or_else(PoisonError::into_inner))
    }
}
