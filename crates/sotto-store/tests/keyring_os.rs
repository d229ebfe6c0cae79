//! Whether the operating system's keyring keeps secrets, tried with a real one on a session bus of the test's own.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use std::process::{Command, Output, Stdio};
use std::time::Instant;

use sotto_crypto::SecretVec;
use sotto_protocol::{AccountId, ErrorCode};
use sotto_store::home::{KeyringItem, WorkstationItem};
use sotto_store::wipe::{self, Kind, Target, Tombstone};
use sotto_store::{Home, Keyring};

/// Set in the child process, which plays the part that needs the bus.
const PART: &str = "SOTTO_TEST_KEYRING_PART";

/// Runs `test` of this file again, by `shell`, where `"$0"` is this program, `"$1"` the test and `"$2"` what comes `before` it.
/// A bus started for it ends with it, and its keyring's files lie in a folder that goes.
fn play(test: &str, shell: &str, before: &str) -> Output {
    let home = tempfile::tempdir().unwrap();
    Command::new("dbus-run-session")
        .args(["--", "bash", "-c", shell])
        .arg(std::env::current_exe().unwrap())
        .args([test, before])
        .env(PART, "child")
        .env("HOME", home.path())
        .env("XDG_DATA_HOME", home.path())
        .env("XDG_RUNTIME_DIR", home.path())
        .env_remove("DISPLAY")
        .env_remove("WAYLAND_DISPLAY")
        .stdin(Stdio::null())
        .output()
        .unwrap()
}

/// Starts a keyring that is open, waits until it is on the bus (asking by name would start another one), runs `$2` and then the
/// program, and ends the keyring.
const WITH_KEYRING: &str = r#"
gnome-keyring-daemon --foreground --unlock --components=secrets < <(printf pw) >/dev/null 2>&1 & keyring=$!
trap 'kill $keyring; wait $keyring' EXIT
bus() { gdbus call --session --dest org.freedesktop.DBus --object-path /org/freedesktop/DBus --method org.freedesktop.DBus."$@"; }
until [[ $(bus NameHasOwner org.freedesktop.secrets) == "(true,)" ]]; do kill -0 $keyring || exit 9; done
eval "$2"
"$0" --exact "$1" --nocapture
"#;

/// Locks the keyring that [`WITH_KEYRING`] opened.
const LOCK: &str = r#"gdbus call --session --dest org.freedesktop.secrets --object-path /org/freedesktop/secrets \
    --method org.freedesktop.Secret.Service.Lock "['/org/freedesktop/secrets/collection/login']" >/dev/null"#;

fn assert_played(output: &Output) {
    let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{out}\n{err}");
    assert!(out.contains("1 passed"), "{out}");
}

#[test]
fn a_real_keyring_keeps_a_secret_also_inside_a_runtime() {
    if std::env::var(PART).is_ok() {
        return in_open_keyring();
    }
    assert_played(&play("a_real_keyring_keeps_a_secret_also_inside_a_runtime", WITH_KEYRING, ""));
}

fn in_open_keyring() {
    let secret = [0_u8, 255, 7].repeat(20);
    let keyring = Keyring::os().unwrap();
    assert!(!keyring.is_insecure());
    keyring.set("home/account/k_dev", &secret).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let again = Keyring::os().unwrap();
        assert_eq!(again.get("home/account/k_dev").unwrap(), Some(SecretVec::from(secret.as_slice())));
        again.set("home/account/k_dev", b"another").unwrap();
        assert_eq!(again.get("home/account/k_dev").unwrap(), Some(SecretVec::from(b"another".as_slice())));
        assert_eq!(again.get("home/account/share").unwrap(), None);
        again.delete("home/account/k_dev").unwrap();
        again.delete("home/account/k_dev").unwrap();
        assert_eq!(again.get("home/account/k_dev").unwrap(), None);
    });
}

#[test]
fn a_wipe_leaves_nothing_in_a_real_keyring_but_the_key_that_signs() {
    if std::env::var(PART).is_ok() {
        return wipe_in_open_keyring();
    }
    assert_played(&play("a_wipe_leaves_nothing_in_a_real_keyring_but_the_key_that_signs", WITH_KEYRING, ""));
}

