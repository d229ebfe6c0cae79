//! Which files a server's folder holds.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::{SetupCode, SetupError};

/// The configuration.
const CONFIG: &str = "server.json";
/// The database's key, hexadecimal. A secret.
pub const KEY: &str = "database.key";
/// The database.
const DATABASE: &str = "sotto.db";
/// The authority's certificate, which clients pin.
pub const CA: &str = "ca.pem";
/// The authority's key: needed to renew the server's certificate only, and best kept elsewhere. A secret.
pub const CA_KEY: &str = "ca-key.pem";
/// The server's certificate.
pub const SERVER: &str = "server.pem";
/// The server's key. A secret.
pub const SERVER_KEY: &str = "server-key.pem";

/// What `server.json` says.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// The version of this file's form.
    pub version: u32,
    /// The names and addresses in the server's certificate.
    pub hosts: Vec<String>,
    /// What proves the founder.
    pub setup_code: SetupCode,
}

/// A server's folder.
#[derive(Debug, Clone)]
pub struct Folder(PathBuf);

impl Folder {
    /// The folder at a path.
    #[must_use]
    pub fn new(dir: &Path) -> Self {
        Self(dir.to_owned())
    }

    /// Where a file of the folder is.
    #[must_use]
    pub fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    /// Where the database is.
    #[must_use]
    pub fn database(&self) -> PathBuf {
        self.path(DATABASE)
    }

    /// Makes the folder, which must hold no server.
    pub(super) fn make(&self) -> Result<(), SetupError> {
        fs::create_dir_all(&self.0)?;
        let names = [CONFIG, KEY, DATABASE, CA, CA_KEY, SERVER, SERVER_KEY];
        if names.iter().any(|name| self.path(name).exists()) { Err(SetupError::Exists) } else { Ok(()) }
    }

    /// Reads the configuration.
    ///
    /// # Errors
    /// [`SetupError::File`], [`SetupError::Config`].
    pub fn load_config(&self) -> Result<Config, SetupError> {
        let config: Config = serde_json::from_slice(&fs::read(self.path(CONFIG))?).map_err(|_| SetupError::Config)?;
        if config.version == 1 { Ok(config) } else { Err(SetupError::Config) }
    }

    pub(super) fn store_config(&self, config: &Config) -> Result<(), SetupError> {
        let text = serde_json::to_string_pretty(config).map_err(|_| SetupError::Config)?;
        self.store_public(CONFIG, &text)
    }

    /// Reads the server's certificate or the authority's.
    ///
    /// # Errors
    /// [`SetupError::File`].
    pub fn load_public(&self, name: &str) -> Result<String, SetupError> {
        Ok(fs::read_to_string(self.path(name))?)
    }

    /// Reads a secret.
    ///
    /// # Errors
    /// [`SetupError::File`].
    pub fn load_secret(&self, name: &str) -> Result<Zeroizing<String>, SetupError> {
        Ok(Zeroizing::new(fs::read_to_string(self.path(name))?))
    }

    pub(super) fn store_secret(&self, name: &str, text: &str) -> Result<(), SetupError> {
        Ok(store_new(&self.path(name), text, 0o600)?)
    }

    pub(super) fn store_public(&self, name: &str, text: &str) -> Result<(), SetupError> {
        Ok(store_new(&self.path(name), text, 0o644)?)
    }
}

/// Writes a file that must not be there, with these permissions from its first moment on, and makes it durable.
fn store_new(path: &Path, text: &str, mode: u32) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, mode);
    #[cfg(not(unix))]
    let _ = mode;
    let mut file = options.open(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    path.parent().map_or(Ok(()), |dir| File::open(dir)?.sync_all())
}
