//! What may the desktop app be started with?

use std::path::{Path, PathBuf};

use clap::Parser;

/// The desktop app's arguments. There are none that weaken a policy: idle times and the like come from the organisation.
#[derive(Debug, Clone, Parser)]
#[command(name = "sotto-desktop", version, about = "Sotto's desktop window")]
pub struct Arguments {
    /// The folder of this workstation's vaults; several on one machine do not touch each other.
    #[arg(long, env = "SOTTO_HOME", value_name = "DIR")]
    pub home: Option<PathBuf>,
    /// Keep keys in a plain file instead of the operating system's keyring. For machines without one, and tests.
    #[arg(long, env = "SOTTO_INSECURE_KEYRING_FILE", value_parser = clap::builder::FalseyValueParser::new())]
    pub insecure_keyring_file: bool,
    /// Start without a window: hear what IT tells this machine, and show the lock window when the app is started once more.
    #[arg(long)]
    pub background: bool,
}

/// The argument that shows no window.
pub(crate) const BACKGROUND: &str = "--background";

/// The same folder as the terminal's `sotto` uses.
const FOLDER: &str = if cfg!(any(windows, target_os = "macos")) { "Sotto" } else { "sotto" };

/// Where the workstation's files are, and whether that is the machine's usual place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Place {
    /// The folder.
    pub home: PathBuf,
    /// Whether nobody asked for another one.
    pub usual: bool,
}

impl Arguments {
    /// The home asked for, or the usual one: `sotto` in the operating system's folder for a program's data.
    /// `None` where the operating system names no such folder.
    pub(crate) fn place(&self) -> Option<Place> {
        let usual = dirs::data_local_dir().map(|folder| folder.join(FOLDER));
        match (&self.home, usual) {
            (Some(asked), usual) => Some(Place { home: absolute(asked), usual: usual.as_deref() == Some(asked) }),
            (None, Some(usual)) => Some(Place { home: usual, usual: true }),
            (None, None) => None,
        }
    }
}

/// The same folder whatever the current directory is, so that two starts of one home know each other.
fn absolute(path: &Path) -> PathBuf {
    path.canonicalize().or_else(|_| std::path::absolute(path)).unwrap_or_else(|_| path.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_home_that_was_asked_for_is_not_the_usual_one() {
        let arguments = Arguments::parse_from(["sotto-desktop", "--home", "/srv/front-desk"]);
        let place = arguments.place().unwrap();
        assert_eq!(place, Place { home: PathBuf::from("/srv/front-desk"), usual: false });
    }

    #[test]
    fn a_home_is_the_same_from_every_folder() {
        let here = std::env::current_dir().unwrap();
        assert_eq!(absolute(Path::new("not-there-yet")), here.join("not-there-yet"));
        assert_eq!(absolute(Path::new(".")), here);
    }

    #[test]
    fn no_argument_changes_a_policy() {
        for weakening in ["--idle-seconds=9999", "--no-lock", "--devtools"] {
            assert!(Arguments::try_parse_from(["sotto-desktop", weakening]).is_err(), "{weakening}");
        }
    }
}
