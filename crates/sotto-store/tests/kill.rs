//! Whether kill -9 between a guess and its result ever yields another guess: a thousand times, with real processes and real files.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use std::io::{Read as _, Write as _};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use sotto_crypto::vault_key::Opener;
use sotto_protocol::AccountId;
use sotto_store::attempts::{Attempts, PASSWORD_LIMIT, PIN_LIMIT};
use sotto_store::{Home, Keyring, StoreError, vault_key_file};

/// The folder of the child's home; whoever has it in the environment is the child.
const FOLDER: &str = "SOTTO_TEST_KILL_FOLDER";
/// What the child does with its guesses: `wrong` ones only, or each `right`.
const GUESSES: &str = "SOTTO_TEST_KILL_GUESSES";
/// The first hour that the child guesses in: later than any before.
const FROM: &str = "SOTTO_TEST_KILL_FROM";
/// Kills of each kind.
const KILLS: u32 = 1_000;
const ACCOUNT: AccountId = AccountId::from_bytes([7; 16]);
const HOUR: u64 = 3_600_000;
/// How long the child pretends to derive.
const DERIVATION: Duration = Duration::from_micros(300);

// What the child says, a byte each, before it does it.
const READY: u8 = b'r';
const DERIVES: u8 = b'd';
const SUCCEEDS: u8 = b's';
const OVER: u8 = b'x';

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

fn attempts(folder: &Path, opener: Opener) -> Attempts {
    Attempts::new(&Home::open(folder).unwrap(), ACCOUNT, opener, Keyring::insecure_file(folder).unwrap())
}

/// The child: guesses until it is killed or nothing is left. Standard error is no test's output and has no buffer.
fn guess(folder: &Path, opener: Opener) {
    let right = std::env::var(GUESSES).is_ok_and(|guesses| guesses == "right");
    let attempts = attempts(folder, opener);
    let say = |word: u8| std::io::stderr().write_all(&[word]).unwrap();
    say(READY);
    // An hour between two: the delays are not what is tried here.
    let from: u64 = std::env::var(FROM).unwrap().parse().unwrap();
    for hour in from.. {
        match attempts.begin(hour * HOUR) {
            Ok(_) => say(DERIVES),
            Err(StoreError::Destroyed | StoreError::PinDestroyed) => return say(OVER),
            Err(error) => panic!("{error}"),
        }
        // The derivation: long enough to be hit.
        let started = Instant::now();
        while started.elapsed() < DERIVATION {}
        if right {
            say(SUCCEEDS);
            attempts.succeed().unwrap();
        } else {
            let _ = attempts.fail();
        }
    }
}

/// A home with its key files, until its guesses are used up.
struct Life {
    folder: tempfile::TempDir,
    opener: Opener,
    limit: u32,
    /// Derivations that may have begun since the last success.
    derived: u32,
    /// How long a guess takes on this disk.
    cost: Duration,
    /// The hour that no child has guessed in yet.
    hour: u64,
}

