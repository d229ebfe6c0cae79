//! What do the wipe's tests play on? A workstation with two people's vaults, real ones, which the right password opens.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use serde_bytes::{ByteArray, ByteBuf};
use sotto_crypto::vault_key::{KdfParams, Opener, VaultIds, derive_db_key, derive_kek, unwrap_vmk, wrap_vmk};
use sotto_crypto::{OsRandom, Secret32};
use sotto_protocol::key::VerifyKey;
use sotto_protocol::statement::WorkstationKind;
use sotto_protocol::{AccountId, OrgId, WorkstationId};
use sotto_store::attempts::Attempts;
use sotto_store::home::{KeyringItem, WorkstationItem};
use sotto_store::wipe::{Target, Tombstone};
use sotto_store::workstation_file::{LockedSession, Tile};
use sotto_store::{Home, Key, Keyring, Vault, VaultFile, WorkstationFile};

/// Who is wiped.
pub const ANA: AccountId = AccountId::from_bytes([0xa; 16]);
/// Who works at the same machine.
pub const BEN: AccountId = AccountId::from_bytes([0xb; 16]);
pub const PASSWORD: &[u8] = b"four words that hold";
/// The server's half.
const SHARE: [u8; 32] = [9; 32];
const ORG: OrgId = OrgId::from_bytes([1; 16]);
const WORKSTATION: WorkstationId = WorkstationId::from_bytes([2; 16]);

/// A folder with a home in it, and things beside it.
pub struct Stage {
    pub folder: tempfile::TempDir,
}

impl Stage {
    /// A copy of one that was made once: deriving keys takes its time.
    pub fn new() -> Self {
        static TEMPLATE: OnceLock<Stage> = OnceLock::new();
        let folder = tempfile::tempdir().unwrap();
        copy(TEMPLATE.get_or_init(Self::make).folder.path(), folder.path());
        Self { folder }
    }

    fn make() -> Self {
        let stage = Self { folder: tempfile::tempdir().unwrap() };
        fs::create_dir(stage.path()).unwrap();
        let (home, keyring) = (stage.home(), stage.keyring());
        keyring.set(&home.workstation_keyring_name(WorkstationItem::Key), &[3; 32]).unwrap();
        keyring.set(&home.workstation_keyring_name(WorkstationItem::Secret), &[4; 32]).unwrap();
        let root = VerifyKey::from_bytes([5; 32]);
        let mut file = WorkstationFile::new("https://a".into(), vec![6; 9], root, ORG, WORKSTATION, WorkstationKind::Shared);
        for (account, name) in [(ANA, "Ana Ruiz"), (BEN, "Ben Okoro")] {
            make_person(&home, &keyring, account);
            file.tiles.push(Tile { account, name: name.into(), title: "RN".into(), shut_out: None });
        }
        file.locked = Some(LockedSession { account: ANA, since: 7, draft_kept: true });
        (file.last_account, file.language) = (Some(ANA), Some("es".into()));
        file.store(&home).unwrap();
        for path in stage.extra() {
            fs::create_dir_all(path.join("deep")).unwrap();
            fs::write(path.join("deep/cache"), b"cached").unwrap();
        }
        stage
    }

    /// The home's folder.
    pub fn path(&self) -> PathBuf {
        self.folder.path().join("home")
    }

    pub fn home(&self) -> Home {
        Home::open(&self.path()).unwrap()
    }

    pub fn keyring(&self) -> Keyring {
        Keyring::insecure_file(&self.path()).unwrap()
    }

    /// What the window's part of the program keeps: in the home, and elsewhere.
    pub fn extra(&self) -> [PathBuf; 2] {
        [self.path().join("webview"), self.folder.path().join("logs")]
    }
}

