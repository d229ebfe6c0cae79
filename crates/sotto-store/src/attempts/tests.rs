//! Whether guesses are counted before they are made, and what happens to whoever tampers with the count.

use super::*;
use crate::home::KeyringItem;

const HOUR: u64 = 3_600_000;
const NOW: u64 = 1_795_000_000_000;

const ACCOUNT: AccountId = AccountId::from_bytes([7; 16]);

struct Bench {
    _dir: tempfile::TempDir,
    attempts: Attempts,
}

fn bench() -> Bench {
    bench_of(Opener::Password)
}

/// A folder with both key files and both counts, and the attempts at one of them.
fn bench_of(opener: Opener) -> Bench {
    let dir = tempfile::tempdir().unwrap();
    let home = Home::open(dir.path()).unwrap();
    let folder = home.make_account(ACCOUNT).unwrap();
    let keyring = Keyring::insecure_file(dir.path()).unwrap();
    keyring.set(&home.keyring_name(ACCOUNT, KeyringItem::KPin), b"half").unwrap();
    for opener in [Opener::Password, Opener::Pin] {
        Attempts::new(&home, ACCOUNT, opener, keyring.clone()).create().unwrap();
    }
    std::fs::write(folder.join(vault_key_file::FILE), b"wrapped").unwrap();
    std::fs::write(folder.join(vault_key_file::PIN_FILE), b"wrapped").unwrap();
    Bench { _dir: dir, attempts: Attempts::new(&home, ACCOUNT, opener, keyring) }
}

impl Bench {
    fn key_is_there(&self) -> bool {
        vault_key_file::exists(&self.attempts.dir, Opener::Password)
    }

    fn pin_is_there(&self) -> bool {
        let half = self.attempts.keyring.get(&self.attempts.forgotten[0]).unwrap();
        let file = vault_key_file::exists(&self.attempts.dir, Opener::Pin);
        assert_eq!(file, half.is_some(), "the PIN's half goes with its file");
        file
    }

    fn file(&self) -> Vec<u8> {
        std::fs::read(self.attempts.file()).unwrap()
    }

    fn mirror(&self) -> Vec<u8> {
        self.attempts.keyring.get(&self.attempts.name).unwrap().unwrap().as_bytes().to_vec()
    }

    fn put_file(&self, bytes: &[u8]) {
        std::fs::write(self.attempts.file(), bytes).unwrap();
    }

    fn put_mirror(&self, bytes: &[u8]) {
        self.attempts.keyring.set(&self.attempts.name, bytes).unwrap();
    }
}

#[test]
fn delays_grow_by_the_table_and_the_tenth_failure_destroys() {
    let bench = bench();
    let mut now = NOW;
    for (failed, wanted) in [0, 0, 5, 15, 60, 300, 900, 900, 900].into_iter().enumerate() {
        assert_eq!(bench.attempts.begin(now).unwrap(), PASSWORD_LIMIT - 1 - u32::try_from(failed).unwrap());
        assert_eq!(bench.attempts.fail().unwrap().as_secs(), wanted);
        if wanted > 0 {
            let early = bench.attempts.begin(now + wanted * 1_000 - 1).unwrap_err();
            assert_eq!(early.retry_after(), Some(Duration::from_millis(1)));
        }
        now += wanted * 1_000;
    }
    assert_eq!(bench.attempts.begin(now).unwrap(), 0);
    assert!(bench.key_is_there());
    assert!(matches!(bench.attempts.fail(), Err(StoreError::Destroyed)));
    assert!(!bench.key_is_there());
    assert!(!bench.pin_is_there(), "the PIN would open the same vault");
    assert_eq!(bench.attempts.begin(now + HOUR).unwrap_err().code(), sotto_protocol::ErrorCode::VaultDestroyed);
}

#[test]
fn success_starts_the_count_anew() {
    let bench = bench();
    for _ in 0..3 {
        bench.attempts.begin(NOW).unwrap();
    }
    assert!(matches!(bench.attempts.begin(NOW), Err(StoreError::Throttled { .. })));
    bench.attempts.begin(NOW + 5_000).unwrap();
    bench.attempts.succeed().unwrap();
    assert_eq!(bench.attempts.begin(NOW + 5_000).unwrap(), PASSWORD_LIMIT - 1);
}

#[test]
fn a_kill_between_guess_and_result_has_counted() {
    let bench = bench();
    // Nobody ever says how these ended: that is what a killed process leaves.
    for failed in 0..PASSWORD_LIMIT {
        let now = NOW + u64::from(failed) * HOUR;
        assert_eq!(bench.attempts.begin(now).unwrap(), PASSWORD_LIMIT - 1 - failed);
    }
    assert!(matches!(bench.attempts.begin(NOW + 99 * HOUR), Err(StoreError::Destroyed)));
    assert!(!bench.key_is_there());
}