impl Life {
    fn begin(opener: Opener) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let home = Home::open(folder.path()).unwrap();
        let account = home.make_account(ACCOUNT).unwrap();
        std::fs::write(account.join(vault_key_file::FILE), b"wrapped").unwrap();
        std::fs::write(account.join(vault_key_file::PIN_FILE), b"wrapped").unwrap();
        let mut life = Self { folder, opener, limit: limit(opener), derived: 0, cost: Duration::ZERO, hour: 1 };
        life.attempts().create().unwrap();
        let started = Instant::now();
        life.attempts().begin(0).unwrap();
        life.attempts().succeed().unwrap();
        life.cost = started.elapsed() / 2 + DERIVATION;
        life
    }

    fn attempts(&self) -> Attempts {
        attempts(self.folder.path(), self.opener)
    }

    fn counted(&self) -> u32 {
        self.limit - self.attempts().remaining()
    }

    /// Lets a child guess and kills it after a random time. Gives whether the guesses are over by what it said.
    fn kill_one(&mut self, test: &str, right: bool, chance: &mut Chance) -> bool {
        let before = self.counted();
        let mut child = start(self.folder.path(), test, right, self.hour);
        self.hour += 1_000;
        let mut out = child.stderr.take().unwrap();
        let mut said = vec![0];
        out.read_exact(&mut said).unwrap();
        assert_eq!(said, [READY]);
        // Half of the kills fall anywhere in two guesses, half between a guess and its result.
        let mut window = 2 * self.cost;
        if chance.next(2) == 0 && matches!(out.read(&mut said), Ok(1)) && said == [DERIVES] {
            window = DERIVATION;
        } else if said == [READY] {
            said.clear();
        }
        // Not a wait for something: the moment of the kill is what is random here.
        std::thread::sleep(Duration::from_nanos(chance.next(u64::try_from(window.as_nanos()).unwrap())));
        child.kill().unwrap();
        child.wait().unwrap();
        out.read_to_end(&mut said).unwrap();
        assert!(said.iter().all(|word| [DERIVES, SUCCEEDS, OVER].contains(word)), "{}", String::from_utf8_lossy(&said));
        let count = |word: u8| u32::try_from(said.iter().filter(|said| **said == word).count()).unwrap();
        let counted = self.counted();
        let last_success = said.iter().rposition(|word| *word == SUCCEEDS);
        self.derived = match last_success {
            // It may have been taken before or after the kill; what follows it has been.
            Some(place) => said[place..].iter().map(|word| u32::from(*word == DERIVES)).sum(),
            None => self.derived + count(DERIVES),
        };
        assert!(self.derived <= self.limit, "{} derivations after {before} counted: {:?}", self.derived, String::from_utf8(said));
        assert!(counted >= self.derived, "{counted} counted of {} derivations", self.derived);
        assert!(last_success.is_some() || counted >= before, "the count fell from {before} to {counted} without a success");
        let over = count(OVER) > 0;
        assert!(!over || counted == self.limit, "over after {counted} of {}: a kill cost more than its guess", self.limit);
        over
    }
}

fn limit(opener: Opener) -> u32 {
    match opener {
        Opener::Password => PASSWORD_LIMIT,
        Opener::Pin => PIN_LIMIT,
    }
}

fn start(folder: &Path, test: &str, right: bool, from: u64) -> Child {
    let guesses = if right { "right" } else { "wrong" };
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", test, "--test-threads", "1"]).env(FOLDER, folder).env(GUESSES, guesses);
    command.env(FROM, from.to_string());
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap()
}

fn kill_a_thousand(test: &str, opener: Opener) {
    if let Some(folder) = std::env::var_os(FOLDER) {
        return guess(Path::new(&folder), opener);
    }
    let seed = std::env::var("SOTTO_KILL_SEED").ok().and_then(|seed| seed.parse().ok());
    let seed = seed.unwrap_or(u64::from(std::process::id()) << 20 | 1);
    eprintln!("kill: SOTTO_KILL_SEED={seed}");
    let (mut chance, started) = (Chance(seed), Instant::now());
    let (mut lives, mut derivations, mut life) = (1, 0, Life::begin(opener));
    for _ in 0..KILLS {
        let right = chance.next(4) == 0;
        let before = life.derived;
        let over = life.kill_one(test, right, &mut chance);
        derivations += life.derived.saturating_sub(before);
        if over {
            assert!(!vault_key_file::exists(&Home::open(life.folder.path()).unwrap().account(ACCOUNT), opener), "the key is gone");
            (lives, life) = (lives + 1, Life::begin(opener));
        }
    }
    eprintln!("kill: {KILLS} kills in {:?}: {lives} vaults, at least {derivations} derivations", started.elapsed());
    assert!(lives > 20 && derivations > 100, "the kills came too early or too late to show anything");
}

#[test]
fn a_thousand_kills_give_no_further_guess_at_a_pin() {
    kill_a_thousand("a_thousand_kills_give_no_further_guess_at_a_pin", Opener::Pin);
}

#[test]
fn a_thousand_kills_give_no_further_guess_at_a_password() {
    kill_a_thousand("a_thousand_kills_give_no_further_guess_at_a_password", Opener::Password);
}
