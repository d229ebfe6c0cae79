//! Nothing is lost, doubled or reordered when server, sender and receiver die at any moment, by kill -9.

use std::path::Path;
use std::time::{Duration, Instant};

use sotto_journeys::{Clinic, Terminal};
use sotto_testkit::program::Process;

/// A small generator (xorshift64*), so that a run can be repeated from its seed: `SOTTO_KILL_SEED`.
struct Chance(u64);

impl Chance {
    fn next(&mut self, below: u64) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) % below
    }
}

fn setting(name: &str, default: u64) -> u64 {
    std::env::var(name).ok().and_then(|value| value.parse().ok()).unwrap_or(default)
}

/// Who is killed.
#[derive(Debug, Clone, Copy)]
enum Victim {
    Server,
    Sender,
    Receiver,
}

/// Kills of each process that make a run.
const KILLS: u64 = 20;

/// Whom each round kills: equal shares, in random order.
fn draw_victims(rounds: u64, chance: &mut Chance) -> Vec<Victim> {
    let each = [Victim::Server, Victim::Sender, Victim::Receiver].into_iter().cycle();
    let mut victims: Vec<_> = each.zip(0..rounds).map(|(victim, _)| victim).collect();
    victims.sort_by_cached_key(|_| chance.next(u64::MAX));
    victims
}

/// The three processes while they live.
struct Ward {
    clinic: Clinic,
    nurse: Terminal,
    physician: Terminal,
    thread: String,
    lines: std::path::PathBuf,
    /// How many messages the sender has to send so far.
    ready: u64,
    /// How many of them the running sender was given.
    given: u64,
    sender: Option<Process>,
    receiver: Option<Process>,
}

impl Ward {
    fn open() -> Self {
        let clinic = Clinic::found().unwrap();
        let nurse = clinic.enrol("Nora Nurse", "RN").unwrap();
        let physician = clinic.enrol("Paul Physician", "Physician").unwrap();
        let thread = nurse.run(&["thread", "new", "--with", "Paul Physician", "--title", "Night"]).unwrap().text("/row/thread").unwrap();
        let lines = clinic.folder().join("lines.txt");
        Self { clinic, nurse, physician, thread, lines, ready: 0, given: 0, sender: None, receiver: None }
    }

    /// Starts whoever is not running. The sender repeats the same command, with the lines that came since: its `--ref` makes every line
    /// go out once.
    fn revive(&mut self) {
        if self.clinic.server_id().is_none() {
            self.clinic.start_server().unwrap();
        }
        if !self.sender.as_mut().is_some_and(Process::is_running) {
            std::fs::write(&self.lines, texts(self.ready).join("\n")).unwrap();
            let lines = self.lines.display().to_string();
            let args = ["send", self.thread.as_str(), "--lines", &lines, "--ref", "night"];
            self.given = self.ready;
            self.sender = Some(self.nurse.start(&args, &self.log("sender")).unwrap());
        }
        if !self.receiver.as_mut().is_some_and(Process::is_running) {
            self.receiver = Some(self.physician.start(&["watch"], &self.log("receiver")).unwrap());
        }
    }

    /// Whether it died of this, and had not ended before.
    fn kill(&mut self, victim: Victim) -> bool {
        let mut process = match victim {
            Victim::Server => {
                self.clinic.kill_server().unwrap();
                return true;
            }
            Victim::Sender => self.sender.take().unwrap(),
            Victim::Receiver => self.receiver.take().unwrap(),
        };
        process.kill_now().unwrap();
        // Whoever ended by itself has a code.
        process.child().wait().unwrap().code().is_none()
    }

    /// Waits until a process has its vault open: what dies before that counts as a guess at the password, and is throttled as such.
    fn opened(&mut self, victim: Victim) {
        let started = Instant::now();
        let process = match victim {
            Victim::Server => return,
            Victim::Sender => self.sender.as_mut().unwrap(),
            Victim::Receiver => self.receiver.as_mut().unwrap(),
        };
        while process.is_running() && !has_open(process.id(), "vault.db-wal") {
            assert!(started.elapsed() < Duration::from_secs(60), "a vault does not open");
            std::thread::yield_now();
        }
    }

