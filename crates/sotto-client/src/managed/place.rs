//! Where does a system keep what its management says, and who may write there? Only its administrator, or nothing of it is read.

use std::fs;
#[cfg(unix)]
use std::fs::{File, Metadata};
#[cfg(unix)]
use std::io::{ErrorKind, Read as _};
#[cfg(unix)]
use std::os::unix::fs::MetadataExt as _;
use std::path::Path;

use zeroize::Zeroizing;

use crate::view::ErrorCode;

/// The file, on Linux.
#[cfg(all(unix, not(target_os = "macos")))]
const PLACE: &str = "/etc/sotto/managed.json";
/// The managed preferences of the app's bundle, on macOS.
#[cfg(target_os = "macos")]
const PLACE: &str = "/Library/Managed Preferences/health.sotto.desktop.plist";
/// The policies' key in the registry, on Windows.
#[cfg(windows)]
const PLACE: &str = r"HKLM\Software\Policies\Sotto";

/// Bytes that are read, at most.
#[cfg(unix)]
const BYTES: u64 = 64 * 1024;
/// Write permission for the group and for others.
#[cfg(unix)]
const OTHERS_WRITE: u32 = 0o022;
/// The administrator.
#[cfg(unix)]
const ROOT: u32 = 0;

/// A form as JSON, whatever the system keeps it as.
type Json = Zeroizing<Vec<u8>>;

/// How the place is called.
pub(super) fn name(other: Option<&Path>) -> String {
    other.map_or_else(|| PLACE.to_owned(), |path| path.display().to_string())
}

