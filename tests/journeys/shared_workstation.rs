//! Two people at one machine, each with a PIN: one guesses at the other's, is cut off, and nobody loses a word.

use std::path::Path;
use std::time::{Duration, Instant};

use serde_json::Value;
use sotto_crypto::Secret32;
use sotto_crypto::vault_key::{Opener, derive_kek};
use sotto_journeys::{Clinic, Terminal};
use sotto_store::VaultFile;
use sotto_testkit::scan::{self, Canary};
use sotto_testkit::wait::PATIENCE;

const NORA: &str = "Nora Nurse";
const NILS: &str = "Nils Night";
/// `second_factor_needed`, `wrong_pin`, `pin_missing`.
const CODE_NEEDED: i32 = 19;
const WRONG_PIN: i32 = 70;
const NO_PIN: i32 = 71;

/// The machine, and files that hold what people type.
struct Ward<'a> {
    clinic: &'a Clinic,
    machine: Terminal,
}

impl Ward<'_> {
    fn file(&self, text: &str) -> String {
        let path = self.clinic.folder().join(format!("typed-{text}"));
        std::fs::write(&path, text).unwrap();
        path.display().to_string()
    }

    fn set_pin(&self, name: &str, pin: &str) -> i32 {
        self.machine.ask(&["--as", name, "pin", "set", "--new-pin-file", &self.file(pin)]).unwrap().status
    }

    fn unlock(&self, name: &str, pin: &str) -> i32 {
        self.machine.ask_without(&["--as", name, "unlock", "--pin-file", &self.file(pin)]).unwrap().status
    }

    fn lock(&self) {
        self.machine.run(&["lock"]).unwrap();
    }

    /// A person's tile, as anybody in front of the machine sees it.
    fn tile(&self, name: &str) -> Value {
        let status = self.machine.ask_without(&["status"]).unwrap();
        let people = status.object().unwrap()["workstation"]["people"].as_array().unwrap().clone();
        people.into_iter().find(|tile| tile["name"] == name).unwrap()
    }

    fn tries(&self, name: &str) -> Option<u64> {
        self.tile(name)["pin_tries_left"].as_u64()
    }

    fn folder(&self, name: &str) -> std::path::PathBuf {
        self.machine.home().join("accounts").join(self.tile(name)["account"].as_str().unwrap())
    }

    /// The background session's process.
    fn agent(&self) -> Option<u32> {
        let home = self.machine.home().display().to_string();
        let is_it = |path: &Path| {
            let line = std::fs::read(path.join("cmdline")).unwrap_or_default();
            let words: Vec<_> = line.split(|byte| *byte == 0).map(String::from_utf8_lossy).collect();
            words.get(1).is_some_and(|word| word == "agent") && words.iter().any(|word| *word == home)
        };
        let all = std::fs::read_dir("/proc").unwrap().flatten();
        all.filter(|entry| is_it(&entry.path())).find_map(|entry| entry.file_name().to_str()?.parse().ok())
    }

    /// Guesses at a PIN and dies by kill -9 between the guess and its result. Gives whether it died of that.
    fn guess_and_die(&self, name: &str, pin: &str) -> bool {
        let count = self.folder(name).join("pin.attempts");
        let before = std::fs::read(&count).unwrap();
        let args = ["--as", name, "unlock", "--pin-file", &self.file(pin)];
        let mut child = self.machine.command_without(&args).unwrap().spawn().unwrap();
        let started = Instant::now();
        while std::fs::read(&count).unwrap() == before {
            assert!(started.elapsed() < PATIENCE, "nothing was counted");
            std::thread::yield_now();
        }
        // Counted: now it derives, for some hundred milliseconds.
        let killed = self.agent().is_some_and(|pid| {
            let pid = rustix::process::Pid::from_raw(i32::try_from(pid).unwrap()).unwrap();
            rustix::process::kill_process(pid, rustix::process::Signal::KILL).is_ok()
        });
        child.wait().unwrap();
        killed
    }

    /// How long the derivation alone takes here now, with the parameters of a person's PIN.
    fn derivation(&self, name: &str) -> Duration {
        let file = VaultFile::load(&self.folder(name), Opener::Pin).unwrap();
        let half = Secret32::from_bytes([0; 32]);
        let started = Instant::now();
        derive_kek(Opener::Pin, b"314159", &file.salt, &half, &half, &file.binding.ids, &file.binding.params).unwrap();
        started.elapsed()
    }
}

