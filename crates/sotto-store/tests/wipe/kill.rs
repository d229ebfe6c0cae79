//! Does a wipe that is killed at any moment always come to the same end, and does the right password ever open a vault after its second step?

use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStderr, Command, Stdio};
use std::sync::Mutex;
use std::time::{Duration, Instant};

use sotto_crypto::vault_key::Opener;
use sotto_protocol::{AccountId, cbor};
use sotto_store::home::{KeyringItem, WorkstationItem};
use sotto_store::wipe::{self, Target};
use sotto_store::{Home, Keyring, StoreError, VaultFile};

use crate::stage::{ANA, BEN, Stage, Thing, contents_of, entries, opens, tombstone};

/// The stage's folder; whoever has it in the environment is the child.
const FOLDER: &str = "SOTTO_TEST_WIPE_FOLDER";
/// What the child wipes: `workstation` or `account`.
const TARGET: &str = "SOTTO_TEST_WIPE_TARGET";
/// After how many steps the child waits to be killed.
const STOP: &str = "SOTTO_TEST_WIPE_STOP";
/// Runs in the normal suite.
const RUNS: u32 = 200;

// What the child says, a line each, beside the steps.
const READY: &str = "ready";
const STOPPED: &str = "stopped";
/// The second step.
const KEYS_GONE: &str = "keyring entries";
/// Until the receipt.
const ORDER: [&str; 9] = ["begun", "keys counted", KEYS_GONE, "key files", "files counted", "accounts", "extra", "names", "scanned"];

/// A small generator (xorshift64*), so that a run can be repeated from its seed: `SOTTO_KILL_SEED`.
struct Chance(u64);

impl Chance {
    fn next(&mut self, below: u64) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) % below.max(1)
    }
}

/// Writes the wipe's steps to standard error as they are over, and waits for its end after one of them.
struct Steps {
    stop: u64,
    said: Mutex<u64>,
}

struct StepName(String);

impl tracing::field::Visit for StepName {
    fn record_debug(&mut self, _: &tracing::field::Field, _: &dyn std::fmt::Debug) {}

    fn record_str(&mut self, field: &tracing::field::Field, value: &str) {
        if field.name() == "step" {
            value.clone_into(&mut self.0);
        }
    }
}

impl tracing::Subscriber for Steps {
    fn enabled(&self, about: &tracing::Metadata<'_>) -> bool {
        about.target().starts_with("sotto_store::wipe")
    }

    fn new_span(&self, _: &tracing::span::Attributes<'_>) -> tracing::span::Id {
        tracing::span::Id::from_u64(1)
    }

