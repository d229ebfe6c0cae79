//! Which Debian and Ubuntu packages each purpose needs, and why.

use std::path::PathBuf;

use super::Purpose;
use crate::shell;

/// WebKitGTK, the tray, the tool chain for C (SQLCipher) and OpenSSL for it.
const DESKTOP: &[&str] = &[
    "build-essential",
    "file",
    "libayatana-appindicator3-dev",
    "libdbus-1-dev",
    "librsvg2-dev",
    "libssl-dev",
    "libwebkit2gtk-4.1-dev",
    "libxdo-dev",
    "pkg-config",
];

/// A screen, a session bus, a keyring, a window manager, fonts, and the driver of WebKitGTK windows.
const HEADLESS: &[&str] = &[
    "at-spi2-core",
    "dbus",
    "dbus-x11",
    "fonts-dejavu-core",
    "fonts-noto-core",
    "gnome-keyring",
    "openbox",
    "webkit2gtk-driver",
    "x11-utils",
    "xauth",
    "xdotool",
    "xvfb",
];

/// The programs any of which opens the UI's fake screens.
const BROWSERS: &[&str] = &["chromium", "chromium-browser", "google-chrome"];

/// The browser that is there, if one is.
pub fn browser() -> Option<PathBuf> {
    BROWSERS.iter().find_map(|name| shell::which(name))
}

/// The packages for a purpose on Debian or Ubuntu.
pub fn debian(purpose: Purpose, ubuntu: bool) -> Vec<&'static str> {
    let mut wanted = DESKTOP.to_vec();
    if purpose != Purpose::Desktop {
        wanted.extend(HEADLESS);
    }
    if purpose == Purpose::Test && browser().is_none() {
        wanted.push(if ubuntu { "chromium-browser" } else { "chromium" });
    }
    wanted
}