#[test]
fn two_people_at_one_machine_and_somebody_who_guesses() {
    let clinic = Clinic::found().unwrap();
    let machine = clinic.let_in("ward").unwrap();
    for name in [NORA, NILS] {
        clinic.enrol_at(&machine, name, "RN").unwrap();
    }
    // Somebody at another machine, to write to: an administrator is in no thread.
    clinic.enrol("Paul Physician", "Physician").unwrap();
    let ward = Ward { clinic: &clinic, machine };
    let as_nora = |args: &[&str]| ward.machine.run(&[&["--as", NORA], args].concat()).unwrap();
    // Made at run time, so that no program's own data holds it.
    let said = Canary::new(&["potassium", "is", "six", "point", "one"].join("~"));
    let unsaid = Canary::new(&["ask", "about", "the", "second", "ECG"].join("~"));
    let thread = as_nora(&["thread", "new", "--with", "Paul Physician", "--title", "Labs"]).text("/row/thread").unwrap();
    as_nora(&["send", &thread, said.text()]);
    as_nora(&["draft", &thread, unsaid.text()]);
    let device = as_nora(&["status"]).text("/device").unwrap();

    assert_eq!(ward.unlock(NORA, "271828"), NO_PIN);
    for (pin, code) in [("27182", 72), ("272727", 73), ("654321", 74)] {
        assert_eq!(ward.set_pin(NORA, pin), code, "{pin}");
    }
    assert_eq!((ward.set_pin(NORA, "271828"), ward.set_pin(NILS, "314159")), (0, 0));
    assert_eq!((ward.tries(NORA), ward.tries(NILS)), (Some(5), Some(5)));

    switch(&ward, &thread, [&said, &unsaid]);
    guess_until_it_is_over(&ward);

    // The password alone does not do any more, and is not tried either; with a code the vault that is here opens.
    for _ in 0..4 {
        assert_eq!(ward.machine.ask(&["--as", NORA, "unlock"]).unwrap().status, CODE_NEEDED);
    }
    let said_so = ward.machine.says(&["--as", NORA, "unlock"], "C").unwrap();
    assert!(said_so.contains("with password and code (sotto sign-in LOGIN); nothing is lost"), "{said_so}");
    assert_eq!(ward.unlock(NILS, "314159"), 0, "the other one is not concerned");
    ward.lock();
    let code = ward.file(&clinic.code(NORA, 1).unwrap());
    ward.machine.run(&["sign-in", "nora.nurse", "--code-file", &code]).unwrap();
    assert_eq!(ward.tile(NORA)["second_factor_needed"], false);
    assert_eq!(as_nora(&["status"]).text("/device").unwrap(), device, "the same vault");
    assert_eq!(as_nora(&["draft", &thread]).text("/text").unwrap(), unsaid.text());
    let page = as_nora(&["read", &thread]);
    assert!(page.object().unwrap()["messages"].as_array().unwrap().iter().any(|message| message["text"] == said.text()));
    assert_eq!(ward.unlock(NORA, "271828"), NO_PIN, "the old one is gone for good");
    assert_eq!(ward.set_pin(NORA, "161803"), 0);
    assert_eq!(ward.unlock(NORA, "161803"), 0);
    ward.lock();
    as_nora(&["pin", "remove"]);
    assert_eq!((ward.unlock(NORA, "161803"), ward.tries(NORA)), (NO_PIN, None));
}

/// Back and forth: fast, and with nothing of one in the other's process or on the disk.
fn switch(ward: &Ward<'_>, thread: &str, nora: [&Canary; 2]) {
    let derivation = ward.derivation(NORA);
    let mut fastest = Duration::MAX;
    for _ in 0..3 {
        assert_eq!(ward.unlock(NORA, "271828"), 0);
        let started = Instant::now();
        ward.lock();
        assert_eq!(ward.unlock(NILS, "314159"), 0);
        fastest = fastest.min(started.elapsed());
        assert_ne!(ward.machine.ask_without(&["read", thread]).unwrap().status, 0, "it is not his");
        let agent = ward.agent().unwrap();
        for word in nora {
            assert_eq!(scan::memory(agent, word).unwrap(), [], "in his session's memory");
            assert_eq!(scan::files(ward.machine.home(), word).unwrap(), [], "in a file");
        }
        assert!(!scan::memory(std::process::id(), nora[0]).unwrap().is_empty(), "the control: the scan sees what is there");
        ward.lock();
    }
    assert!(fastest < derivation + Duration::from_secs(1), "switching took {fastest:?}, of which {derivation:?} is the derivation");
}

/// Wrong ones to the limit, one of them cut off by a power cut: it counts like the others.
fn guess_until_it_is_over(ward: &Ward<'_>) {
    assert_eq!((ward.unlock(NORA, "999999"), ward.tries(NORA)), (WRONG_PIN, Some(4)));
    assert!(ward.guess_and_die(NORA, "999998"), "the derivation was over before the kill");
    assert_eq!(ward.tries(NORA), Some(3), "the guess counts although it had no result");
    assert!(ward.guess_and_die(NORA, "271828"), "the derivation was over before the kill");
    assert_eq!(ward.tries(NORA), Some(2), "the right one as well");
    assert_eq!((ward.unlock(NORA, "999997"), ward.tries(NORA)), (WRONG_PIN, Some(1)));
    assert_eq!(ward.unlock(NORA, "999996"), CODE_NEEDED, "the last one is told what to do");
    let tile = ward.tile(NORA);
    assert_eq!((&tile["pin_tries_left"], &tile["second_factor_needed"]), (&Value::Null, &true.into()));
    assert_eq!(ward.unlock(NORA, "271828"), CODE_NEEDED);
    assert!(!ward.folder(NORA).join("pin.key").exists());
}