    fn record(&self, _: &tracing::span::Id, _: &tracing::span::Record<'_>) {}
    fn record_follows_from(&self, _: &tracing::span::Id, _: &tracing::span::Id) {}
    fn enter(&self, _: &tracing::span::Id) {}
    fn exit(&self, _: &tracing::span::Id) {}

    fn event(&self, event: &tracing::Event<'_>) {
        let mut name = StepName("-".into());
        event.record(&mut name);
        say(&name.0);
        let mut said = self.said.lock().unwrap();
        *said += 1;
        if *said == self.stop {
            say(STOPPED);
            loop {
                std::thread::park();
            }
        }
    }
}

/// Standard error is no test's output and has no buffer.
fn say(word: &str) {
    std::io::stderr().write_all(format!("{word}\n").as_bytes()).unwrap();
}

/// What the client does at a start and when the command comes: goes on with what stands, or begins. `delivered` is the server.
fn carry_out(folder: &Path, target: Target) {
    let home = Home::open(&folder.join("home")).unwrap();
    let keyring = Keyring::insecure_file(home.path()).unwrap();
    let delivered = folder.join("delivered");
    let standing = match wipe::pending(&home).unwrap().pop() {
        Some(standing) => standing,
        None if delivered.exists() => return,
        None => wipe::begin(&home, &keyring, tombstone(target)).unwrap(),
    };
    let receipt = wipe::load_receipt(&home, &standing).unwrap().unwrap_or_else(|| {
        let destroyed = wipe::run(&home, &keyring, &standing, &extra(folder));
        assert!(destroyed.is_complete(), "{destroyed:?}");
        let receipt = cbor::encode(&destroyed);
        wipe::store_receipt(&home, &standing, &receipt).unwrap();
        receipt
    });
    fs::write(&delivered, receipt).unwrap();
    wipe::finish(&home, &keyring, &standing).unwrap();
}

fn extra(folder: &Path) -> [PathBuf; 2] {
    [folder.join("home/webview"), folder.join("logs")]
}

fn target_of(word: &str) -> Target {
    if word == "workstation" { Target::Workstation } else { Target::Account(ANA) }
}

fn child(folder: &Path) {
    let stop = std::env::var(STOP).unwrap().parse().unwrap();
    tracing::subscriber::set_global_default(Steps { stop, said: Mutex::default() }).unwrap();
    say(READY);
    carry_out(folder, target_of(&std::env::var(TARGET).unwrap()));
}

fn start(test: &str, stage: &Stage, word: &str, stop: u64) -> (Child, BufReader<ChildStderr>) {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", test, "--include-ignored", "--test-threads", "1"]);
    command.env(FOLDER, stage.folder.path()).env(TARGET, word).env(STOP, stop.to_string());
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
    let out = BufReader::new(child.stderr.take().unwrap());
    (child, out)
}

/// The words until one of them, or the end.
fn read_until(out: &mut BufReader<ChildStderr>, word: Option<&str>) -> Vec<String> {
    let mut said = Vec::new();
    for line in out.lines() {
        let line = line.unwrap();
        let is_it = Some(line.as_str()) == word;
        said.push(line);
        if is_it {
            break;
        }
    }
    said
}

/// How a wipe that nobody kills goes: what its end is, how many steps it has, how long it takes.
struct Reference {
    word: &'static str,
    end: std::collections::BTreeMap<PathBuf, Thing>,
    steps: u64,
    cost: Duration,
}

impl Reference {
    fn play(test: &str, word: &'static str) -> Self {
        let stage = Stage::new();
        let (mut process, mut out) = start(test, &stage, word, 0);
        assert_eq!(read_until(&mut out, Some(READY)), [READY]);
        let started = Instant::now();
        let said = read_until(&mut out, None);
        let cost = started.elapsed();
        assert!(process.wait().unwrap().success(), "{said:?}");
        let steps: Vec<_> = said.iter().filter(|word| *word != "-").collect();
        let ends: &[&str] = if word == "workstation" { &["receipt", "marker", "key", "tombstone"] } else { &["receipt", "tombstone"] };
        assert_eq!(steps, [ORDER.as_slice(), ends].concat(), "the order of the design");
        Self { word, end: contents_of(stage.folder.path()), steps: said.len() as u64, cost }
    }

    fn victims(&self) -> &'static [AccountId] {
        if self.word == "workstation" { &[ANA, BEN] } else { &[ANA] }
    }

    /// One wipe with its kills: the first at that step, or anywhere; up to two more anywhere. Returns whether the first left vaults that open.
    fn play_killed(&self, test: &str, step: Option<u64>, chance: &mut Chance) -> bool {
        let stage = Stage::new();
        let other = (contents_of(&stage.home().account(BEN)), entries(&stage.home(), &stage.keyring(), BEN));
        let opened = self.kill(test, &stage, step, chance);
        for _ in 0..chance.next(3) {
            self.kill(test, &stage, None, chance);
        }
        carry_out(stage.folder.path(), target_of(self.word));
        assert_eq!(contents_of(stage.folder.path()), self.end, "every byte is the same, the list's too: {step:?}");
        if self.word == "account" {
            assert_eq!((contents_of(&stage.home().account(BEN)), entries(&stage.home(), &stage.keyring(), BEN)), other);
        }
        let (home, keyring) = (stage.home(), stage.keyring());
        for victim in self.victims() {
            assert!(entries(&home, &keyring, *victim).iter().all(Option::is_none));
        }
        opened
    }

