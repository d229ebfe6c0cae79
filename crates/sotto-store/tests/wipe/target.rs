//! Does a wipe take all of its target, and leave everybody else as they were?

use sotto_protocol::cbor;
use sotto_store::WorkstationFile;
use sotto_store::home::WorkstationItem;
use sotto_store::wipe::{self, Destroyed, Kind, Line, Target};

use crate::stage::{ANA, BEN, Stage, contents_of, entries, open, opens, tombstone};

/// What of a list is not all zero, and how often it was there, was not, and is.
fn lines(destroyed: &Destroyed) -> Vec<(Kind, u32, u32, u32)> {
    destroyed.lines.iter().map(|Line { kind, destroyed, absent, left }| (*kind, *destroyed, *absent, *left)).collect()
}

/// Everything that a wipe of that many people destroys.
fn whole(people: u32) -> Vec<(Kind, u32, u32, u32)> {
    let all = [Kind::KDev, Kind::DeviceKey, Kind::Anchor, Kind::Attempts, Kind::KPin, Kind::PinAttempts, Kind::Share];
    all.into_iter().chain([Kind::VaultKey, Kind::PinKey, Kind::Vault]).map(|kind| (kind, people, 0, 0)).collect()
}

#[test]
fn a_persons_wipe_leaves_the_other_byte_for_byte() {
    let stage = Stage::new();
    let (home, keyring) = (stage.home(), stage.keyring());
    let others = || (contents_of(&home.account(BEN)), entries(&home, &keyring, BEN));
    let (before, tiles) = (others(), WorkstationFile::load(&home).unwrap().unwrap().tiles);
    let standing = wipe::begin(&home, &keyring, tombstone(Target::Account(ANA))).unwrap();
    let destroyed = wipe::run(&home, &keyring, &standing, &stage.extra());
    assert!(destroyed.is_complete() && destroyed.is_unreadable(), "{destroyed:?}");
    // Attempts at password and PIN, five attachments; their folder and the account's; two paths with a folder and a file in each.
    let mut wanted = whole(1);
    wanted.extend([(Kind::AccountFile, 7, 0, 0), (Kind::Folder, 2, 0, 0), (Kind::Extra, 6, 0, 0), (Kind::Tile, 1, 0, 0)]);
    assert_eq!(lines(&destroyed), wanted);
    assert_eq!(others(), before);
    assert!(open(&home, &keyring, BEN).is_some(), "the other opens while the tombstone stands");
    assert!(!home.account(ANA).exists() && stage.extra().iter().all(|path| !path.exists()));
    assert!(entries(&home, &keyring, ANA).iter().all(Option::is_none));
    let file = WorkstationFile::load(&home).unwrap().unwrap();
    assert_eq!(file.tiles, tiles[1..], "the other's tile stays");
    assert_eq!((file.locked, file.last_account, file.language), (None, None, None));
    for item in [WorkstationItem::Key, WorkstationItem::Secret] {
        assert!(keyring.get(&home.workstation_keyring_name(item)).unwrap().is_some(), "the machine goes on");
    }
}

#[test]
fn a_person_may_come_back_after_the_receipt() {
    let stage = Stage::new();
    let (home, keyring) = (stage.home(), stage.keyring());
    let standing = wipe::begin(&home, &keyring, tombstone(Target::Account(ANA))).unwrap();
    let destroyed = wipe::run(&home, &keyring, &standing, &[]);
    assert_eq!(wipe::load_receipt(&home, &standing).unwrap(), None);
    wipe::store_receipt(&home, &standing, &cbor::encode(&destroyed)).unwrap();
    wipe::finish(&home, &keyring, &standing).unwrap();
    assert_eq!(wipe::pending(&home).unwrap(), []);
    assert_eq!(wipe::load_wiped(&home).unwrap(), None);
    assert_eq!(wipe::load_receipt(&home, &standing).unwrap(), None);
    assert!(!home.path().join("wipe").exists());
    home.make_account(ANA).unwrap();
    keyring.set(&home.keyring_name(ANA, sotto_store::home::KeyringItem::KDev), &[1; 32]).unwrap();
}

