//! What outlives a crash in the middle of letting a machine or a person in? The request as it was sent; its private keys are kept already.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use sotto_protocol::api::{Base64, EnrolRequest, WorkstationRequest};
use sotto_protocol::statement::WorkstationKind;
use sotto_protocol::{DeviceId, TokenId, WorkstationId};

use crate::error::{ClientError, Result};
use crate::view::ErrorCode;

/// The machine as a request that may have reached the server made it. Nothing in it is secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct NewMachine {
    /// The server, `https://host:port`.
    pub server: String,
    /// Its authority.
    pub ca_der: Base64,
    /// The organisation's root.
    pub root: Base64,
    /// The machine.
    pub workstation: WorkstationId,
    /// Who sits at it.
    pub kind: WorkstationKind,
    /// The token it comes in with.
    pub token: TokenId,
}

/// A machine's enrolment that may have reached the server.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct PendingMachine {
    /// The machine.
    pub machine: NewMachine,
    /// The request; a repeat of the same gets the same answer.
    pub request: WorkstationRequest,
}

/// A person's enrolment that may have reached the server, or that lacks its second factor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Pending {
    /// The enrolment on this machine.
    pub device: DeviceId,
    /// The founding, where the organisation begins here.
    pub founding: Option<Founding>,
    /// The request; a repeat of the same gets the same answer.
    pub request: EnrolRequest,
}

/// The beginning of an organisation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Founding {
    /// The machine it begins on.
    pub machine: NewMachine,
    /// The founding statements.
    pub statements: Vec<Base64>,
}

/// Something that is kept as a file of its own until it is over.
pub(super) trait Kept: Serialize + DeserializeOwned {
    /// The file's name in its folder.
    const FILE: &'static str;

    /// What was begun in the folder, if something was.
    fn load(folder: &Path) -> Option<Self> {
        serde_json::from_slice(&fs::read(folder.join(Self::FILE)).ok()?).ok()
    }

    /// Keeps it; durable on return.
    fn store(&self, folder: &Path) -> Result<()> {
        let bytes = serde_json::to_vec(self).map_err(|_| failed(None))?;
        write_durably(&folder.join(Self::FILE), &bytes).map_err(|error| failed(Some(&error)))
    }

    /// Forgets it: it is complete.
    fn remove(folder: &Path) -> Result<()> {
        match fs::remove_file(folder.join(Self::FILE)) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(failed(Some(&error))),
            _ => Ok(()),
        }
    }
}

impl Kept for Pending {
    const FILE: &'static str = "enrol.pending";
}

impl Kept for PendingMachine {
    const FILE: &'static str = "workstation.pending";
}

/// The file whole or not at all, whatever crashes.
fn write_durably(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let beside: PathBuf = path.with_extension("new");
    let mut file = fs::File::create(&beside)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(&beside, path)?;
    // The name is durable when the folder is; Windows has no such call and needs none.
    #[cfg(unix)]
    if let Some(folder) = path.parent() {
        fs::File::open(folder)?.sync_all()?;
    }
    Ok(())
}

fn failed(error: Option<&std::io::Error>) -> ClientError {
    let full = error.is_some_and(|error| error.kind() == std::io::ErrorKind::StorageFull);
    ClientError::new(if full { ErrorCode::DiskFull } else { ErrorCode::Internal }, "keep the enrolment")
}
