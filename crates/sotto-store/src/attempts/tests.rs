//! Whether guesses are counted before they are made, and what happens to whoever tampers with the count.

use super::*;

const HOUR: u64 = 3_600_000;
const NOW: u64 = 1_795_000_000_000;

struct Bench {
    dir: tempfile::TempDir,
    attempts: Attempts,
}

fn bench() -> Bench {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join(vault_key_file::FILE), b"wrapped").unwrap();
    let keyring = Keyring::insecure_file(dir.path()).unwrap();
    let attempts = Attempts::new(dir.path(), keyring, "home/account/attempts".into());
    attempts.create().unwrap();
    Bench { dir, attempts }
}

impl Bench {
    fn key_is_there(&self) -> bool {
        self.dir.path().join(vault_key_file::FILE).exists()
    }

    fn file(&self) -> Vec<u8> {
        std::fs::read(self.dir.path().join(FILE)).unwrap()
    }

    fn mirror(&self) -> Vec<u8> {
        self.attempts.keyring.get(&self.attempts.name).unwrap().unwrap().as_bytes().to_vec()
    }

    fn put_file(&self, bytes: &[u8]) {
        std::fs::write(self.dir.path().join(FILE), bytes).unwrap();
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
        assert_eq!(bench.attempts.begin(now).unwrap(), LIMIT - 1 - u32::try_from(failed).unwrap());
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
    assert_eq!(bench.attempts.begin(NOW + 5_000).unwrap(), LIMIT - 1);
}

#[test]
fn a_kill_between_guess_and_result_has_counted() {
    let bench = bench();
    // Nobody ever says how these ended: that is what a killed process leaves.
    for failed in 0..LIMIT {
        let now = NOW + u64::from(failed) * HOUR;
        assert_eq!(bench.attempts.begin(now).unwrap(), LIMIT - 1 - failed);
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
    assert_eq!(bench.attempts.begin(NOW).unwrap(), LIMIT - 2);
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
        (|b: &Bench| std::fs::remove_file(b.dir.path().join(FILE)).unwrap()) as fn(&Bench),
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