    fn kill(&self, test: &str, stage: &Stage, step: Option<u64>, chance: &mut Chance) -> bool {
        let (mut child, mut out) = start(test, stage, self.word, step.unwrap_or(0));
        let mut said = if step.is_some() {
            read_until(&mut out, Some(STOPPED))
        } else {
            let said = read_until(&mut out, Some(READY));
            // Not a wait for something: the moment of the kill is what is random here.
            std::thread::sleep(Duration::from_nanos(chance.next(u64::try_from(self.cost.as_nanos()).unwrap())));
            said
        };
        child.kill().unwrap();
        child.wait().unwrap();
        said.extend(read_until(&mut out, None));
        assert!(step.is_none() || said.iter().any(|word| word == STOPPED), "{said:?}");
        self.look_between(stage, &said)
    }

    /// What holds after a kill. Returns whether a vault of the target opens for somebody who takes the tombstones away.
    fn look_between(&self, stage: &Stage, said: &[String]) -> bool {
        let (home, keyring) = (stage.home(), stage.keyring());
        let standing = wipe::pending(&home).unwrap();
        let has = |name: &str| keyring.get(name).unwrap().is_some();
        assert!(has(&home.workstation_keyring_name(WorkstationItem::Key)) || wipe::load_wiped(&home).unwrap().is_some(), "no receipt");
        let mut opened = false;
        for victim in self.victims() {
            if !standing.is_empty() {
                assert!(matches!(VaultFile::load(&home.account(*victim), Opener::Password), Err(StoreError::Wiped)));
            }
            let passed = said.iter().any(|word| word == KEYS_GONE);
            // A key that is there tells already that its vault opens; deriving each time would take minutes.
            if passed || !has(&home.keyring_name(*victim, KeyringItem::KDev)) {
                assert!(!opens(home.path(), *victim), "the right password opens after {said:?}");
            } else {
                opened = true;
            }
        }
        opened
    }
}

fn kill_and_resume(test: &str, runs: u32) {
    if let Some(folder) = std::env::var_os(FOLDER) {
        return child(Path::new(&folder));
    }
    let seed = std::env::var("SOTTO_KILL_SEED").ok().and_then(|seed| seed.parse().ok());
    let seed = seed.unwrap_or(u64::from(std::process::id()) << 20 | 1);
    eprintln!("wipe: SOTTO_KILL_SEED={seed}");
    let (mut chance, started) = (Chance(seed), Instant::now());
    assert!(opens(&Stage::new().path(), ANA), "the right password opens before");
    // The quickest of three: a machine that is busy with something else must not move every kill behind the end.
    let quickest = |word| (0..3).map(|_| Reference::play(test, word)).min_by_key(|reference| reference.cost).unwrap();
    let references = ["workstation", "account"].map(quickest);
    let boundaries = references.iter().flat_map(|reference| (1..=reference.steps).map(move |step| (reference, Some(step))));
    let anywhere = references.iter().cycle().map(|reference| (reference, None));
    let (mut opened, mut closed) = (0, 0);
    for (reference, step) in boundaries.chain(anywhere).take(runs as usize) {
        let counted = if reference.play_killed(test, step, &mut chance) { &mut opened } else { &mut closed };
        *counted += 1;
    }
    let steps = references.each_ref().map(|reference| reference.steps);
    eprintln!(
        "wipe: {runs} runs in {:?}, {steps:?} boundaries, keys there after {opened} first kills, gone after {closed}",
        started.elapsed()
    );
    assert!(runs > steps.iter().map(|steps| *steps as u32).sum(), "every boundary is met");
    // The boundaries before the last K_dev goes, and those after it.
    assert!(opened >= 5 && closed >= 45, "the kills came too early or too late");
}

#[test]
fn a_wipe_that_is_killed_comes_to_the_same_end() {
    kill_and_resume("kill::a_wipe_that_is_killed_comes_to_the_same_end", RUNS);
}

#[test]
#[ignore = "many minutes"]
fn a_wipe_that_is_killed_two_thousand_times() {
    kill_and_resume("kill::a_wipe_that_is_killed_two_thousand_times", 10 * RUNS);
}
