//! Does a wipe that is ordered while a vault of an older build is being migrated end in a receipt, also where the app is killed -9 there?

use rustix::process::Signal;
use sotto_crypto::Secret32;
use sotto_crypto::vault_key::{Opener, derive_db_key, derive_kek, unwrap_vmk};
use sotto_journeys::terminal::PASSWORD;
use sotto_journeys::{Clinic, Terminal};
use sotto_sqlcipher::{Mode, open, truncate_wal, version};
use sotto_store::home::KeyringItem;
use sotto_store::{Connection, Home, Key, Keyring, VaultFile, vault};

use super::hearing::{Hearing, KEYS_GONE, LAST, RECEIPT, STEPS, place, wait};
use super::ordered::{Ordered, steal};
use crate::kill::has_open;

/// The schema of the older build, and of this one. With a migration more, what it makes is to be taken back in [`OLDER`] too.
const VERSIONS: [usize; 2] = [4, 7];
/// Takes back what the migrations after the fourth made.
const OLDER: &str = "
BEGIN IMMEDIATE;
DELETE FROM meta WHERE key = 'search_version';
DROP INDEX thread_oldest;
ALTER TABLE thread DROP COLUMN read_turn;
ALTER TABLE thread DROP COLUMN oldest_at;
ALTER TABLE thread DROP COLUMN oldest_seq;
PRAGMA user_version = 4;
COMMIT;
";
/// How the share in the keyring begins: an array of three (CBOR), of which the first is the share's 32 bytes.
const SHARE_HEAD: [u8; 3] = [0x83, 0x58, 0x20];

/// Nora's locked machine, whose vault an older build has left.
struct Older {
    clinic: Clinic,
    machine: Terminal,
    account: String,
    key: Key,
}

impl Older {
    fn leave() -> Self {
        let clinic = Clinic::found().unwrap();
        let machine = clinic.let_in("ward").unwrap();
        let account = clinic.enrol_at(&machine, "Nora Nurse", "RN").unwrap();
        machine.run(&["unlock"]).unwrap();
        machine.run(&["thread", "new", "--with", "Nora Nurse", "--title", "Labs"]).unwrap();
        machine.run(&["lock"]).unwrap();
        let key = derive_key(&machine, &account);
        let older = Self { clinic, machine, account, key };
        let vault = older.vault_of(&older.machine);
        assert_eq!(version(&vault).unwrap(), VERSIONS[1]);
        vault.execute_batch(OLDER).unwrap();
        truncate_wal(&vault).unwrap();
        drop(vault);
        older
    }

    /// The vault on somebody's disk.
    fn vault_of(&self, whose: &Terminal) -> Connection {
        let folder = Home::open(whose.home()).unwrap().account(self.account.parse().unwrap());
        open(&folder.join(vault::FILE), &self.key, Mode::Writer).unwrap()
    }

    /// A session that is being opened, stopped at the first migration: another writer has the vault's lock, so it cannot get further.
    fn migrate(&self) -> Hearing {
        let writer = self.vault_of(&self.machine);
        writer.execute_batch("BEGIN IMMEDIATE").unwrap();
        let session = Hearing::begin_session(&self.machine);
        wait("the vault to be open", || has_open(session.id(), "vault.db-wal"));
        session.signal(Signal::STOP);
        drop(writer);
        // As a power cut would leave it now: not migrated, and it opens, which migrates it.
        let image = steal(&self.clinic, &self.machine);
        assert_eq!(version(&self.vault_of(&image)).unwrap(), VERSIONS[0], "the migration is not over");
        assert_eq!(image.ask(&["threads"]).unwrap().status, 0, "as it is, the stolen disk opens");
        assert_eq!(version(&self.vault_of(&image)).unwrap(), VERSIONS[1], "this build migrates what the older one left");
        session
    }

    fn order(self) -> Ordered {
        let ordered = Ordered::give(self.clinic, self.machine);
        assert!(ordered.has_k_dev(), "there is something to wipe");
        // It has not heard it: nobody says that it is wiped.
        ordered.look_while_off("begun");
        ordered
    }
}

/// The vault's key, as the right password and both halves give it: the machine's, and the server's within its lease.
fn derive_key(machine: &Terminal, account: &str) -> Key {
    let (home, keyring) = (Home::open(machine.home()).unwrap(), Keyring::insecure_file(machine.home()).unwrap());
    let kept = |item| keyring.get(&home.keyring_name(account.parse().unwrap(), item)).unwrap().unwrap();
    let (k_dev, share) = (kept(KeyringItem::KDev), kept(KeyringItem::Share));
    assert_eq!(share.as_bytes()[..3], SHARE_HEAD);
    let [k_dev, share] = [k_dev.as_bytes(), &share.as_bytes()[3..35]].map(|half| Secret32::from_slice(half).unwrap());
    let file = VaultFile::load(&home.account(account.parse().unwrap()), Opener::Password).unwrap();
    let binding = &file.binding;
    let kek = derive_kek(Opener::Password, PASSWORD.as_bytes(), &file.salt, &k_dev, &share, &binding.ids, &binding.params).unwrap();
    let (key, salt) = derive_db_key(&unwrap_vmk(Opener::Password, &kek, &file.wrapped, binding).unwrap());
    Key::new(*key.as_bytes(), salt)
}

/// The app is killed in the migration, and after each step of the wipe that it hears when it is started again.
#[test]
fn a_machine_that_is_killed_in_a_migration_is_wiped_also_through_a_kill_after_each_step() {
    let older = Older::leave();
    let session = older.migrate();
    let ordered = older.order();
    session.signal(Signal::KILL);
    assert_eq!(session.hear_out(), None, "it had not heard of the wipe");
    let mut ordered = ordered.keep();
    let came: Vec<usize> = STEPS.iter().map(|step| ordered.live(step)).collect();
    // A kill comes a little after its step; that it comes after the whole wipe is the exception.
    assert!(came.iter().filter(|last| **last < place(RECEIPT)).count() >= 3, "the kills came too late: {came:?}");
}

/// The app goes on with the migration, hears the order right after it, and is killed when the keys are gone, and once more.
#[test]
fn a_machine_that_goes_on_migrating_is_wiped_through_two_kills() {
    let older = Older::leave();
    let session = older.migrate();
    let ordered = older.order();
    session.signal(Signal::CONT);
    // The server's word that the account is out here may come first, and end the session before it hears why.
    if let Some(last) = session.kill_after(KEYS_GONE) {
        ordered.look_while_off(&last);
    }
    let control = ordered.machine.command_without(&["control"]).unwrap();
    // Nothing is said where the first kill came after the end.
    let again = Hearing::start(control).kill_after("accounts").unwrap_or_else(|| LAST.to_owned());
    ordered.look_while_off(&again);
    ordered.come_back();
}
