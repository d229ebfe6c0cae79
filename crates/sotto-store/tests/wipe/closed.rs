//! Does anything of a target open, or come back, after its tombstone stands?

use std::thread;

use sotto_crypto::vault_key::Opener;
use sotto_protocol::ErrorCode;
use sotto_store::anchor::Anchor;
use sotto_store::attempts::Attempts;
use sotto_store::home::{KeyringItem, WorkstationItem};
use sotto_store::wipe::{self, COMMAND_BYTES, RECEIPT_BYTES, Target, Tombstone};
use sotto_store::{Key, StoreError, Vault, VaultFile, WorkstationFile, vault_key_file};

use crate::stage::{ANA, BEN, Stage, entries, open, opens, tombstone};

#[tokio::test]
async fn nothing_of_the_target_opens_or_is_written() {
    for target in [Target::Account(ANA), Target::Workstation] {
        let stage = Stage::new();
        let (home, keyring) = (stage.home(), stage.keyring());
        let folder = home.account(ANA);
        let key_file = VaultFile::load(&folder, Opener::Password).unwrap();
        // A session that somebody forgot to close.
        let vault = open(&home, &keyring, ANA).unwrap();
        let anchor = Anchor::new(keyring.clone(), home.keyring_name(ANA, KeyringItem::Anchor));
        let attempts = Attempts::new(&home, ANA, Opener::Password, keyring.clone());
        let standing = wipe::begin(&home, &keyring, tombstone(target)).unwrap();
        let before = entries(&home, &keyring, ANA);
        let refused = [
            VaultFile::load(&folder, Opener::Password).err(),
            key_file.store(&folder, Opener::Pin).err(),
            Vault::open(&folder, &Key::new([0; 32], [0; 16])).err(),
            Vault::create(&folder, &Key::new([0; 32], [0; 16])).err(),
            home.make_account(ANA).err(),
            attempts.create().err(),
            attempts.begin(1).err(),
            attempts.succeed().err(),
            attempts.fail().err(),
            attempts.check().err(),
            anchor.raise(&vault).await.err(),
            KeyringItem::ALL.iter().find_map(|item| keyring.set(&home.keyring_name(ANA, *item), b"new").err()),
        ];
        for (place, error) in refused.iter().enumerate() {
            assert_eq!(error.as_ref().map(StoreError::code), Some(ErrorCode::Wiped), "{place} of {target:?}");
        }
        assert_eq!(entries(&home, &keyring, ANA), before, "nothing was written");
        assert!(vault_key_file::exists(&folder, Opener::Password), "refusing destroys nothing: run does");
        assert!(wipe::run(&home, &keyring, &standing, &[]).is_complete());
        assert!(anchor.raise(&vault).await.is_err());
        assert!(entries(&home, &keyring, ANA).iter().all(Option::is_none));
        vault.close().await;
        assert!(!home.account(ANA).exists(), "closing makes no file");
    }
}

#[test]
fn the_other_person_is_refused_only_with_the_workstation() {
    let stage = Stage::new();
    let (home, keyring) = (stage.home(), stage.keyring());
    wipe::begin(&home, &keyring, tombstone(Target::Account(ANA))).unwrap();
    wipe::check(&home.account(BEN)).unwrap();
    keyring.set(&home.keyring_name(BEN, KeyringItem::Share), b"new").unwrap();
    keyring.set(&home.workstation_keyring_name(WorkstationItem::Secret), b"new").unwrap();
    wipe::begin(&home, &keyring, tombstone(Target::Workstation)).unwrap();
    assert!(matches!(wipe::check(&home.account(BEN)), Err(StoreError::Wiped)));
    assert!(matches!(keyring.set(&home.keyring_name(BEN, KeyringItem::Share), b"new"), Err(StoreError::Wiped)));
    for item in [WorkstationItem::Key, WorkstationItem::Secret] {
        assert!(matches!(keyring.set(&home.workstation_keyring_name(item), b"new"), Err(StoreError::Wiped)));
    }
}

#[test]
fn a_start_that_goes_on_with_a_wipe_closes_the_keyring_too() {
    let stage = Stage::new();
    let home = stage.home();
    wipe::begin(&home, &stage.keyring(), tombstone(Target::Account(ANA))).unwrap();
    let after_start = stage.keyring();
    let standing = wipe::pending(&home).unwrap().remove(0);
    assert!(wipe::run(&home, &after_start, &standing, &[]).is_complete());
    assert!(matches!(after_start.set(&home.keyring_name(ANA, KeyringItem::Anchor), b"new"), Err(StoreError::Wiped)));
    assert!(entries(&home, &after_start, ANA).iter().all(Option::is_none));
}

#[test]
fn an_older_list_of_people_that_is_still_in_memory_brings_nobody_back() {
    let stage = Stage::new();
    let (home, keyring) = (stage.home(), stage.keyring());
    let in_memory = WorkstationFile::load(&home).unwrap().unwrap();
    let standing = wipe::begin(&home, &keyring, tombstone(Target::Account(ANA))).unwrap();
    let _ = wipe::run(&home, &keyring, &standing, &[]);
    in_memory.store(&home).unwrap();
    let stored = WorkstationFile::load(&home).unwrap().unwrap();
    assert!(stored.tiles.iter().all(|tile| tile.account == BEN) && stored.locked.is_none());
    wipe::begin(&home, &keyring, tombstone(Target::Workstation)).unwrap();
    assert!(matches!(in_memory.store(&home), Err(StoreError::Wiped)));
}

