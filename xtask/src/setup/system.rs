//! Which system this is, and what to type on those that are not Debian or Ubuntu.

use std::process::Command;

use anyhow::Result;

use super::{MissingPackages, Purpose};

/// A system, as far as installing on it differs.
pub enum System {
    /// Debian, Ubuntu and what descends from them.
    Debian {
        /// Ubuntu names its browser otherwise.
        ubuntu: bool,
    },
    /// Fedora and what descends from it.
    Fedora,
    /// Another Linux.
    OtherLinux,
    /// macOS.
    Mac,
    /// Windows.
    Windows,
}

/// Reads `/etc/os-release`.
pub fn detect() -> System {
    if cfg!(windows) {
        return System::Windows;
    }
    if cfg!(target_os = "macos") {
        return System::Mac;
    }
    let text = std::fs::read_to_string("/etc/os-release").unwrap_or_default();
    let ids = text.lines().filter_map(|line| line.strip_prefix("ID=").or_else(|| line.strip_prefix("ID_LIKE=")));
    let ids: Vec<&str> = ids.flat_map(|ids| ids.trim_matches('"').split(' ')).collect();
    if ids.contains(&"debian") || ids.contains(&"ubuntu") {
        System::Debian { ubuntu: ids.contains(&"ubuntu") }
    } else if ids.contains(&"fedora") || ids.contains(&"rhel") {
        System::Fedora
    } else {
        System::OtherLinux
    }
}

/// Whether a window can be opened here.
pub fn has_display() -> bool {
    let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    !cfg!(target_os = "linux") || set("DISPLAY") || set("WAYLAND_DISPLAY")
}

const FEDORA: &str = "sudo dnf install gcc gcc-c++ make pkgconf-pkg-config openssl-devel webkit2gtk4.1-devel libappindicator-gtk3-devel \
                      librsvg2-devel libxdo-devel dbus-devel";
const FEDORA_TEST: &str = "xorg-x11-server-Xvfb xorg-x11-xauth xdotool openbox dbus-x11 gnome-keyring webkit2gtk4.1 chromium \
                           dejavu-sans-fonts google-noto-sans-fonts at-spi2-core";
const MAC: &str = "xcode-select --install && brew install openssl@3 pkg-config";
const WINDOWS: &str = "winget install Microsoft.VisualStudio.2022.BuildTools --override \"--wait --passive --add Microsoft.VisualStudio.Workload.VCTools \
                       --includeRecommended\"\n  winget install StrawberryPerl.StrawberryPerl NASM.NASM Microsoft.EdgeWebView2Runtime";

/// Looks for what a build needs; where it is missing, an error that holds the exact commands.
pub fn check(system: &System, purpose: Purpose) -> Result<()> {
    let succeeds = |program: &str, args: &[&str]| Command::new(program).args(args).output().is_ok_and(|output| output.status.success());
    let (ready, instructions) = match system {
        System::Debian { .. } => return Ok(()),
        System::Fedora => {
            let extra = if purpose == Purpose::Desktop { String::new() } else { format!(" {FEDORA_TEST}") };
            (has_linux_libraries(&succeeds), format!("  {FEDORA}{extra}"))
        }
        System::OtherLinux => {
            (has_linux_libraries(&succeeds), format!("  this distribution's packages of what Fedora calls:\n  {FEDORA} {FEDORA_TEST}"))
        }
        System::Mac => (succeeds("xcode-select", &["-p"]) && succeeds("pkg-config", &["--exists", "openssl"]), format!("  {MAC}")),
        System::Windows => (succeeds("perl", &["-v"]) && succeeds("nasm", &["-v"]), format!("  {WINDOWS}")),
    };
    if ready {
        Ok(())
    } else {
        Err(MissingPackages { instructions: format!("packages are missing. Install them with:\n{instructions}") }.into())
    }
}

fn has_linux_libraries(succeeds: &dyn Fn(&str, &[&str]) -> bool) -> bool {
    succeeds("pkg-config", &["--exists", "webkit2gtk-4.1", "openssl", "librsvg-2.0", "dbus-1"])
}