/// All that the keyring and an account's folder keep of a person.
fn make_person(home: &Home, keyring: &Keyring, account: AccountId) {
    let folder = home.make_account(account).unwrap();
    let k_dev = Secret32::generate(&mut OsRandom::new());
    for item in KeyringItem::ALL {
        keyring.set(&home.keyring_name(account, item), &[item as u8; 40]).unwrap();
    }
    keyring.set(&home.keyring_name(account, KeyringItem::KDev), k_dev.as_bytes()).unwrap();
    for opener in [Opener::Password, Opener::Pin] {
        Attempts::new(home, account, opener, keyring.clone()).create().unwrap();
    }
    let binding = VaultFile::binding(VaultIds { org: ORG, account, workstation: WORKSTATION }, KdfParams::FLOOR, None);
    let (salt, vmk) = ([8; 16], Secret32::generate(&mut OsRandom::new()));
    let kek = derive_kek(Opener::Password, PASSWORD, &salt, &k_dev, &Secret32::from_bytes(SHARE), &binding.ids, &KdfParams::FLOOR).unwrap();
    let wrapped = wrap_vmk(Opener::Password, &kek, &vmk, &binding, &mut OsRandom::new());
    let file = VaultFile { binding, salt: ByteArray::new(salt), wrapped: ByteBuf::from(wrapped) };
    file.store(&folder, Opener::Password).unwrap();
    file.store(&folder, Opener::Pin).unwrap();
    drop(Vault::create(&folder, &database_key(&vmk)).unwrap());
    fs::create_dir(folder.join("attachments")).unwrap();
    for number in 0..5 {
        fs::write(folder.join(format!("attachments/{number}")), [number; 100]).unwrap();
    }
}

fn database_key(vmk: &Secret32) -> Key {
    let (key, salt) = derive_db_key(vmk);
    Key::new(*key.as_bytes(), salt)
}

/// Whether the right password opens a person's vault in that home with the server's half, as signing in does it. A thief who takes the
/// tombstones away is no obstacle: it is tried on a copy without them.
pub fn opens(path: &Path, account: AccountId) -> bool {
    let copied = tempfile::tempdir().unwrap();
    copy(path, copied.path());
    let _ = fs::remove_dir_all(copied.path().join("wipe"));
    let (home, keyring) = (Home::open(copied.path()).unwrap(), Keyring::insecure_file(copied.path()).unwrap());
    open(&home, &keyring, account).is_some()
}

/// The vault, for the right password.
pub fn open(home: &Home, keyring: &Keyring, account: AccountId) -> Option<Vault> {
    let file = VaultFile::load(&home.account(account), Opener::Password).ok()?;
    let k_dev = Secret32::from_slice(keyring.get(&home.keyring_name(account, KeyringItem::KDev)).unwrap()?.as_bytes())?;
    let share = Secret32::from_bytes(SHARE);
    let binding = &file.binding;
    let kek = derive_kek(Opener::Password, PASSWORD, &file.salt, &k_dev, &share, &binding.ids, &binding.params).unwrap();
    let vmk = unwrap_vmk(Opener::Password, &kek, &file.wrapped, binding).ok()?;
    Vault::open(&home.account(account), &database_key(&vmk)).ok()
}

pub fn tombstone(target: Target) -> Tombstone {
    Tombstone { command: b"signed".to_vec(), target, begun_at_ms: 1_700_000_000_000 }
}

/// What lies somewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Thing {
    Folder,
    File(Vec<u8>),
    Link(PathBuf),
}

/// Everything below a folder, byte by byte.
pub fn contents(folder: &Path) -> BTreeMap<PathBuf, Thing> {
    let mut all = BTreeMap::new();
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.unwrap().path();
        let there = path.symlink_metadata().unwrap();
        let thing = if there.is_symlink() {
            Thing::Link(fs::read_link(&path).unwrap())
        } else if there.is_dir() {
            all.extend(contents(&path));
            Thing::Folder
        } else {
            Thing::File(fs::read(&path).unwrap())
        };
        all.insert(path, thing);
    }
    all
}

/// As [`contents`], with paths below the folder.
pub fn contents_of(folder: &Path) -> BTreeMap<PathBuf, Thing> {
    contents(folder).into_iter().map(|(path, thing)| (path.strip_prefix(folder).unwrap().to_owned(), thing)).collect()
}

/// What the keyring keeps of a person.
pub fn entries(home: &Home, keyring: &Keyring, account: AccountId) -> Vec<Option<Vec<u8>>> {
    let names = KeyringItem::ALL.map(|item| home.keyring_name(account, item));
    names.iter().map(|name| keyring.get(name).unwrap().map(|secret| secret.as_bytes().to_vec())).collect()
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &to.join(entry.file_name()));
        } else {
            fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
        }
    }
}
