//! Does a wipe ever reach outside the home and the paths it was given, whatever lies in them? Random trees with links to everywhere.
#![cfg(unix)]

use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};

use proptest::prelude::*;
use sotto_protocol::AccountId;
use sotto_store::home::KeyringItem;
use sotto_store::wipe::{self, Kind, Target};
use sotto_store::{Home, Keyring};

use crate::stage::{ANA, BEN, contents, contents_of, tombstone};

/// What somebody put somewhere.
#[derive(Debug, Clone)]
enum Planted {
    File,
    Folder,
    /// A link to one of [`Ground::ends`].
    Link(usize),
}

/// Names that mean something to the store, and others.
const NAMES: [&str; 10] =
    ["vault.key", "vault.key.new", "pin.key", "vault.db", "vault.db-wal", "attempts", "a", "b", "..c", "workstation.json.new"];

/// Two levels of folders around the home, so that what is above it is the test's own too.
struct Ground {
    root: tempfile::TempDir,
}

impl Ground {
    fn new() -> Self {
        let ground = Self { root: tempfile::tempdir().unwrap() };
        for folder in ["outside/folder", "around/logs", "around/home/webview", "around/home/other"] {
            fs::create_dir_all(ground.at(folder)).unwrap();
        }
        for file in ["outside/file", "outside/folder/file", "outside/folder/vault.key", "around/file", "around/home/other/file"] {
            fs::write(ground.at(file), file).unwrap();
        }
        symlink(ground.at("around"), ground.at("linked")).unwrap();
        let home = Home::open(&ground.at("around/home")).unwrap();
        for account in [ANA, BEN] {
            let folder = home.make_account(account).unwrap();
            for name in ["vault.key", "pin.key", "vault.db", "attempts"] {
                fs::write(folder.join(name), name).unwrap();
            }
            fs::create_dir(folder.join("attachments")).unwrap();
        }
        ground
    }

    fn at(&self, path: &str) -> PathBuf {
        self.root.path().join(path)
    }

    fn folder(&self, account: AccountId) -> PathBuf {
        self.at("around/home/accounts").join(account.to_string())
    }

    /// Where links lead.
    fn ends(&self) -> [PathBuf; 9] {
        let (ana, ben) = (self.folder(ANA), self.folder(BEN));
        let outside = [self.at("outside/file"), self.at("outside/folder"), self.at("outside"), self.at("nothing")];
        let [file, folder, all, nothing] = outside;
        [file, folder, all, nothing, ben.join("vault.key"), ben, ana, self.at("around/home"), PathBuf::from("../../../..")]
    }

    /// Where things are planted: all of it is the target's.
    fn places(&self) -> [PathBuf; 4] {
        [self.folder(ANA), self.folder(ANA).join("attachments"), self.at("around/logs"), self.at("around/home/webview")]
    }

    fn plant(&self, place: usize, name: usize, planted: &Planted) {
        let places = self.places();
        let path = places[place % places.len()].join(NAMES[name % NAMES.len()]);
        if path.symlink_metadata().is_ok() {
            return;
        }
        match planted {
            Planted::File => fs::write(path, b"planted").unwrap(),
            Planted::Folder => fs::create_dir(path).unwrap(),
            Planted::Link(end) => symlink(&self.ends()[end % self.ends().len()], path).unwrap(),
        }
    }

    /// Paths that a wipe is given by mistake.
    fn wrong(&self) -> Vec<PathBuf> {
        let names = ["around", "around/home", "around/home/", "around/home/..", "around/home/accounts", "around/home/wipe", "."];
        let more =
            ["around/home/Home.id", "around/home/workstation.json", "linked/home", "around/logs/../../outside", "linked/home/accounts"];
        let mut wrong: Vec<_> = names.iter().chain(&more).map(|name| self.at(name)).collect();
        wrong.extend([self.folder(BEN), self.folder(BEN).join("vault.key"), PathBuf::from("relative"), PathBuf::from("..")]);
        wrong
    }

    /// Everything that no wipe of ANA may change.
    fn others(&self) -> Vec<std::collections::BTreeMap<PathBuf, crate::stage::Thing>> {
        let own = |path: &Path| path.starts_with(self.at("around/home/wipe")) || path.ends_with("INSECURE-KEYRING");
        let targets = self.places();
        let rest = contents(&self.at("around")).into_iter();
        let rest = rest.filter(|(path, _)| !own(path) && !targets.iter().any(|place| path.starts_with(place))).collect();
        vec![contents_of(&self.at("outside")), contents_of(&self.folder(BEN)), rest]
    }
}