    fn log(&self, name: &str) -> std::path::PathBuf {
        self.clinic.folder().join(format!("{name}.log"))
    }

    /// Lets the sender finish, and reads what both sides have in the end.
    fn finish(mut self) {
        let started = Instant::now();
        loop {
            self.revive();
            let status = self.sender.take().unwrap().child().wait().unwrap();
            // Who runs since an earlier round has only that round's lines.
            if status.success() && self.given == self.ready {
                break;
            }
            assert!(started.elapsed() < Duration::from_secs(300), "the sender did not finish: {}", tail(&self.log("sender")));
        }
        drop(self.receiver.take());
        let expected = texts(self.ready);
        let started = Instant::now();
        loop {
            let received = self.physician.texts(&self.thread).unwrap();
            if received.len() >= expected.len() || started.elapsed() > Duration::from_secs(120) {
                same(&received, &expected, "received");
                break;
            }
        }
        same(&self.nurse.texts(&self.thread).unwrap(), &expected, "sent");
    }
}

fn texts(messages: u64) -> Vec<String> {
    (1..=messages).map(|n| format!("message {n}")).collect()
}

fn same(found: &[String], expected: &[String], what: &str) {
    let differs = found.iter().zip(expected).position(|(a, b)| a != b);
    assert_eq!(differs, None, "{what}: out of order, doubled or lost first at this index");
    assert_eq!(found.len(), expected.len(), "{what}: the number of messages");
}

/// Whether the process has a file of that name open.
pub fn has_open(pid: u32, name: &str) -> bool {
    let files = std::fs::read_dir(format!("/proc/{pid}/fd")).into_iter().flatten().flatten();
    files.filter_map(|file| std::fs::read_link(file.path()).ok()).any(|file| file.ends_with(name))
}

fn tail(path: &Path) -> String {
    let text = std::fs::read_to_string(path).unwrap_or_default();
    text.lines().rev().take(5).collect::<Vec<_>>().join(" | ")
}

/// 200 rounds by default; `SOTTO_KILL_ROUNDS` (60 at least) and `SOTTO_KILL_MESSAGES` make it longer (`cargo xtask nightly`).
#[test]
fn nothing_is_lost_doubled_or_reordered_by_kill_9() {
    let seed = setting("SOTTO_KILL_SEED", u64::from(std::process::id()) << 20 | 1);
    let (rounds, messages) = (setting("SOTTO_KILL_ROUNDS", 200), setting("SOTTO_KILL_MESSAGES", 10_000));
    eprintln!("kill: SOTTO_KILL_SEED={seed}, {rounds} rounds, {messages} messages");
    let mut chance = Chance(seed);
    let mut ward = Ward::open();
    let [mut server, mut sender, mut receiver] = [0; 3];
    for (round, victim) in (1..).zip(draw_victims(rounds, &mut chance)) {
        // Something is left to send in every round.
        ward.ready = messages * round / rounds;
        // Half of the kills come soon. Whoever ended before is started and met again.
        let mut window = if round % 2 == 0 { 60 } else { 700 };
        loop {
            ward.revive();
            ward.opened(victim);
            // Not a wait for something: the moment of the power cut is what is random here.
            std::thread::sleep(Duration::from_millis(chance.next(window)));
            if ward.kill(victim) {
                break;
            }
            window = 60;
        }
        match victim {
            Victim::Server => server += 1,
            Victim::Sender => sender += 1,
            Victim::Receiver => receiver += 1,
        }
    }
    eprintln!("kill: SOTTO_KILL_SEED={seed} killed the server {server}, the sender {sender}, the receiver {receiver} times");
    assert!([server, sender, receiver].into_iter().all(|kills| kills >= KILLS), "each is killed {KILLS} times at least");
    ward.finish();
}
