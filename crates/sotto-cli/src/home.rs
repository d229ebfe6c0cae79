//! Where does this workstation keep its files if nobody says?

use std::path::PathBuf;

use sotto_client::view::ErrorCode;

use crate::failure::{Failure, Outcome};

/// The folder given, or the operating system's place for a program's data.
///
/// # Errors
/// `not_found` where the environment names no such place.
pub fn find(given: Option<PathBuf>) -> Outcome<PathBuf> {
    given.or_else(default).ok_or(Failure::new(ErrorCode::NotFound))
}

fn variable(name: &str) -> Option<PathBuf> {
    std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from)
}

#[cfg(all(unix, not(target_os = "macos")))]
fn default() -> Option<PathBuf> {
    let data = variable("XDG_DATA_HOME").or_else(|| variable("HOME").map(|home| home.join(".local/share")));
    data.map(|data| data.join("sotto"))
}

#[cfg(target_os = "macos")]
fn default() -> Option<PathBuf> {
    variable("HOME").map(|home| home.join("Library/Application Support/Sotto"))
}

#[cfg(windows)]
fn default() -> Option<PathBuf> {
    variable("LOCALAPPDATA").map(|data| data.join("Sotto"))
}
