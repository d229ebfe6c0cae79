//! How does a test hear each step of a wipe as it is over, and kill the process there? By the log of a real `sotto`.

use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Command, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::Instant;

use rustix::process::{Pid, Signal, kill_process};
use sotto_journeys::Terminal;
use sotto_journeys::terminal::PASSWORD;
use sotto_testkit::program::Process;
use sotto_testkit::wait::PATIENCE;

/// Where in the log the steps stand.
const LOG: &str = "sotto_store::wipe";
/// The second step: from here on the right password opens nothing, whatever is done with the files that are left.
pub const KEYS_GONE: &str = "keyring entries";
/// The machine has signed what it did.
pub const RECEIPT: &str = "receipt";
/// The last step, after which the machine tells.
pub const LAST: &str = "tombstone";
/// A machine's wipe as its log tells it, each step once it is over and durable.
pub const STEPS: [&str; 13] = [
    "begun",
    "keys counted",
    KEYS_GONE,
    "key files",
    "files counted",
    "accounts",
    "extra",
    "names",
    "scanned",
    RECEIPT,
    "marker",
    "key",
    LAST,
];

/// Where in a wipe a step is.
pub fn place(step: &str) -> usize {
    STEPS.iter().position(|one| *one == step).unwrap_or_else(|| panic!("{step:?} is no step of the design"))
}

/// A `sotto` that tells its steps as they are over.
pub struct Hearing {
    process: Process,
    steps: Receiver<String>,
}

impl Hearing {
    pub fn start(mut command: Command) -> Self {
        command.env("SOTTO_LOG", format!("{LOG}=info")).stdout(Stdio::null()).stderr(Stdio::piped());
        let mut process = Process::start(&mut command).unwrap();
        let out = BufReader::new(process.child().stderr.take().unwrap());
        let (telling, steps) = mpsc::channel();
        // Such a line has nothing in quotes but the step; others are how the command ended.
        let step_in = |line: String| line.split('"').nth(1).filter(|_| line.contains(LOG)).map(str::to_owned);
        std::thread::spawn(move || out.lines().map_while(Result::ok).filter_map(step_in).try_for_each(|step| telling.send(step)));
        Self { process, steps }
    }

    /// The nurse's session: what `sotto unlock` leaves behind, with its log. Returns once it listens.
    pub fn start_session(machine: &Terminal) -> Self {
        let session = Self::begin_session(machine);
        wait("the session", || machine.home().join("agent.sock").exists());
        session
    }

    /// As [`Self::start_session`], and returns while it is being opened.
    pub fn begin_session(machine: &Terminal) -> Self {
        let mut command = machine.command_without(&["agent"]).unwrap();
        command.stdin(Stdio::piped());
        let mut session = Self::start(command);
        writeln!(session.process.child().stdin.take().unwrap(), "{PASSWORD}").unwrap();
        session
    }

    /// The process's number.
    pub fn id(&self) -> u32 {
        self.process.id()
    }

    pub fn signal(&self, signal: Signal) {
        kill_process(Pid::from_raw(i32::try_from(self.id()).unwrap()).unwrap(), signal).unwrap();
    }

    /// Kills it at once when it says that this step, or a later one, is over; or finds that it has ended. Gives the last step that it said.
    pub fn kill_after(mut self, step: &str) -> Option<String> {
        let last = self.hear_until(|said| place(said) >= place(step));
        self.process.kill_now().unwrap();
        // What it came to before it was dead.
        self.steps.iter().last().or(last)
    }

    /// Lets it go on until it ends by itself. Gives the last step that it said.
    pub fn hear_out(mut self) -> Option<String> {
        let last = self.hear_until(|_| false);
        self.process.child().wait().unwrap();
        last
    }

    /// Hears it until it says what is waited for, or has ended. Gives the last step that it said.
    fn hear_until(&self, mut is_it: impl FnMut(&str) -> bool) -> Option<String> {
        let mut last = None;
        loop {
            match self.steps.recv_timeout(PATIENCE) {
                Ok(said) => {
                    let enough = is_it(&said);
                    last = Some(said);
                    if enough {
                        break;
                    }
                }
                Err(RecvTimeoutError::Disconnected) => break,
                Err(RecvTimeoutError::Timeout) => panic!("waited in vain for what comes after {last:?}"),
            }
        }
        last
    }
}

/// Waits until it holds.
pub fn wait(what: &str, mut holds: impl FnMut() -> bool) {
    let started = Instant::now();
    while !holds() {
        assert!(started.elapsed() < PATIENCE, "waited in vain for {what}");
        std::thread::yield_now();
    }
}
