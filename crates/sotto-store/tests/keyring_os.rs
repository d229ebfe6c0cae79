//! Whether the operating system's keyring keeps secrets, tried with a real one on a session bus of the test's own.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use std::process::{Command, Output, Stdio};

use sotto_crypto::SecretVec;
use sotto_protocol::ErrorCode;
use sotto_store::Keyring;

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
