//! Does a wipe that comes while large files stream into the vault end the download, and end in a receipt, also where the app is killed -9?

use std::fs;
use std::path::Path;

use rustix::process::Signal;
use sotto_journeys::{Clinic, Terminal};
use sotto_testkit::program::Process;

use super::hearing::{Hearing, KEYS_GONE, LAST, wait};
use super::ordered::{Ordered, steal};

/// Who loses their machine: one whose program goes on, and one whose program is killed.
const NURSES: [&str; 2] = ["Nora Nurse", "Olga Nurse"];
/// The thread's files.
const FILES: [&str; 2] = ["monday.txt", "tuesday.txt"];
/// 32 bytes of them.
const LINE: &str = "Hydralazine 25 mg, before noon.\n";
/// Bytes by which a vault has grown when files stream into it.
const SOME: u64 = 8 << 20;
/// Bytes of all that a wiped machine keeps, at most: less than one part of a file.
const LEFT: u64 = 1 << 20;

/// Bytes of each file; `SOTTO_WIPE_FILE_MB` says another number, up to the 100 that a file may have.
fn bytes_of_each() -> usize {
    let asked = std::env::var("SOTTO_WIPE_FILE_MB").ok().and_then(|mb| mb.parse::<usize>().ok());
    asked.unwrap_or(32) << 20
}

/// A nurse's machine that knows of the thread's files and has nothing of them.
struct Ward {
    machine: Terminal,
    thread: String,
    /// Where in the thread the files are.
    files: Vec<String>,
}

impl Ward {
    fn arrive(machine: Terminal, thread: &str) -> Self {
        let mut files = Vec::new();
        wait("the files in the thread", || {
            let page = machine.run(&["read", thread]).unwrap();
            let messages = page.object().unwrap()["messages"].as_array().unwrap().clone();
            files = messages.iter().filter(|one| one["file"].is_object()).map(|one| one["seq"].to_string()).collect();
            files.len() == FILES.len()
        });
        Self { machine, thread: thread.to_owned(), files }
    }

    /// Lets the files stream into the vault, and stops the program in the middle of it.
    fn stream(&self, clinic: &Clinic) -> Streaming {
        let session = Hearing::start_session(&self.machine);
        let (home, log, before) = (self.machine.home(), clinic.folder().join("fetch.log"), bytes_below(self.machine.home()));
        let fetch = |seq: &String| self.machine.start(&["file", "fetch", &self.thread, seq], &log).unwrap();
        let fetching = self.files.iter().map(fetch).collect();
        wait("the files to stream", || bytes_below(home) > before + SOME);
        session.signal(Signal::STOP);
        let (here, all) = (bytes_below(home) - before, (FILES.len() * bytes_of_each()) as u64);
        eprintln!("wipe: {} of {} MB are here when it is ordered", here >> 20, all >> 20);
        assert!(here < all, "the download is over before the wipe is ordered");
        // As a power cut would leave it now.
        assert_eq!(steal(clinic, &self.machine).ask(&["threads"]).unwrap().status, 0, "as it is, the stolen disk opens");
        Streaming { session, fetching }
    }
}

/// A session that files stream into, and whoever asked for them.
struct Streaming {
    session: Hearing,
    fetching: Vec<Process>,
}

/// Bytes of everything in a folder. What goes meanwhile does not count.
fn bytes_below(folder: &Path) -> u64 {
    let entries = fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok);
    let bytes = entries.map(|entry| match entry.metadata() {
        Ok(found) if found.is_dir() => bytes_below(&entry.path()),
        Ok(found) => found.len(),
        Err(_) => 0,
    });
    bytes.sum()
}

/// A physician sends the files to both nurses, once for all.
fn share(clinic: &Clinic) -> [Ward; 2] {
    let physician = clinic.enrol("Paul Physician", "Physician").unwrap();
    let machines = NURSES.map(|name| clinic.enrol(name, "RN").unwrap());
    let [nora, olga] = NURSES;
    let new = ["thread", "new", "--with", nora, "--with", olga, "--title", "Plans"];
    let thread = physician.run(&new).unwrap().text("/row/thread").unwrap();
    for name in FILES {
        let path = clinic.folder().join(name);
        fs::write(&path, LINE.repeat(bytes_of_each() / LINE.len())).unwrap();
        physician.run(&["send", &thread, "--file", path.to_str().unwrap()]).unwrap();
    }
    machines.map(|machine| Ward::arrive(machine, &thread))
}

/// Gives the order to a machine that hears nothing at the moment, and lets it hear.
fn order(clinic: Clinic, machine: Terminal, session: &Hearing) -> Ordered {
    let ordered = Ordered::give(clinic, machine);
    // It has not heard it: nobody says that it is wiped.
    ordered.look_while_off("begun");
    session.signal(Signal::CONT);
    ordered
}

/// Nobody got the files, and nothing of them is left. Gives the clinic back.
fn end(ordered: Ordered, fetching: Vec<Process>) -> Clinic {
    for mut one in fetching {
        assert!(!one.child().wait().unwrap().success(), "a download went on to its end");
    }
    ordered.come_back();
    let left = bytes_below(ordered.machine.home());
    assert!(left < LEFT, "{left} bytes are left");
    ordered.clinic
}

/// The app does it while it runs.
fn wipe_running(clinic: Clinic, ward: Ward) -> Clinic {
    let Streaming { session, fetching } = ward.stream(&clinic);
    let ordered = order(clinic, ward.machine, &session);
    // The server's word that the account is out here may come first, and end the session before it hears why.
    let last = session.hear_out().or_else(|| Hearing::start(ordered.machine.command_without(&["control"]).unwrap()).hear_out());
    assert_eq!(last.as_deref(), Some(LAST), "nobody interrupted it");
    ordered.look_while_off(LAST);
    end(ordered, fetching)
}

/// The app is killed when the keys are gone, and once more while the vault with the chunks goes.
fn wipe_killed(clinic: Clinic, ward: Ward) -> Clinic {
    let Streaming { session, fetching } = ward.stream(&clinic);
    let ordered = order(clinic, ward.machine, &session);
    if let Some(last) = session.kill_after(KEYS_GONE) {
        ordered.look_while_off(&last);
    }
    let control = ordered.machine.command_without(&["control"]).unwrap();
    // Nothing is said where the first kill came after the end.
    let again = Hearing::start(control).kill_after("files counted").unwrap_or_else(|| LAST.to_owned());
    ordered.look_while_off(&again);
    end(ordered, fetching)
}

#[test]
fn a_machine_that_large_files_stream_into_is_wiped_also_through_two_kills() {
    let clinic = Clinic::found().unwrap();
    let [first, second] = share(&clinic);
    let clinic = wipe_running(clinic, first);
    wipe_killed(clinic, second);
}
