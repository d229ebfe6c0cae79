//! What a workstation may know of itself while everybody is locked out: server, root, tiles. Names of staff, nothing of a patient.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use sotto_protocol::api::Base64;
use sotto_protocol::key::VerifyKey;
use sotto_protocol::statement::WorkstationKind;
use sotto_protocol::{AccountId, ErrorCode, OrgId, WorkstationId};

use crate::wipe::Target;
use crate::{Home, Result, StoreError, atomic_file, wipe};

const ATTEMPTED: &str = "write the workstation's file";
/// The version this build writes.
const VERSION: u16 = 2;

/// A person on the sign-in window.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tile {
    /// The account.
    pub account: AccountId,
    /// As colleagues call them.
    pub name: String,
    /// What they do.
    pub title: String,
    /// Why the server takes nothing from their device here any more, if it said so.
    #[serde(default)]
    pub shut_out: Option<ErrorCode>,
}

/// Whose session is locked here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct LockedSession {
    /// The account.
    pub account: AccountId,
    /// Since when, milliseconds since 1970.
    pub since: u64,
    /// Whether a draft was kept.
    pub draft_kept: bool,
}

/// `workstation.json`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkstationFile {
    /// The version of the file.
    pub version: u16,
    /// The server's address.
    pub server: String,
    /// The certificate authority that the server's certificate must come from, DER.
    pub ca_der: Base64,
    /// The organisation's root key, 32 bytes; pinned at enrolment.
    pub root: Base64,
    /// The organisation.
    pub org: OrgId,
    /// This workstation.
    pub workstation: WorkstationId,
    /// Who sits at it, which decides how soon it locks.
    pub kind: WorkstationKind,
    /// What the clinic calls this workstation; empty until somebody who may read names signed in here.
    pub name: String,
    /// What the clinic calls itself; empty as long.
    pub organisation: String,
    /// Whom to ask for help, in the clinic's words.
    #[serde(default)]
    pub help: String,
    /// The people enrolled here, in the order of enrolment.
    pub tiles: Vec<Tile>,
    /// Whose session is locked here, if one is.
    #[serde(default)]
    pub locked: Option<LockedSession>,
    /// Who signed in last.
    #[serde(default)]
    pub last_account: Option<AccountId>,
    /// The language of the sign-in window: the last person's.
    #[serde(default)]
    pub language: Option<String>,
    /// Its theme: the last person's.
    #[serde(default)]
    pub theme: Option<String>,
}

impl WorkstationFile {
    /// A workstation without people.
    #[must_use]
    pub fn new(server: String, ca_der: Vec<u8>, root: VerifyKey, org: OrgId, workstation: WorkstationId, kind: WorkstationKind) -> Self {
        Self {
            version: VERSION,
            server,
            ca_der: Base64(ca_der),
            root: Base64(root.as_bytes().to_vec()),
            org,
            workstation,
            kind,
            name: String::new(),
            organisation: String::new(),
            help: String::new(),
            tiles: Vec::new(),
            locked: None,
            last_account: None,
            language: None,
            theme: None,
        }
    }

    /// The pinned root.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] where it is not 32 bytes.
    pub fn root_key(&self) -> Result<VerifyKey> {
        VerifyKey::try_from(self.root.0.as_slice()).map_err(|_| StoreError::Corrupt("the workstation's file"))
    }

    /// Reads the home's file, or nothing where nobody was enrolled yet.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] where it does not parse or a newer build wrote it.
    pub fn load(home: &Home) -> Result<Option<Self>> {
        let Some(bytes) = atomic_file::load(&home.workstation_file(), "read the workstation's file")? else { return Ok(None) };
        let file: Self = serde_json::from_slice(&bytes).map_err(|_| StoreError::Corrupt("the workstation's file"))?;
        if file.version == VERSION { Ok(Some(file)) } else { Err(StoreError::Corrupt("the workstation's file")) }
    }

    /// Replaces the home's file; a crash leaves the old one or this one. Whoever's wipe stands is left out.
    ///
    /// # Errors
    /// [`StoreError::Wiped`] while a wipe of the workstation stands; [`StoreError::File`].
    pub fn store(&self, home: &Home) -> Result<()> {
        if wipe::stands(home, Target::Workstation)? {
            return Err(StoreError::Wiped);
        }
        let mut file = self.clone();
        for account in self.accounts() {
            if wipe::stands(home, Target::Account(account))? {
                file.forget(account);
            }
        }
        if file == *self { atomic_file::store(&home.workstation_file(), &file.json()?, ATTEMPTED) } else { file.store_over(home) }
    }

    /// Takes a person out of the home's file and overwrites what it was; for a wipe.
    pub(crate) fn remove_person(home: &Home, account: AccountId) -> Result<()> {
        match Self::load(home)? {
            Some(mut file) if file.accounts().contains(&account) => {
                file.forget(account);
                file.store_over(home)
            }
            _ => Ok(()),
        }
    }

    fn store_over(&self, home: &Home) -> Result<()> {
        atomic_file::store_over(&home.workstation_file(), &self.json()?, ATTEMPTED)
    }

    fn json(&self) -> Result<Vec<u8>> {
        serde_json::to_vec_pretty(self).map_err(|_| StoreError::Corrupt("the workstation's file"))
    }

    /// Everybody whom the file names.
    pub(crate) fn accounts(&self) -> BTreeSet<AccountId> {
        let tiles = self.tiles.iter().map(|tile| tile.account);
        tiles.chain(self.locked.map(|locked| locked.account)).chain(self.last_account).collect()
    }

    /// Takes a person out: the tile, the locked session, and the taste that was theirs.
    fn forget(&mut self, account: AccountId) {
        self.tiles.retain(|tile| tile.account != account);
        self.locked = self.locked.filter(|locked| locked.account != account);
        if self.last_account == Some(account) {
            (self.last_account, self.language, self.theme) = (None, None, None);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_comes_back_and_damage_is_said() {
        let dir = tempfile::tempdir().unwrap();
        let home = Home::open(dir.path()).unwrap();
        assert!(WorkstationFile::load(&home).unwrap().is_none());
        let (org, workstation) = (OrgId::from_bytes([1; 16]), WorkstationId::from_bytes([2; 16]));
        let root = VerifyKey::from_bytes([3; 32]);
        let mut file = WorkstationFile::new("https://a".into(), vec![4; 9], root, org, workstation, WorkstationKind::Shared);
        file.tiles.push(Tile { account: AccountId::from_bytes([5; 16]), name: "Ana".into(), title: "RN".into(), shut_out: None });
        file.tiles.push(Tile { shut_out: Some(ErrorCode::AccountRevoked), ..file.tiles[0].clone() });
        file.store(&home).unwrap();
        assert_eq!(WorkstationFile::load(&home).unwrap(), Some(file.clone()));
        assert_eq!(file.root_key().unwrap(), root);
        std::fs::write(home.workstation_file(), b"{").unwrap();
        assert!(matches!(WorkstationFile::load(&home), Err(StoreError::Corrupt(_))));
    }
}
