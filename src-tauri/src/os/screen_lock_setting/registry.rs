//! Where does Windows keep whether it locks its screen? In the person's screen saver, its policies, and the machine's own limit.

use std::io::ErrorKind;

use winreg::RegKey;
use winreg::enums::{HKEY_CURRENT_USER, HKEY_LOCAL_MACHINE, KEY_READ};

use super::ScreenSaver;

const OWN: &str = r"Control Panel\Desktop";
const POLICIES: &str = r"Software\Policies\Microsoft\Windows\Control Panel\Desktop";
/// Where "Interactive logon: Machine inactivity limit" is kept.
const MACHINE: &str = r"Software\Microsoft\Windows\CurrentVersion\Policies\System";
/// The seconds without input after which the machine is locked, whatever its screen saver does.
const LIMIT: &str = "InactivityTimeoutSecs";

/// Whether the machine's limit or the screen saver locks; `None` where the person's settings cannot be read.
pub(super) fn read() -> Option<bool> {
    if limit().is_some_and(|seconds| seconds > 0) {
        return Some(true);
    }
    Some(saver(OWN).ok()?.under(policies()?).locks())
}

fn limit() -> Option<u32> {
    RegKey::predef(HKEY_LOCAL_MACHINE).open_subkey_with_flags(MACHINE, KEY_READ).ok()?.get_value(LIMIT).ok()
}

/// What the policies name: nothing where there are none, `None` where they cannot be read.
fn policies() -> Option<ScreenSaver> {
    match saver(POLICIES) {
        Err(error) if error.kind() == ErrorKind::NotFound => Some(ScreenSaver::default()),
        read => read.ok(),
    }
}

fn saver(path: &str) -> std::io::Result<ScreenSaver> {
    let key = RegKey::predef(HKEY_CURRENT_USER).open_subkey_with_flags(path, KEY_READ)?;
    let value = |name: &str| value(&key, name);
    Ok(ScreenSaver {
        active: value("ScreenSaveActive"),
        secure: value("ScreenSaverIsSecure"),
        timeout: value("ScreenSaveTimeOut"),
        program: value("SCRNSAVE.EXE"),
    })
}

/// A value as text: the settings are texts, policies may be numbers.
fn value(key: &RegKey, name: &str) -> Option<String> {
    let text = key.get_value::<String, _>(name).ok();
    text.or_else(|| key.get_value::<u32, _>(name).ok().map(|number| number.to_string()))
}
