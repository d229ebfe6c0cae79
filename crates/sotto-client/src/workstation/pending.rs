//! What outlives a crash in the middle of an enrolment? The request as it was sent; its private keys are in the vault already.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sotto_protocol::api::{Base64, EnrolRequest};
use sotto_protocol::{DeviceId, OrgId, WorkstationId};

use crate::error::{ClientError, Result};
use crate::view::ErrorCode;

/// The file's name in its account's folder.
const FILE: &str = "enrol.pending";

/// An enrolment that may have reached the server. Nothing in it is secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Pending {
    /// The server, `https://host:port`.
    pub server: String,
    /// Its authority.
    pub ca_der: Base64,
    /// The organisation's root.
    pub root: Base64,
    /// The organisation.
    pub org: OrgId,
    /// The machine.
    pub workstation: WorkstationId,
    /// What the machine is to be called.
    pub workstation_name: String,
    /// The enrolment on it.
    pub device: DeviceId,
    /// The founding statements, where the organisation begins here.
    pub founding: Option<Vec<Base64>>,
    /// The request; a repeat of the same gets the same answer.
    pub request: EnrolRequest,
}

impl Pending {
    /// The enrolment that was begun in an account's folder, if one was.
    pub fn load(folder: &Path) -> Option<Self> {
        serde_json::from_slice(&fs::read(folder.join(FILE)).ok()?).ok()
    }

    /// Keeps it; durable on return.
    pub fn store(&self, folder: &Path) -> Result<()> {
        let bytes = serde_json::to_vec(self).map_err(|_| failed(None))?;
        write_durably(&folder.join(FILE), &bytes).map_err(|error| failed(Some(&error)))
    }

    /// Forgets it: the enrolment is complete.
    pub fn remove(folder: &Path) -> Result<()> {
        match fs::remove_file(folder.join(FILE)) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(failed(Some(&error))),
            _ => Ok(()),
        }
    }
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
