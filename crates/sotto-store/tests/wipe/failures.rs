//! Does a wipe go on past what it cannot destroy, and say it?

use std::fs;

use sotto_protocol::ErrorCode;
use sotto_store::wipe::{self, Destroyed, Kind, Target};

use crate::stage::{ANA, Stage, entries, opens, tombstone};

fn left(destroyed: &Destroyed, kind: Kind) -> u32 {
    destroyed.lines.iter().filter(|line| line.kind == kind).map(|line| line.left).sum()
}

#[test]
fn a_keyring_that_keeps_its_entries_does_not_keep_the_wrapped_keys() {
    let stage = Stage::new();
    let (home, keyring) = (stage.home(), stage.keyring());
    // The keyring's file can be read and not be replaced.
    let in_the_way = home.path().join("INSECURE-KEYRING.new/full");
    fs::create_dir_all(&in_the_way).unwrap();
    let standing = wipe::begin(&home, &keyring, tombstone(Target::Account(ANA))).unwrap();
    let destroyed = wipe::run(&home, &keyring, &standing, &stage.extra());
    for kind in [Kind::KDev, Kind::DeviceKey, Kind::Anchor, Kind::Attempts, Kind::KPin, Kind::PinAttempts, Kind::Share] {
        assert_eq!(left(&destroyed, kind), 1, "{kind:?}");
    }
    assert_eq!(destroyed.lines.iter().map(|line| line.left).sum::<u32>(), 7, "everything else went: {destroyed:?}");
    assert!(!destroyed.is_complete() && destroyed.is_unreadable());
    assert!(entries(&home, &keyring, ANA).iter().all(Option::is_some));
    fs::remove_dir_all(in_the_way.parent().unwrap()).unwrap();
    assert!(!opens(home.path(), ANA));
    let again = wipe::run(&home, &keyring, &standing, &stage.extra());
    assert!(again.is_complete());
    assert!(again.lines.iter().all(|line| line.destroyed > 0 && line.absent == 0), "counted before the first run: {again:?}");
}

#[test]
fn a_count_that_cannot_be_kept_stops_nothing() {
    let stage = Stage::new();
    let (home, keyring) = (stage.home(), stage.keyring());
    let standing = wipe::begin(&home, &keyring, tombstone(Target::Workstation)).unwrap();
    fs::create_dir_all(home.path().join("wipe/workstation.found/full")).unwrap();
    let destroyed = wipe::run(&home, &keyring, &standing, &stage.extra());
    assert!(destroyed.is_complete() && left(&destroyed, Kind::KDev) == 0, "{destroyed:?}");
    assert!(!opens(home.path(), ANA));
}

#[test]
fn a_workstations_file_that_is_damaged_keeps_no_folder() {
    let stage = Stage::new();
    let (home, keyring) = (stage.home(), stage.keyring());
    fs::write(home.workstation_file(), b"{").unwrap();
    let standing = wipe::begin(&home, &keyring, tombstone(Target::Account(ANA))).unwrap();
    let destroyed = wipe::run(&home, &keyring, &standing, &[]);
    assert_eq!(left(&destroyed, Kind::Tile), 1, "it may name the person");
    assert!(!home.account(ANA).exists() && destroyed.is_unreadable());
    let all = wipe::begin(&home, &keyring, tombstone(Target::Workstation)).unwrap();
    let destroyed = wipe::run(&home, &keyring, &all, &[]);
    assert!(destroyed.is_complete(), "{destroyed:?}");
}

#[cfg(unix)]
#[test]
fn read_only_folders_and_files_go() {
    use std::os::unix::fs::PermissionsExt as _;
    let stage = Stage::new();
    let (home, keyring) = (stage.home(), stage.keyring());
    let folder = home.account(ANA);
    let closed = |path: &std::path::Path, mode| fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    closed(&folder.join("vault.key"), 0o400);
    closed(&folder.join("attachments"), 0o500);
    closed(&folder, 0o500);
    closed(&home.accounts(), 0o500);
    let standing = wipe::begin(&home, &keyring, tombstone(Target::Account(ANA))).unwrap();
    let destroyed = wipe::run(&home, &keyring, &standing, &[]);
    assert!(destroyed.is_complete() && !folder.exists(), "{destroyed:?}");
}

/// Nobody may remove what is in /proc.
#[cfg(target_os = "linux")]
#[test]
fn what_nobody_can_delete_is_said() {
    let stage = Stage::new();
    let (home, keyring) = (stage.home(), stage.keyring());
    let mut extra = stage.extra().to_vec();
    extra.insert(0, "/proc/self/ns".into());
    let standing = wipe::begin(&home, &keyring, tombstone(Target::Workstation)).unwrap();
    let destroyed = wipe::run(&home, &keyring, &standing, &extra);
    assert!(left(&destroyed, Kind::Extra) > 1 && destroyed.is_unreadable(), "{destroyed:?}");
    assert!(destroyed.lines.iter().all(|line| line.left == 0 || line.kind == Kind::Extra));
    assert!(stage.extra().iter().all(|path| !path.exists()), "what comes after it went");
}

#[test]
fn something_else_in_the_tombstones_place_keeps_no_wipe_from_beginning() {
    let stage = Stage::new();
    let (home, keyring) = (stage.home(), stage.keyring());
    fs::write(home.path().join("wipe"), b"no folder").unwrap();
    assert_eq!(wipe::pending(&home).unwrap(), []);
    wipe::check(&home.account(ANA)).unwrap();
    wipe::begin(&home, &keyring, tombstone(Target::Account(ANA))).unwrap();
    assert_eq!(wipe::check(&home.account(ANA)).unwrap_err().code(), ErrorCode::Wiped);
}
