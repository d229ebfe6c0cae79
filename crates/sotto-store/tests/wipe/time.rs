//! How long does a wipe take? As long as unlinking does, whatever the vault's size.

use std::fs::File;
use std::io::{self, Read as _};
use std::time::{Duration, Instant};

use sotto_store::wipe::{self, Target};

use crate::stage::{ANA, Stage, tombstone};

/// A vault's size beside which that of the small one is nothing.
const LARGE: u64 = 256 * 1024 * 1024;

fn wipe_with(bytes: u64, attachments: u32) -> Duration {
    let stage = Stage::new();
    let (home, keyring) = (stage.home(), stage.keyring());
    let folder = home.account(ANA);
    let mut vault = File::options().append(true).open(folder.join("vault.db")).unwrap();
    io::copy(&mut io::repeat(1).take(bytes), &mut vault).unwrap();
    vault.sync_all().unwrap();
    for number in 0..attachments {
        std::fs::write(folder.join(format!("attachments/more{number}")), b"a few bytes").unwrap();
    }
    let started = Instant::now();
    let standing = wipe::begin(&home, &keyring, tombstone(Target::Account(ANA))).unwrap();
    let destroyed = wipe::run(&home, &keyring, &standing, &[]);
    let took = started.elapsed();
    assert!(destroyed.is_complete());
    eprintln!("wipe: {bytes} bytes more, {attachments} attachments more: {took:?}");
    took
}

#[test]
fn a_large_vault_goes_as_fast_as_a_small_one() {
    let small = wipe_with(0, 0);
    let large = wipe_with(LARGE, 0);
    // Overwriting that much would take longer on any disk that fsync is slow on; unlinking does not.
    assert!(large < small * 4 + Duration::from_millis(400), "{small:?} and {large:?}");
}

#[test]
#[ignore = "ten thousand files"]
fn many_attachments() {
    assert!(wipe_with(0, 10_000) < Duration::from_secs(5));
}
