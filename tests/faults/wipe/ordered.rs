//! What do the wipe's faults play on? A machine that was told to wipe itself, its disk put back for each kill, and a thief with a copy.

use std::fs;
use std::path::{Path, PathBuf};

use sotto_journeys::{Clinic, Terminal};
use sotto_store::home::KeyringItem;
use sotto_store::{Home, Keyring};

use super::hearing::{Hearing, KEYS_GONE, LAST, place};

/// What the console says of a command that nobody knows the end of, on its first day.
const UNTOLD: [&str; 3] = ["issued", "delivered", "executing"];
/// `wiped`.
pub const WIPED: i32 = 82;
/// What the right password is told of what a wipe has left: `vault_destroyed`, `second_factor_needed` (the PIN's count is gone),
/// `not_enrolled`, `vault_corrupt` (a file is written over before it goes), `vault_missing`, `keyring_missing`, `wiped`.
const CLOSED: [i32; 7] = [12, 19, 25, 51, 52, 55, WIPED];

/// A machine that was told to wipe itself and has not heard it.
pub struct Ordered {
    pub clinic: Clinic,
    pub machine: Terminal,
    /// Who had a folder there.
    accounts: Vec<String>,
    command: String,
}

impl Ordered {
    /// Gives the order, by the administrator's terminal.
    pub fn give(clinic: Clinic, machine: Terminal) -> Self {
        let folders = fs::read_dir(machine.home().join("accounts")).into_iter().flatten();
        let accounts = folders.map(|folder| folder.unwrap().file_name().into_string().unwrap()).collect();
        let name = machine.home().file_name().unwrap().to_str().unwrap();
        let command = clinic.admin.run(&["fleet", "wipe", name, "--reason", "lost"]).unwrap().text("/command").unwrap();
        Self { clinic, machine, accounts, command }
    }

    /// Keeps the disks of everybody as they are, for [`Self::put_back`].
    pub fn keep(mut self) -> Self {
        self.clinic.kill_server().unwrap();
        self.disks().iter().for_each(|disk| copy(disk, &kept(disk)));
        self
    }

    /// The server is the one of then too: it has heard no receipt.
    fn put_back(&mut self) {
        self.clinic.kill_server().unwrap();
        for disk in self.disks() {
            fs::remove_dir_all(&disk).unwrap();
            copy(&kept(&disk), &disk);
        }
        self.clinic.start_server().unwrap();
    }

    fn disks(&self) -> [PathBuf; 3] {
        [self.clinic.data(), self.clinic.admin.home().to_owned(), self.machine.home().to_owned()]
    }

    /// The same command heard once more by the same machine, killed once the step is over, and started again. Gives where the kill came.
    pub fn live(&mut self, step: &str) -> usize {
        self.put_back();
        let control = self.machine.command_without(&["control"]).unwrap();
        let last = Hearing::start(control).kill_after(step).unwrap();
        eprintln!("wipe: killed after {step:?}, and it had come to {last:?}");
        self.look_while_off(&last);
        self.come_back();
        place(&last)
    }

    /// What holds while the machine is off: nobody says that it is wiped, and the right password opens nothing from the second step on.
    pub fn look_while_off(&self, last: &str) {
        let one = self.clinic.command(&self.command).unwrap();
        let untold = one["receipt"].is_null() && one["state"].as_str().is_some_and(|state| UNTOLD.contains(&state));
        // It tells as soon as it is through, and may have done so before it was dead.
        assert!(untold || (last == LAST && one["receipt"]["complete"] == true), "after {last:?} the console says {one}");
        let status = steal(&self.clinic, &self.machine).ask(&["threads"]).unwrap().status;
        assert!(status == 0 || CLOSED.contains(&status), "after {last:?} the right password is told {status}");
        assert!(status != 0 || place(last) < place(KEYS_GONE), "the right password opens after {last:?}");
        assert!(place(last) < place(KEYS_GONE) || !self.has_k_dev(), "a key is there after {last:?}");
    }

    /// Whether the keyring has the machine's half of a vault's key, of anybody who had a folder there.
    pub fn has_k_dev(&self) -> bool {
        let path = self.machine.home();
        let (home, keyring) = (Home::open(path).unwrap(), Keyring::insecure_file(path).unwrap());
        let mut names = self.accounts.iter().map(|account| home.keyring_name(account.parse().unwrap(), KeyringItem::KDev));
        names.any(|name| keyring.get(&name).unwrap().is_some())
    }

    /// It is started again, by somebody who types the right password first: it goes on before it asks for anything, and then it tells.
    pub fn come_back(&self) {
        assert_eq!(self.machine.ask(&["threads"]).unwrap().status, WIPED);
        for gone in ["accounts", "workstation.json", "directory", "wipe"] {
            assert!(!self.machine.home().join(gone).exists(), "{gone} is still there");
        }
        assert_eq!(self.machine.ask_without(&["control", "--once"]).unwrap().status, WIPED);
        let receipt = self.clinic.receipt(&self.command).unwrap();
        assert_eq!((receipt["outcome"].as_str(), receipt["complete"].as_bool()), (Some("done"), Some(true)), "{receipt}");
    }
}

fn kept(disk: &Path) -> PathBuf {
    disk.with_extension("kept")
}

/// A folder with its files; sockets that nobody listens at are left out.
fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let (kind, to) = (entry.file_type().unwrap(), to.join(entry.file_name()));
        if kind.is_dir() {
            copy(&entry.path(), &to);
        } else if kind.is_file() {
            fs::copy(entry.path(), to).unwrap();
        }
    }
}

/// The machine's disk and keyring in the hands of somebody who takes the tombstones away and lets no server be heard.
pub fn steal(clinic: &Clinic, machine: &Terminal) -> Terminal {
    let stolen = Terminal::new(clinic.folder(), "stolen").unwrap();
    fs::remove_dir_all(stolen.home()).ok();
    copy(machine.home(), stolen.home());
    fs::remove_dir_all(stolen.home().join("wipe")).ok();
    let file = stolen.home().join("workstation.json");
    if let Ok(text) = fs::read_to_string(&file) {
        let unheard = text.replace(&clinic.url(), "https://localhost:1");
        let written_over = text.bytes().all(|byte| byte == 0);
        assert!(unheard != text || written_over, "the file names another server");
        fs::write(&file, unheard).unwrap();
    }
    stolen
}
