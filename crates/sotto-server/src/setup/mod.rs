//! What `sotto-server init` makes: a key, an authority and a certificate, a setup code, and the file that names them.

mod certificate;
mod code;
mod files;
mod key;

pub use code::SetupCode;
pub use files::{CA, Config, Folder, SERVER, SERVER_KEY};
pub use key::{KEY_VARIABLE, load_key};

use std::path::PathBuf;

use crate::clock::Clock;

/// Why a server's folder cannot be made or read.
#[derive(Debug, thiserror::Error)]
pub enum SetupError {
    /// There is a server in the folder already; nothing was changed.
    #[error("the folder holds a server already")]
    Exists,
    /// A file is missing or cannot be written.
    #[error("a file of the server's folder could not be used: {0}")]
    File(#[from] std::io::Error),
    /// The configuration does not parse.
    #[error("the server's configuration does not parse")]
    Config,
    /// The database key is not 96 hexadecimal digits.
    #[error("the database key is not 96 hexadecimal digits")]
    Key,
    /// A host name that no certificate can carry, or none at all.
    #[error("a certificate for these host names could not be made")]
    Certificate,
    /// The system gave no randomness.
    #[error("the system gave no randomness")]
    Randomness,
}

/// What `init` tells the person who ran it, once.
#[derive(Debug, Clone, serde::Serialize)]
pub struct Initialised {
    /// Founds the organisation. Stored nowhere in the clear.
    pub setup_code: String,
    /// The certificate of the authority that clients pin.
    pub ca: PathBuf,
}

/// Makes a server's folder for these host names and addresses.
///
/// # Errors
/// [`SetupError::Exists`] if there is one; then nothing was touched.
pub fn make_folder(dir: &std::path::Path, hosts: &[String], clock: &dyn Clock) -> Result<Initialised, SetupError> {
    let folder = Folder::new(dir);
    folder.make()?;
    let made = certificate::make(hosts, clock.now_ms())?;
    folder.store_secret(files::KEY, &key::make_text()?)?;
    folder.store_secret(files::CA_KEY, &made.ca_key)?;
    folder.store_secret(files::SERVER_KEY, &made.server_key)?;
    folder.store_public(files::CA, &made.ca)?;
    folder.store_public(files::SERVER, &made.server)?;
    let (text, code) = SetupCode::make()?;
    // Last: a folder without its configuration is no server.
    folder.store_config(&Config { version: 1, hosts: hosts.to_vec(), setup_code: code })?;
    Ok(Initialised { setup_code: text.to_string(), ca: folder.path(files::CA) })
}