#[test]
fn a_write_that_is_on_its_way_is_not_left_behind() {
    let stage = Stage::new();
    let (home, keyring) = (stage.home(), stage.keyring());
    let names = KeyringItem::ALL.map(|item| home.keyring_name(ANA, item));
    let (writing, names_of_writer) = (keyring.clone(), names.clone());
    let writer = thread::spawn(move || {
        let write = || names_of_writer.iter().try_for_each(|name| writing.set(name, b"again"));
        while write().is_ok() {}
    });
    let standing = wipe::begin(&home, &keyring, tombstone(Target::Account(ANA))).unwrap();
    assert!(wipe::run(&home, &keyring, &standing, &[]).is_complete());
    writer.join().unwrap();
    assert!(names.iter().all(|name| keyring.get(name).unwrap().is_none()));
}

#[test]
fn the_first_and_the_wider_tombstone_stands() {
    let stage = Stage::new();
    let (home, keyring) = (stage.home(), stage.keyring());
    let ana = tombstone(Target::Account(ANA));
    assert_eq!(wipe::begin(&home, &keyring, ana.clone()).unwrap(), ana);
    let later = Tombstone { command: b"another".to_vec(), begun_at_ms: 9, ..ana.clone() };
    assert_eq!(wipe::begin(&home, &keyring, later).unwrap(), ana, "the first one is answered");
    let all = tombstone(Target::Workstation);
    assert_eq!(wipe::begin(&home, &keyring, all.clone()).unwrap(), all);
    assert_eq!(wipe::begin(&home, &keyring, tombstone(Target::Account(BEN))).unwrap(), all, "the wider one has that already");
    assert_eq!(wipe::pending(&home).unwrap(), [all.clone(), ana.clone()]);
    // Both get a receipt, and the workstation's takes the other along.
    for standing in [&ana, &all] {
        assert!(wipe::run(&home, &keyring, standing, &[]).is_complete());
        wipe::store_receipt(&home, standing, b"receipt").unwrap();
    }
    wipe::finish(&home, &keyring, &all).unwrap();
    assert_eq!(wipe::pending(&home).unwrap(), []);
    wipe::check(&home.account(ANA)).unwrap();
}

#[test]
fn what_an_earlier_wipe_left_is_not_taken_for_this_one() {
    let stage = Stage::new();
    let (home, keyring) = (stage.home(), stage.keyring());
    let standing = wipe::begin(&home, &keyring, tombstone(Target::Account(ANA))).unwrap();
    let _ = wipe::run(&home, &keyring, &standing, &[]);
    wipe::store_receipt(&home, &standing, b"receipt").unwrap();
    // As if killed between the tombstone and what lies beside it.
    std::fs::remove_file(home.path().join(format!("wipe/{ANA}.tombstone"))).unwrap();
    assert_eq!(wipe::load_receipt(&home, &standing).unwrap(), None);
    assert!(matches!(wipe::store_receipt(&home, &standing, b"receipt"), Err(StoreError::Missing(_))));
    wipe::begin(&home, &keyring, standing.clone()).unwrap();
    assert_eq!(wipe::load_receipt(&home, &standing).unwrap(), None);
    let again = wipe::run(&home, &keyring, &standing, &[]);
    assert!(again.lines.iter().all(|line| line.destroyed == 0), "{again:?}");
}

#[test]
fn a_damaged_tombstone_stands_all_the_same() {
    let stage = Stage::new();
    let (home, keyring) = (stage.home(), stage.keyring());
    for (name, target) in [("workstation".to_owned(), Target::Workstation), (ANA.to_string(), Target::Account(ANA))] {
        wipe::begin(&home, &keyring, tombstone(target)).unwrap();
        let path = home.path().join(format!("wipe/{name}.tombstone"));
        std::fs::write(&path, b"?").unwrap();
        assert_eq!(wipe::pending(&home).unwrap(), [Tombstone { command: Vec::new(), target, begun_at_ms: 0 }]);
        assert!(wipe::check(&home.account(ANA)).is_err());
        std::fs::remove_file(path).unwrap();
    }
}

#[test]
fn commands_and_receipts_have_limits() {
    let stage = Stage::new();
    let (home, keyring) = (stage.home(), stage.keyring());
    let mut long = tombstone(Target::Workstation);
    long.command = vec![0; COMMAND_BYTES + 1];
    assert!(matches!(wipe::begin(&home, &keyring, long.clone()), Err(StoreError::TooLarge(_))));
    assert!(wipe::pending(&home).unwrap().is_empty());
    long.command.pop();
    let standing = wipe::begin(&home, &keyring, long.clone()).unwrap();
    assert_eq!(wipe::pending(&home).unwrap(), [long]);
    assert!(matches!(wipe::store_receipt(&home, &standing, &[0; RECEIPT_BYTES + 1]), Err(StoreError::TooLarge(_))));
    wipe::store_receipt(&home, &standing, &[1; RECEIPT_BYTES]).unwrap();
    wipe::finish(&home, &keyring, &standing).unwrap();
    std::fs::remove_file(home.workstation_file()).unwrap();
    assert_eq!(wipe::load_wiped(&home).unwrap().unwrap().receipt, [1; RECEIPT_BYTES]);
}

#[test]
fn without_a_receipt_the_machines_key_stays() {
    let stage = Stage::new();
    let (home, keyring) = (stage.home(), stage.keyring());
    let standing = wipe::begin(&home, &keyring, tombstone(Target::Workstation)).unwrap();
    assert!(opens(home.path(), ANA), "the tombstone alone destroys nothing");
    let _ = wipe::run(&home, &keyring, &standing, &[]);
    assert!(matches!(wipe::finish(&home, &keyring, &standing), Err(StoreError::Missing(_))));
    assert!(keyring.get(&home.workstation_keyring_name(WorkstationItem::Key)).unwrap().is_some());
    assert_eq!(wipe::pending(&home).unwrap(), [standing]);
}