fn wipe_in_open_keyring() {
    const PEOPLE: u8 = 10;
    let dir = tempfile::tempdir().unwrap();
    let (home, keyring) = (Home::open(dir.path()).unwrap(), Keyring::os().unwrap());
    let accounts: Vec<_> = (1..=PEOPLE).map(|byte| AccountId::from_bytes([byte; 16])).collect();
    let names: Vec<_> = accounts.iter().flat_map(|account| KeyringItem::ALL.map(|item| home.keyring_name(*account, item))).collect();
    let own = [WorkstationItem::Secret, WorkstationItem::Key].map(|item| home.workstation_keyring_name(item));
    accounts.iter().for_each(|account| drop(home.make_account(*account).unwrap()));
    names.iter().chain(&own).chain([&"another/home".to_owned()]).for_each(|name| keyring.set(name, &[7; 32]).unwrap());
    let one = wipe::begin(&home, &keyring, Tombstone { command: vec![1], target: Target::Account(accounts[0]), begun_at_ms: 1 }).unwrap();
    let destroyed = wipe::run(&home, &keyring, &one, &[]);
    assert!(destroyed.is_complete(), "{destroyed:?}");
    let kept = || names.iter().filter(|name| keyring.get(name).unwrap().is_some()).count();
    assert_eq!(kept(), names.len() - KeyringItem::ALL.len(), "the others keep theirs");
    let started = Instant::now();
    let all = wipe::begin(&home, &keyring, Tombstone { command: vec![2], target: Target::Workstation, begun_at_ms: 2 }).unwrap();
    let destroyed = wipe::run(&home, &keyring, &all, &[]);
    eprintln!("wipe: {PEOPLE} people, {} entries: {:?}", names.len() + 1, started.elapsed());
    assert!(destroyed.is_complete(), "{destroyed:?}");
    assert_eq!(kept(), 0);
    assert!(keyring.get(&own[0]).unwrap().is_none() && keyring.get(&own[1]).unwrap().is_some());
    wipe::store_receipt(&home, &all, b"receipt").unwrap();
    wipe::finish(&home, &keyring, &all).unwrap();
    assert!(keyring.get(&own[1]).unwrap().is_none());
    assert!(keyring.get("another/home").unwrap().is_some());
}

#[test]
fn a_wipe_in_a_locked_keyring_destroys_the_wrapped_keys_and_says_what_is_left() {
    if std::env::var(PART).is_ok() {
        return wipe_in_locked_keyring();
    }
    let test = "a_wipe_in_a_locked_keyring_destroys_the_wrapped_keys_and_says_what_is_left";
    assert_played(&play(test, WITH_KEYRING, ""));
}

fn wipe_in_locked_keyring() {
    let dir = tempfile::tempdir().unwrap();
    let (home, keyring) = (Home::open(dir.path()).unwrap(), Keyring::os().unwrap());
    let account = AccountId::from_bytes([1; 16]);
    let folder = home.make_account(account).unwrap();
    std::fs::write(folder.join("vault.key"), b"wrapped").unwrap();
    KeyringItem::ALL.iter().for_each(|item| keyring.set(&home.keyring_name(account, *item), b"secret").unwrap());
    let locked = Command::new("bash").args(["-c", LOCK]).status().unwrap();
    assert!(locked.success());
    let standing = wipe::begin(&home, &keyring, Tombstone { command: vec![1], target: Target::Account(account), begun_at_ms: 1 }).unwrap();
    let destroyed = wipe::run(&home, &keyring, &standing, &[]);
    let left = |kind| destroyed.lines.iter().filter(|line| line.kind == kind).map(|line| line.left).sum::<u32>();
    assert_eq!((left(Kind::KDev), left(Kind::VaultKey)), (1, 0), "{destroyed:?}");
    assert!(!destroyed.is_complete() && destroyed.is_unreadable() && !folder.exists());
}

#[test]
fn a_locked_keyring_is_told_from_a_missing_one() {
    if std::env::var(PART).is_ok() {
        assert_eq!(Keyring::os().unwrap_err().code(), ErrorCode::KeyringLocked);
        return;
    }
    assert_played(&play("a_locked_keyring_is_told_from_a_missing_one", WITH_KEYRING, LOCK));
}

#[test]
fn no_session_bus_is_no_keyring() {
    if std::env::var(PART).is_ok() {
        assert_eq!(Keyring::os().unwrap_err().code(), ErrorCode::KeyringMissing);
        return;
    }
    let test = "no_session_bus_is_no_keyring";
    let shell = r#"DBUS_SESSION_BUS_ADDRESS=unix:path=/nonexistent "$0" --exact "$1" --nocapture"#;
    assert_played(&play(test, shell, ""));
}

#[test]
fn a_bus_without_a_secret_service_is_no_keyring() {
    if std::env::var(PART).is_ok() {
        assert_eq!(Keyring::os().unwrap_err().code(), ErrorCode::KeyringMissing);
        return;
    }
    // A bus of its own with no service files: nothing can be started by asking for it.
    let shell = r#"
cat > "$HOME/bus.conf" <<END
<busconfig><type>session</type><listen>unix:tmpdir=$HOME</listen>
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy></busconfig>
END
dbus-run-session --config-file="$HOME/bus.conf" -- "$0" --exact "$1" --nocapture"#;
    assert_played(&play("a_bus_without_a_secret_service_is_no_keyring", shell, ""));
}