#[test]
fn a_kill_between_the_two_copies_costs_the_attempt_and_nothing_else() {
    let bench = bench();
    let mirror = bench.mirror();
    bench.attempts.begin(NOW).unwrap();
    bench.put_mirror(&mirror);
    assert_eq!(bench.attempts.begin(NOW).unwrap(), PASSWORD_LIMIT - 2);
    // The same once more: the mirror had caught up.
    let mirror = bench.mirror();
    bench.attempts.begin(NOW).unwrap();
    bench.put_mirror(&mirror);
    assert_eq!(bench.attempts.begin(NOW + HOUR).unwrap(), PASSWORD_LIMIT - 4);
    assert!(bench.key_is_there());
}

#[test]
fn a_clock_that_steps_back_shortens_nothing() {
    let bench = bench();
    for _ in 0..3 {
        bench.attempts.begin(NOW).unwrap();
    }
    let wait = |now: u64| bench.attempts.begin(now).unwrap_err().retry_after();
    assert_eq!(wait(NOW + 4_000), Some(Duration::from_secs(1)));
    assert_eq!(wait(NOW - HOUR), Some(Duration::from_secs(5)));
    assert_eq!(wait(NOW - HOUR + 4_000), Some(Duration::from_secs(1)));
    bench.attempts.begin(NOW - HOUR + 5_000).unwrap();
}

#[test]
fn an_older_copy_of_either_counts_as_exhausted() {
    for (old_file, old_mirror) in [(true, false), (false, true)] {
        let bench = bench();
        let (file, mirror) = (bench.file(), bench.mirror());
        bench.attempts.begin(NOW).unwrap();
        bench.attempts.begin(NOW).unwrap();
        if old_file {
            bench.put_file(&file);
        }
        if old_mirror {
            bench.put_mirror(&mirror);
        }
        assert!(matches!(bench.attempts.begin(NOW), Err(StoreError::Destroyed)));
        assert!(!bench.key_is_there());
    }
}

#[test]
fn a_missing_or_damaged_copy_counts_as_exhausted() {
    for damage in [
        (|b: &Bench| std::fs::remove_file(b.attempts.file()).unwrap()) as fn(&Bench),
        |b| b.put_file(b"x"),
        |b| b.attempts.keyring.delete(&b.attempts.name).unwrap(),
        |b| b.put_mirror(b""),
    ] {
        let bench = bench();
        damage(&bench);
        assert!(matches!(bench.attempts.begin(NOW), Err(StoreError::Destroyed)));
        assert!(!bench.key_is_there());
    }
}

#[test]
fn five_wrong_pins_cost_the_pin_and_not_the_vault() {
    let bench = bench_of(Opener::Pin);
    for left in (0..PIN_LIMIT).rev() {
        assert_eq!(bench.attempts.remaining(), left + 1);
        // At once: there is no waiting.
        assert_eq!(bench.attempts.begin(NOW).unwrap(), left);
        if left > 0 {
            assert_eq!(bench.attempts.fail().unwrap(), Duration::ZERO);
            bench.attempts.check().unwrap();
        }
    }
    assert!(bench.pin_is_there());
    let over = bench.attempts.fail().unwrap_err();
    assert_eq!(over.code(), sotto_protocol::ErrorCode::SecondFactorNeeded);
    assert!(!bench.pin_is_there() && bench.key_is_there());
    assert_eq!(bench.attempts.remaining(), 0);
    for again in [bench.attempts.begin(NOW + HOUR).map(drop), bench.attempts.check()] {
        assert!(matches!(again, Err(StoreError::PinDestroyed)));
    }
    bench.attempts.create().unwrap();
    bench.attempts.check().unwrap();
    assert_eq!(bench.attempts.remaining(), PIN_LIMIT);
}

#[test]
fn a_count_of_before_that_is_put_back_after_a_new_beginning_is_exhausted() {
    let bench = bench_of(Opener::Pin);
    let (file, mirror) = (bench.file(), bench.mirror());
    bench.attempts.create().unwrap();
    for put_back in [|b: &Bench, file: &[u8], _: &[u8]| b.put_file(file), |b: &Bench, _: &[u8], mirror: &[u8]| b.put_mirror(mirror)] {
        put_back(&bench, &file, &mirror);
        assert!(matches!(bench.attempts.check(), Err(StoreError::PinDestroyed)));
        bench.attempts.create().unwrap();
        bench.attempts.check().unwrap();
    }
}

#[test]
fn a_count_that_is_gone_is_exhausted_also_where_there_is_no_pin() {
    let bench = bench_of(Opener::Pin);
    vault_key_file::destroy(&bench.attempts.dir, Opener::Pin).unwrap();
    bench.attempts.delete().unwrap();
    assert!(matches!(bench.attempts.check(), Err(StoreError::PinDestroyed)));
    assert_eq!(bench.attempts.remaining(), 0);
}
