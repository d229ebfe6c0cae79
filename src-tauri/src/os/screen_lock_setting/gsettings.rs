//! Where do GNOME, Cinnamon and MATE keep whether they lock the screen? In GSettings; what is set, demanded or usual comes from there.
//!
//! Only the settings of the desktop that runs are looked at: schemas of others may be installed, and their usual values say nothing. The
//! portal for settings is no way: its backends hand out neither the session's nor the screen saver's.

use gtk::gio::prelude::{ObjectExt as _, SettingsExt as _};
use gtk::gio::{Settings, SettingsBackend, SettingsSchemaSource};
use gtk::glib::Variant;

/// Which settings a desktop has.
#[derive(Debug)]
struct Desktop {
    /// Its name in `XDG_CURRENT_DESKTOP`.
    name: &'static str,
    saver: &'static str,
    session: &'static str,
    lockdown: &'static str,
    /// Whether `idle-activation-enabled` counts; GNOME ignores it.
    activation: bool,
}

const DESKTOPS: &[Desktop] = &[
    Desktop {
        name: "GNOME",
        saver: "org.gnome.desktop.screensaver",
        session: "org.gnome.desktop.session",
        lockdown: "org.gnome.desktop.lockdown",
        activation: false,
    },
    Desktop {
        name: "X-Cinnamon",
        saver: "org.cinnamon.desktop.screensaver",
        session: "org.cinnamon.desktop.session",
        lockdown: "org.cinnamon.desktop.lockdown",
        activation: true,
    },
    Desktop { name: "MATE", saver: "org.mate.screensaver", session: "org.mate.session", lockdown: "org.mate.lockdown", activation: true },
];

/// Whether the desktop that runs locks its screen after a time; `None` for another one, and where nothing keeps its settings.
pub(super) fn read() -> Option<bool> {
    let desktop = find(&std::env::var("XDG_CURRENT_DESKTOP").ok()?)?;
    let backend = SettingsBackend::default();
    // Without dconf's module, or told to forget, GSettings knows the usual values only.
    if matches!(backend.type_().name(), "GMemorySettingsBackend" | "GNullSettingsBackend") {
        return None;
    }
    locks(desktop, |schema, key| value(&backend, schema, key))
}

/// The desktop that a colon-separated list of names means: its first one that is known.
fn find(names: &str) -> Option<&'static Desktop> {
    names.split(':').find_map(|name| DESKTOPS.iter().find(|desktop| desktop.name.eq_ignore_ascii_case(name)))
}

/// Whether these settings lock the screen by themselves; `None` where one that decides is not there.
fn locks(desktop: &Desktop, value: impl Fn(&str, &str) -> Option<Variant>) -> Option<bool> {
    let is = |schema: &str, key: &str| value(schema, key)?.get::<bool>();
    let idle = value(desktop.session, "idle-delay")?;
    // Seconds in a `u`, MATE's minutes in an `i`; nothing is never.
    let idles = idle.get::<u32>().map(|delay| delay > 0).or_else(|| idle.get::<i32>().map(|delay| delay > 0))?;
    let begins = !desktop.activation || is(desktop.saver, "idle-activation-enabled")?;
    let forbidden = is(desktop.lockdown, "disable-lock-screen").unwrap_or(false);
    Some(is(desktop.saver, "lock-enabled")? && idles && begins && !forbidden)
}

/// A setting's value. GLib ends the process at a schema or a key that is not installed, so both are looked up first.
fn value(backend: &SettingsBackend, schema: &str, key: &str) -> Option<Variant> {
    let schema = SettingsSchemaSource::default()?.lookup(schema, true)?;
    schema.has_key(key).then(|| Settings::new_full(&schema, Some(backend), None).value(key))
}

#[cfg(test)]
mod tests {
    use gtk::glib::prelude::ToVariant as _;

    use super::*;

    /// A desktop whose settings are all on, but for these.
    fn told(name: &str, but: &[(&str, Option<Variant>)]) -> Option<bool> {
        let minutes = 5_i32.to_variant();
        let idle = if name == "MATE" { minutes } else { 300_u32.to_variant() };
        locks(find(name).unwrap(), |_, key| {
            let changed = but.iter().find(|(changed, _)| *changed == key).map(|(_, value)| value.clone());
            changed.unwrap_or_else(|| match key {
                "idle-delay" => Some(idle.clone()),
                "disable-lock-screen" => Some(false.to_variant()),
                _ => Some(true.to_variant()),
            })
        })
    }

    #[test]
    fn each_desktop_locks_until_one_setting_is_against_it() {
        for name in ["GNOME", "X-Cinnamon", "MATE"] {
            assert_eq!(told(name, &[]), Some(true), "{name}");
            assert_eq!(told(name, &[("lock-enabled", Some(false.to_variant()))]), Some(false), "{name}");
            assert_eq!(told(name, &[("disable-lock-screen", Some(true.to_variant()))]), Some(false), "{name}");
            let never = if name == "MATE" { 0_i32.to_variant() } else { 0_u32.to_variant() };
            assert_eq!(told(name, &[("idle-delay", Some(never))]), Some(false), "{name}");
        }
    }

    #[test]
    fn the_key_that_gnome_ignores_counts_elsewhere() {
        let off = [("idle-activation-enabled", Some(false.to_variant()))];
        assert_eq!(told("GNOME", &off), Some(true));
        assert_eq!(told("X-Cinnamon", &off), Some(false));
        assert_eq!(told("MATE", &off), Some(false));
    }

    #[test]
    fn what_is_not_there_or_of_another_kind_is_not_guessed() {
        for (key, value) in [("lock-enabled", None), ("idle-delay", None), ("idle-delay", Some("300".to_variant()))] {
            assert_eq!(told("GNOME", &[(key, value)]), None, "{key}");
        }
        assert_eq!(told("MATE", &[("disable-lock-screen", None)]), Some(true), "a desktop without that key forbids nothing");
    }

    #[test]
    fn what_is_not_installed_does_not_end_the_process() {
        assert_eq!(value(&SettingsBackend::default(), "health.sotto.none", "lock-enabled"), None);
    }

    #[test]
    fn a_desktop_is_found_by_its_names() {
        let name = |names: &str| find(names).map(|desktop| desktop.name);
        assert_eq!(name("ubuntu:GNOME"), Some("GNOME"));
        assert_eq!(name("X-Cinnamon"), Some("X-Cinnamon"));
        assert_eq!(name("KDE"), None);
        assert_eq!(name(""), None);
    }
}
