//! How does a wipe end? The machine's key goes and a marker for the screen stays; after a person's wipe they may come back.

use serde::{Deserialize, Serialize};
use sotto_protocol::cbor;
use sotto_protocol::key::Hash;
use sotto_protocol::verify::sha256;

use super::{RECEIPT_BYTES, Target, Tombstone, load_receipt, reached, tombstone};
use crate::home::WorkstationItem;
use crate::{Home, Keyring, Result, StoreError, atomic_file};

/// The marker's name in a home.
const MARKER: &str = "wiped";

/// What is left of a workstation that was wiped. Anybody may read it; no names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wiped {
    /// When it was begun, milliseconds since 1970.
    pub begun_at_ms: u64,
    /// SHA-256 of the signed command.
    pub command: Hash,
    /// The signed receipt.
    #[serde(with = "serde_bytes")]
    pub receipt: Vec<u8>,
}

/// Ends a wipe whose receipt is kept. Of a workstation: leaves the marker, destroys the machine's signing key, and ends people's wipes
/// with it. Of a person, after the receipt arrived: they may be enrolled here again. May be repeated after a crash, while [`super::pending`]
/// has the tombstone.
///
/// # Errors
/// [`StoreError::Missing`] where no receipt is kept: without it nobody could ever say that this was wiped. [`StoreError::File`]; those of
/// the keyring, and [`StoreError::KeyringMissing`] where it keeps the key.
pub fn finish(home: &Home, keyring: &Keyring, tombstone: &Tombstone) -> Result<()> {
    let receipt = load_receipt(home, tombstone)?.ok_or(StoreError::Missing("the wipe's receipt"))?;
    if tombstone.target == Target::Workstation {
        let command = sha256(&[&tombstone.command]);
        let wiped = Wiped { begun_at_ms: tombstone.begun_at_ms, command, receipt };
        atomic_file::store(&home.path().join(MARKER), &cbor::encode(&wiped), "write that this was wiped")?;
        reached("marker");
        destroy_key(home, keyring)?;
        reached("key");
    }
    for target in ended(home, tombstone.target)? {
        tombstone::remove(home, target)?;
        keyring.unseal(&home.keyring_prefix(target));
    }
    reached("tombstone");
    tombstone::sweep(home)
}

/// Whether this workstation was wiped and not enrolled again, for the screen: what is left of it.
///
/// # Errors
/// [`StoreError::File`]; [`StoreError::Corrupt`] where it was, and the marker is damaged.
pub fn load_wiped(home: &Home) -> Result<Option<Wiped>> {
    if home.workstation_file().exists() {
        return Ok(None);
    }
    let Some(bytes) = atomic_file::load(&home.path().join(MARKER), "read whether this was wiped")? else { return Ok(None) };
    let parsed = cbor::parse_canonical(&bytes, RECEIPT_BYTES + 256);
    parsed.map(Some).map_err(|_| StoreError::Corrupt("the mark that this was wiped"))
}

/// The wipes that end with it: those of people first, and the workstation's last, which is the one that is found again after a crash.
fn ended(home: &Home, target: Target) -> Result<Vec<Target>> {
    match target {
        Target::Workstation => Ok(tombstone::targets(home)?.into_iter().rev().collect()),
        Target::Account(_) => Ok(vec![target]),
    }
}

fn destroy_key(home: &Home, keyring: &Keyring) -> Result<()> {
    let name = home.workstation_keyring_name(WorkstationItem::Key);
    keyring.delete(&name)?;
    match keyring.get(&name)? {
        None => Ok(()),
        Some(_) => Err(StoreError::KeyringMissing { attempted: "destroy the workstation's key" }),
    }
}