#[test]
fn a_workstations_wipe_leaves_an_id_and_a_marker() {
    let stage = Stage::new();
    let (home, keyring) = (stage.home(), stage.keyring());
    let standing = wipe::begin(&home, &keyring, tombstone(Target::Workstation)).unwrap();
    let destroyed = wipe::run(&home, &keyring, &standing, &stage.extra());
    assert!(destroyed.is_complete(), "{destroyed:?}");
    let mut wanted = whole(2);
    wanted.insert(7, (Kind::WorkstationSecret, 1, 0, 0));
    wanted.extend([(Kind::AccountFile, 14, 0, 0), (Kind::Folder, 5, 0, 0), (Kind::Extra, 6, 0, 0), (Kind::Tile, 2, 0, 0)]);
    wanted.push((Kind::WorkstationFile, 1, 0, 0));
    assert_eq!(lines(&destroyed), wanted);
    let key = || keyring.get(&home.workstation_keyring_name(WorkstationItem::Key)).unwrap();
    assert!(key().is_some(), "it signs the receipt");
    assert_eq!(wipe::load_wiped(&home).unwrap(), None, "not before there is a receipt");
    wipe::store_receipt(&home, &standing, b"receipt").unwrap();
    wipe::finish(&home, &keyring, &standing).unwrap();
    assert!(key().is_none());
    let wiped = wipe::load_wiped(&home).unwrap().unwrap();
    assert_eq!((wiped.begun_at_ms, wiped.receipt.as_slice()), (standing.begun_at_ms, b"receipt".as_slice()));
    assert_eq!(wiped.command, sotto_protocol::verify::sha256(&[b"signed"]));
    let left: Vec<_> = contents_of(home.path()).into_keys().collect();
    assert_eq!(left, ["INSECURE-KEYRING", "home.id", "wiped"].map(std::path::PathBuf::from));
    assert!(!opens(home.path(), ANA) && !opens(home.path(), BEN));
}

#[test]
fn a_second_run_finds_the_same_and_a_machine_without_people_is_wiped_too() {
    let stage = Stage::new();
    let (home, keyring) = (stage.home(), stage.keyring());
    let standing = wipe::begin(&home, &keyring, tombstone(Target::Workstation)).unwrap();
    let first = wipe::run(&home, &keyring, &standing, &stage.extra());
    assert_eq!(wipe::run(&home, &keyring, &standing, &stage.extra()), first);
    let blank = tempfile::tempdir().unwrap();
    let home = sotto_store::Home::open(blank.path()).unwrap();
    let keyring = sotto_store::Keyring::insecure_file(blank.path()).unwrap();
    let standing = wipe::begin(&home, &keyring, tombstone(Target::Workstation)).unwrap();
    let destroyed = wipe::run(&home, &keyring, &standing, &stage.extra());
    assert!(destroyed.is_complete());
    assert_eq!(lines(&destroyed), [(Kind::WorkstationSecret, 0, 1, 0), (Kind::Extra, 0, 2, 0), (Kind::WorkstationFile, 0, 1, 0)]);
}

#[test]
fn somebody_without_a_folder_is_found_by_the_tile() {
    let stage = Stage::new();
    let (home, keyring) = (stage.home(), stage.keyring());
    std::fs::remove_dir_all(home.account(BEN)).unwrap();
    let standing = wipe::begin(&home, &keyring, tombstone(Target::Workstation)).unwrap();
    let destroyed = wipe::run(&home, &keyring, &standing, &[]);
    assert_eq!(destroyed.accounts, 2);
    assert!(lines(&destroyed).contains(&(Kind::KDev, 2, 0, 0)) && lines(&destroyed).contains(&(Kind::VaultKey, 1, 1, 0)));
    assert!(entries(&home, &keyring, BEN).iter().all(Option::is_none));
}