/// What is there as JSON; nothing on a machine without management.
///
/// # Errors
/// `managed_unsafe` where somebody else than the administrator may write it; `managed_unreadable` for what cannot be read.
#[cfg(unix)]
pub(super) fn load(other: Option<&Path>) -> Result<Option<Json>, ErrorCode> {
    let path = other.unwrap_or_else(|| Path::new(PLACE));
    // A test's file is the test's own.
    let owner = other.map_or(ROOT, |_| rustix::process::geteuid().as_raw());
    match fs::symlink_metadata(path) {
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => return Ok(None),
        Err(_) => return Err(ErrorCode::ManagedUnreadable),
        Ok(found) if !found.is_file() => return Err(ErrorCode::ManagedUnsafe),
        Ok(_) => {}
    }
    let unreadable = |_| ErrorCode::ManagedUnreadable;
    // The folder first: whoever may write there puts another file in this one's place.
    let folder = path.parent().ok_or(ErrorCode::ManagedUnreadable)?;
    check_guarded(&fs::metadata(folder).map_err(unreadable)?, owner)?;
    let file = File::open(path).map_err(unreadable)?;
    check_guarded(&file.metadata().map_err(unreadable)?, owner)?;
    let mut bytes = Zeroizing::new(Vec::new());
    file.take(BYTES + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    let fits = u64::try_from(bytes.len()).is_ok_and(|length| length <= BYTES);
    if fits { to_json(bytes, other).map(Some) } else { Err(ErrorCode::ManagedUnreadable) }
}

#[cfg(unix)]
fn check_guarded(meta: &Metadata, owner: u32) -> Result<(), ErrorCode> {
    if is_guarded(meta.uid(), meta.mode(), owner) { Ok(()) } else { Err(ErrorCode::ManagedUnsafe) }
}

/// Whether only the administrator, or `owner`, may write what has this owner and mode. An access list that lets others write shows in the
/// group's part of the mode.
#[cfg(unix)]
const fn is_guarded(uid: u32, mode: u32, owner: u32) -> bool {
    (uid == ROOT || uid == owner) && mode & OTHERS_WRITE == 0
}

#[cfg(all(unix, not(target_os = "macos")))]
#[allow(clippy::unnecessary_wraps, reason = "another system's body fails")]
fn to_json(bytes: Json, _other: Option<&Path>) -> Result<Json, ErrorCode> {
    Ok(bytes)
}

/// A property list's dictionary as JSON. Keys that the system adds to every profile are not of the form.
#[cfg(target_os = "macos")]
fn to_json(bytes: Json, other: Option<&Path>) -> Result<Json, ErrorCode> {
    if other.is_some() {
        return Ok(bytes);
    }
    let unreadable = ErrorCode::ManagedUnreadable;
    let mut value: serde_json::Value = plist::from_bytes(&bytes).map_err(|_| unreadable)?;
    value.as_object_mut().ok_or(unreadable)?.retain(|key, _| !key.starts_with("Payload"));
    serde_json::to_vec(&value).map(Zeroizing::new).map_err(|_| unreadable)
}

/// What is there as JSON; nothing on a machine without management. Only administrators may write below the policies' key.
///
/// # Errors
/// `managed_unreadable` for what cannot be read.
#[cfg(windows)]
pub(super) fn load(other: Option<&Path>) -> Result<Option<Json>, ErrorCode> {
    match other {
        Some(path) => fs::read(path).map(|bytes| Some(Zeroizing::new(bytes))).map_err(|_| ErrorCode::ManagedUnreadable),
        None => registry::load(),
    }
}

/// Words are values of the type text, lists of words of the type multi-string, numbers and truths (0 or 1) are 32-bit numbers; `rules` is a key below.
#[cfg(windows)]
mod registry {
    use std::io::ErrorKind;

    use serde_json::{Map, Value};
    use winreg::RegKey;
    use winreg::enums::{HKEY_LOCAL_MACHINE, KEY_READ, REG_DWORD, REG_MULTI_SZ, REG_SZ};
    use zeroize::Zeroizing;

    use super::{ErrorCode, Json};

    const KEY: &str = r"Software\Policies\Sotto";
    const RULES: &str = "rules";
    const TRUTHS: &[&str] = &["start_in_background", "pin", "notifications", "clipboard", "content_protection"];

    pub(super) fn load() -> Result<Option<Json>, ErrorCode> {
        let unreadable = |_| ErrorCode::ManagedUnreadable;
        let key = match RegKey::predef(HKEY_LOCAL_MACHINE).open_subkey_with_flags(KEY, KEY_READ) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            opened => opened.map_err(unreadable)?,
        };
        let mut form = values(&key)?;
        for below in key.enum_keys() {
            let below = below.map_err(unreadable)?;
            let rules = key.open_subkey_with_flags(&below, KEY_READ).map_err(unreadable)?;
            // The registry does not tell capitals apart; an unknown key is refused by the form.
            let name = if below.eq_ignore_ascii_case(RULES) { RULES.to_owned() } else { below };
            form.insert(name, Value::Object(values(&rules)?));
        }
        serde_json::to_vec(&form).map(|json| Some(Zeroizing::new(json))).map_err(|_| ErrorCode::ManagedUnreadable)
    }

    fn values(key: &RegKey) -> Result<Map<String, Value>, ErrorCode> {
        let unreadable = |_| ErrorCode::ManagedUnreadable;
        let mut values = Map::new();
        for value in key.enum_values() {
            let (name, raw) = value.map_err(unreadable)?;
            let value = match raw.vtype {
                REG_SZ => key.get_value::<String, _>(&name).map_err(unreadable)?.into(),
                REG_MULTI_SZ => {
                    let words: Vec<String> = key.get_value(&name).map_err(unreadable)?;
                    // A list without a word may be read as one with an empty word.
                    words.into_iter().filter(|word| !word.is_empty()).collect()
                }
                REG_DWORD => {
                    let number: u32 = key.get_value(&name).map_err(unreadable)?;
                    if TRUTHS.contains(&name.as_str()) && number <= 1 { Value::Bool(number == 1) } else { number.into() }
                }
                _ => Value::Null,
            };
            values.insert(name, value);
        }
        Ok(values)
    }
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::{PermissionsExt as _, symlink};

    use super::*;

    /// A file that says nothing, in a folder of its own.
    fn file(mode: u32) -> (tempfile::TempDir, std::path::PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("managed.json");
        fs::write(&path, "{}").unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
        (folder, path)
    }

    #[test]
    fn what_others_may_write_is_not_read() {
        for mode in [0o666, 0o664, 0o646] {
            let (_folder, path) = file(mode);
            assert_eq!(load(Some(&path)).map(|_| ()), Err(ErrorCode::ManagedUnsafe), "{mode:o}");
        }
        let (folder, path) = file(0o644);
        assert_eq!(load(Some(&path)).unwrap().as_deref().map(Vec::as_slice), Some(b"{}".as_slice()));
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o777)).unwrap();
        assert_eq!(load(Some(&path)).map(|_| ()), Err(ErrorCode::ManagedUnsafe), "its folder");
    }

    #[test]
    fn it_belongs_to_the_administrator() {
        assert!(is_guarded(ROOT, 0o644, ROOT));
        assert!(!is_guarded(1_000, 0o644, ROOT));
        assert!(!is_guarded(1_000, 0o444, ROOT), "an owner may change the mode");
    }

    #[test]
    fn a_link_is_not_followed_and_nothing_is_nothing() {
        let (folder, path) = file(0o644);
        let link = folder.path().join("link.json");
        symlink(&path, &link).unwrap();
        assert_eq!(load(Some(&link)).map(|_| ()), Err(ErrorCode::ManagedUnsafe));
        assert_eq!(load(Some(&folder.path().join("none.json"))), Ok(None));
        assert_eq!(load(Some(&path.join("below.json"))), Ok(None));
    }

    #[test]
    fn a_file_without_an_end_is_not_read_to_it() {
        let (_folder, path) = file(0o644);
        fs::write(&path, vec![b' '; usize::try_from(BYTES).unwrap() + 1]).unwrap();
        assert_eq!(load(Some(&path)).map(|_| ()), Err(ErrorCode::ManagedUnreadable));
    }
}
