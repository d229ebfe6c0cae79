//! Does the operating system lock its screen by itself after a time without input? As whoever uses the machine has it set.
//!
//! Linux: the settings of GNOME, Cinnamon and MATE. Windows: the screen saver of the person or of the policies, and the machine's own
//! limit. macOS names no plain place where both its halves are. What is asked for after a sleep does not count.

#[cfg(target_os = "linux")]
mod gsettings;
#[cfg(windows)]
mod registry;

#[cfg(target_os = "linux")]
use self::gsettings::read as look;
#[cfg(windows)]
use self::registry::read as look;

/// Whether it does; `None` where the system does not tell. May block for as long as a disk does.
pub(crate) fn read() -> Option<bool> {
    look()
}

/// Nothing tells.
#[cfg(not(any(target_os = "linux", windows)))]
const fn look() -> Option<bool> {
    None
}

/// A screen saver as Windows has it, each value as the registry holds it; `None` is no value.
#[cfg(any(windows, test))]
#[derive(Debug, Clone, Default)]
struct ScreenSaver {
    /// `ScreenSaveActive`.
    active: Option<String>,
    /// `ScreenSaverIsSecure`.
    secure: Option<String>,
    /// `ScreenSaveTimeOut`, in seconds.
    timeout: Option<String>,
    /// `SCRNSAVE.EXE`: without a program none begins.
    program: Option<String>,
}

#[cfg(any(windows, test))]
impl ScreenSaver {
    /// What holds: each value of the policies in place of the person's own.
    fn under(self, policies: Self) -> Self {
        Self {
            active: policies.active.or(self.active),
            secure: policies.secure.or(self.secure),
            timeout: policies.timeout.or(self.timeout),
            program: policies.program.or(self.program),
        }
    }

    /// Whether it begins by itself and asks for the password then.
    fn locks(&self) -> bool {
        let is_on = |value: &Option<String>| value.as_deref().is_some_and(|value| value.trim() == "1");
        let seconds = self.timeout.as_deref().and_then(|seconds| seconds.trim().parse::<u32>().ok());
        let begins = self.program.as_deref().is_some_and(|program| !program.trim().is_empty());
        is_on(&self.active) && is_on(&self.secure) && seconds.is_some_and(|seconds| seconds > 0) && begins
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn saver(active: &str, secure: &str, timeout: &str, program: &str) -> ScreenSaver {
        let value = |value: &str| (!value.is_empty()).then(|| value.to_owned());
        ScreenSaver { active: value(active), secure: value(secure), timeout: value(timeout), program: value(program) }
    }

    #[test]
    fn a_screen_saver_locks_only_if_it_begins_and_asks_for_the_password() {
        let program = r"C:\Windows\system32\scrnsave.scr";
        assert!(saver("1", "1", "600", program).locks());
        for open in [
            saver("0", "1", "600", program),
            saver("1", "0", "600", program),
            saver("1", "", "600", program),
            saver("1", "1", "0", program),
            saver("1", "1", "soon", program),
            saver("1", "1", "600", ""),
            saver("1", "1", "600", " "),
            ScreenSaver::default(),
        ] {
            assert!(!open.locks(), "{open:?}");
        }
    }

    #[test]
    fn a_policy_holds_over_what_a_person_set_and_only_for_what_it_names() {
        let own = saver("1", "0", "600", "own.scr");
        assert!(own.clone().under(saver("", "1", "", "")).locks());
        assert!(!own.clone().under(saver("", "", "900", "")).locks());
        assert!(!saver("1", "1", "600", "own.scr").under(saver("0", "", "", "")).locks());
    }
}
