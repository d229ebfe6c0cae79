//! Which paths outside the accounts' folders may a wipe delete? Absolute ones that hold nothing of the home but what lies loose in it.

use std::io;
use std::path::{Component, Path, PathBuf};

use super::remove::{Shape, look};

/// What in a home is the store's own: a wipe deletes of it what it decides itself.
const OWN: [&str; 7] = ["accounts", "wipe", "wiped", "home.id", "workstation.json", "process.lock", "insecure-keyring"];

/// The path with its folder's links followed, and not its own; nothing where it is relative, a root, has `..`, is the home or has the
/// home in it, or is the store's own.
pub(super) fn resolve(home: &Path, path: &Path) -> Option<PathBuf> {
    let name = path.file_name()?;
    let plain = path.components().all(|part| matches!(part, Component::Prefix(_) | Component::RootDir | Component::Normal(_)));
    if !plain || !path.is_absolute() {
        return None;
    }
    let home = home.canonicalize().ok()?;
    let real = match path.parent()?.canonicalize() {
        // As the system spells it, where case does not count.
        Ok(folder) if look(path) == Shape::Folder => path.canonicalize().ok().filter(|real| real.starts_with(&folder))?,
        Ok(folder) => folder.join(name),
        // There is nothing.
        Err(error) if error.kind() == io::ErrorKind::NotFound => path.to_owned(),
        Err(_) => return None,
    };
    let has_home = home.starts_with(&real) || real.parent().is_none();
    (!has_home && !is_own(&home, &real)).then_some(real)
}

fn is_own(home: &Path, path: &Path) -> bool {
    let Some(first) = path.strip_prefix(home).ok().and_then(|inside| inside.components().next()) else { return false };
    let name = first.as_os_str().to_string_lossy().to_lowercase();
    OWN.contains(&name.trim_end_matches(".new"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roots_and_what_has_the_home_are_refused() {
        let dir = tempfile::tempdir().unwrap();
        let home = dir.path().join("home");
        std::fs::create_dir_all(home.join("webview")).unwrap();
        for refused in ["/", "//", "/.", "/..", "", ".", "..", "logs", "../logs"] {
            assert_eq!(resolve(&home, Path::new(refused)), None, "{refused}");
        }
        let above: Vec<_> = home.ancestors().collect();
        assert!(above.len() > 2 && above.iter().all(|path| resolve(&home, path).is_none()), "{above:?}");
        for own in OWN.iter().flat_map(|own| [(*own).to_owned(), own.to_uppercase(), format!("{own}.new"), format!("{own}/in/it")]) {
            assert_eq!(resolve(&home, &home.join(&own)), None, "{own}");
        }
    }

    #[test]
    fn what_lies_loose_in_the_home_or_beside_it_is_taken() {
        let dir = tempfile::tempdir().unwrap();
        let dir = dir.path().canonicalize().unwrap();
        let home = dir.join("home");
        std::fs::create_dir_all(home.join("webview")).unwrap();
        for taken in [home.join("webview"), home.join("agent.sock"), dir.join("logs"), dir.join("not/there"), dir.join("home2")] {
            assert_eq!(resolve(&home, &taken), Some(taken.clone()));
        }
    }
}
