//! The demo clinic on disk: a server's folder, everybody's workstations, and who sits where.

mod make;
mod populate;

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use serde::{Deserialize, Serialize};
use sotto_client::{ClientError, KeyringChoice};
use sotto_protocol::AccountId;

pub use make::{Rules, make};

use crate::server::TestServer;

/// The file that says who sits where; written last, so a folder with it is complete.
const FILE: &str = "clinic.json";

/// Somebody with a vault.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Colleague {
    /// What `--as` takes.
    pub key: String,
    /// As colleagues call them.
    pub name: String,
    /// What they do.
    pub title: String,
    /// Their account.
    pub account: AccountId,
    /// The folder of the workstation they sit at, below the clinic's.
    pub workstation: String,
    /// What they type to sign in by name.
    pub login: String,
    /// Their second factor's secret, which real people have in an app.
    pub totp: String,
    /// Their recovery codes, which real people have on paper.
    pub recovery: Vec<String>,
}

/// A clinic that was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DemoClinic {
    /// The port its server has always had: the workstations know it by its address.
    pub port: u16,
    /// Whether the workstations' secrets are in the operating system's keyring; otherwise they are in the loudly named file.
    pub os_keyring: bool,
    /// Everybody.
    pub people: Vec<Colleague>,
}

/// The folder of the workstation that the demo opens first; several people share it.
pub const HERE: &str = "workstation-triage";

/// The folder of a workstation that nobody has used yet: whoever signs in by name there gets a vault.
pub const SPARE: &str = "workstation-spare";

impl DemoClinic {
    /// The clinic in `folder`, if one was completed there.
    #[must_use]
    pub fn load(folder: &Path) -> Option<Self> {
        serde_json::from_slice(&std::fs::read(folder.join(FILE)).ok()?).ok()
    }

    fn store(&self, folder: &Path) -> Result<()> {
        let text = serde_json::to_string_pretty(self).context("could not write the clinic down")?;
        std::fs::write(folder.join(FILE), text).context("could not write the clinic down")
    }

    /// Starts its server, in a process of its own.
    ///
    /// # Errors
    /// Where it does not start.
    pub async fn start_server(&self, folder: &Path) -> Result<TestServer> {
        TestServer::open(&folder.join("server"), self.port, "").await
    }

    /// The one person whose key or name that is, or a part of.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<&Colleague> {
        let wanted = name.to_lowercase();
        let mut found = self.people.iter().filter(|p| p.key == wanted || p.name.to_lowercase().contains(&wanted));
        let first = found.next()?;
        found.next().is_none().then_some(first)
    }

    /// Where a person's workstation is.
    #[must_use]
    pub fn home(folder: &Path, colleague: &Colleague) -> PathBuf {
        folder.join(&colleague.workstation)
    }

    /// The keyring of its workstations.
    #[must_use]
    pub const fn keyring(&self) -> KeyringChoice {
        if self.os_keyring { KeyringChoice::Os } else { KeyringChoice::InsecureFile }
    }
}

/// A client's failure as one of ours: the attempt and the code.
fn failed(error: ClientError) -> anyhow::Error {
    anyhow::anyhow!("{error}")
}