fn planted() -> impl Strategy<Value = Planted> {
    prop_oneof![Just(Planted::File), Just(Planted::Folder), (0..9_usize).prop_map(Planted::Link)]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_outside_is_touched_and_nothing_inside_is_left(
        things in proptest::collection::vec((0..4_usize, 0..10_usize, planted()), 0..24),
        replaced in proptest::collection::vec((0..4_usize, 0..9_usize), 0..3),
        wrong in proptest::sample::subsequence((0..16_usize).collect::<Vec<_>>(), 0..16),
        through_link: bool,
    ) {
        let ground = Ground::new();
        for (name, end) in &replaced {
            // A file of the store itself is a link now.
            let path = ground.folder(ANA).join(["vault.key", "pin.key", "vault.db", "attempts"][*name]);
            fs::remove_file(&path).unwrap();
            symlink(&ground.ends()[*end], &path).unwrap();
        }
        things.iter().for_each(|(place, name, planted)| ground.plant(*place, *name, planted));
        let path = if through_link { ground.at("linked/home") } else { ground.at("around/home") };
        let (home, keyring) = (Home::open(&path).unwrap(), Keyring::insecure_file(&path).unwrap());
        keyring.set(&home.keyring_name(BEN, KeyringItem::KDev), b"ben").unwrap();
        keyring.set(&home.keyring_name(ANA, KeyringItem::KDev), b"ana").unwrap();
        let before = ground.others();
        let mut extra: Vec<_> = wrong.iter().map(|place| ground.wrong()[*place].clone()).collect();
        extra.extend([ground.at("around/logs"), path.join("webview")]);
        let standing = wipe::begin(&home, &keyring, tombstone(Target::Account(ANA))).unwrap();
        let destroyed = wipe::run(&home, &keyring, &standing, &extra);
        prop_assert_eq!(ground.others(), before);
        for place in ground.places() {
            prop_assert!(place.symlink_metadata().is_err(), "{} is there", place.display());
        }
        let refused: u32 = destroyed.lines.iter().filter(|line| line.kind == Kind::Refused).map(|line| line.left).sum();
        prop_assert_eq!(refused as usize, wrong.len());
        prop_assert!(destroyed.lines.iter().all(|line| line.left == 0 || line.kind == Kind::Refused), "{:?}", destroyed);
        prop_assert!(keyring.get(&home.keyring_name(ANA, KeyringItem::KDev)).unwrap().is_none());
        prop_assert!(keyring.get(&home.keyring_name(BEN, KeyringItem::KDev)).unwrap().is_some());
    }
}

#[test]
fn a_link_in_the_place_of_folders_is_unlinked_and_nothing_behind_it_goes() {
    for target in [Target::Account(ANA), Target::Workstation] {
        let ground = Ground::new();
        let (home, keyring) = (Home::open(&ground.at("around/home")).unwrap(), Keyring::insecure_file(&ground.at("around/home")).unwrap());
        fs::rename(home.account(ANA), ground.at("outside/ana")).unwrap();
        symlink(ground.at("outside/ana"), home.account(ANA)).unwrap();
        let before = contents(&ground.at("outside"));
        let standing = wipe::begin(&home, &keyring, tombstone(target)).unwrap();
        let destroyed = wipe::run(&home, &keyring, &standing, &[]);
        assert!(destroyed.is_complete() && destroyed.lines.iter().any(|line| line.kind == Kind::Link && line.destroyed == 1));
        assert_eq!(contents(&ground.at("outside")), before);
        assert!(home.account(ANA).symlink_metadata().is_err());
    }
}

#[test]
fn a_link_in_the_place_of_all_folders_is_said_and_goes_with_the_workstation() {
    let ground = Ground::new();
    let (home, keyring) = (Home::open(&ground.at("around/home")).unwrap(), Keyring::insecure_file(&ground.at("around/home")).unwrap());
    fs::rename(home.accounts(), ground.at("outside/accounts")).unwrap();
    symlink(ground.at("outside/accounts"), home.accounts()).unwrap();
    keyring.set(&home.keyring_name(ANA, KeyringItem::KDev), b"ana").unwrap();
    let before = contents(&ground.at("outside"));
    let standing = wipe::begin(&home, &keyring, tombstone(Target::Account(ANA))).unwrap();
    let destroyed = wipe::run(&home, &keyring, &standing, &[]);
    assert!(destroyed.lines.iter().any(|line| line.kind == Kind::Link && line.left == 1) && destroyed.is_unreadable());
    assert!(keyring.get(&home.keyring_name(ANA, KeyringItem::KDev)).unwrap().is_none());
    let all = wipe::begin(&home, &keyring, tombstone(Target::Workstation)).unwrap();
    let destroyed = wipe::run(&home, &keyring, &all, &[]);
    assert!(destroyed.is_complete() && destroyed.accounts == 2, "people behind the link are known: {destroyed:?}");
    assert_eq!(contents(&ground.at("outside")), before);
}
