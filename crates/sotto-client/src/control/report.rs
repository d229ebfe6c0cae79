//! How is the machine? Versions, disk, screen lock, keyring, vaults, what it counted: what IT must know of it, and nothing of a person.

use std::path::Path;
use std::time::Duration;

use sotto_protocol::api::{Diagnostics, Report};
use sotto_protocol::limits::FIELD_CHARS;
use tokio::time::Instant;

use super::hear::Control;
use super::make_noise;

/// How long a system may take to say whether it locks its screen.
const SCREEN_LOCK_WAIT: Duration = Duration::from_secs(2);

impl Control {
    /// Looks how the machine is, and notes when the server is to be told: [`super::told`].
    pub(super) async fn look(&self) {
        let report = self.make_report().await;
        self.workstation.control().told().look(&report, Instant::now(), make_noise());
    }

    /// When the server is to be told; `None` where it knows.
    pub(super) fn report_due(&self) -> Option<Instant> {
        self.workstation.control().told().due()
    }

    /// Tells the server how the machine is. What does not arrive is told again later.
    pub(super) async fn report(&self) {
        let report = Report { diagnostics: self.diagnose().await, ..self.make_report().await };
        let sent = self.machine.http.push_only("/v1/report", Some(&self.machine.signer), &report).await;
        let mut told = self.workstation.control().told();
        match sent {
            Ok(()) => told.note(report),
            Err(error) => {
                tracing::info!(%error, "the machine's report was not delivered");
                told.miss(Instant::now(), make_noise());
            }
        }
    }

    /// How the machine is, without what it counted: that alone is no news.
    async fn make_report(&self) -> Report {
        let workstation = &self.workstation;
        let accounts = workstation.accounts();
        Report {
            app_version: env!("CARGO_PKG_VERSION").to_owned(),
            os: os_info::get().to_string().chars().take(FIELD_CHARS).collect(),
            disk_encrypted: is_disk_encrypted(workstation.home().path()),
            screen_lock: ask(workstation.screen_lock(), SCREEN_LOCK_WAIT).await,
            insecure_keyring: workstation.keyring().is_insecure(),
            vaults: u32::try_from(accounts.len()).unwrap_or(u32::MAX),
            lease_until: accounts.into_iter().filter_map(|account| workstation.lease_until(account)).max(),
            command_serial: self.done.last,
            directory: self.directory.head().0,
            diagnostics: Diagnostics::default(),
        }
    }
}

/// What a system answers within a time; `None` where it takes longer, so that no report waits for it.
async fn ask(system: impl FnOnce() -> Option<bool> + Send + 'static, within: Duration) -> Option<bool> {
    tokio::time::timeout(within, tokio::task::spawn_blocking(system)).await.ok()?.ok()?
}

/// Whether the disk under a folder is encrypted by the system: on Linux, whether the device or one under it is dm-crypt's. `None` where the
/// system does not tell: another system, a network, a container.
#[cfg(target_os = "linux")]
fn is_disk_encrypted(folder: &Path) -> Option<bool> {
    use rustix::fs::{major, minor, stat};

    let device = stat(folder).ok()?.st_dev;
    let (major, minor) = (major(device), minor(device));
    let block = std::fs::canonicalize(format!("/sys/dev/block/{major}:{minor}")).ok()?;
    Some(is_crypt(&block))
}

/// One device and those it is made of.
#[cfg(target_os = "linux")]
fn is_crypt(block: &Path) -> bool {
    let uuid = std::fs::read_to_string(block.join("dm/uuid")).unwrap_or_default();
    let under = || std::fs::read_dir(block.join("slaves")).into_iter().flatten().flatten();
    uuid.starts_with("CRYPT-") || under().filter_map(|one| std::fs::canonicalize(one.path()).ok()).any(|one| is_crypt(&one))
}

#[cfg(not(target_os = "linux"))]
const fn is_disk_encrypted(_: &Path) -> Option<bool> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn what_a_system_does_not_tell_in_time_is_not_known() {
        let (answer, waits) = std::sync::mpsc::channel::<bool>();
        assert_eq!(ask(move || waits.recv().ok(), Duration::ZERO).await, None);
        drop(answer);
        for told in [Some(true), Some(false), None] {
            assert_eq!(ask(move || told, SCREEN_LOCK_WAIT).await, told);
        }
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_volume_on_an_encrypted_device_is_encrypted() {
        let dir = tempfile::tempdir().unwrap();
        let (volume, crypt, plain) = (dir.path().join("dm-1"), dir.path().join("dm-0"), dir.path().join("sda2"));
        for (device, uuid) in [(&volume, "LVM-x\n"), (&crypt, "CRYPT-LUKS2-x\n")] {
            std::fs::create_dir_all(device.join("dm")).unwrap();
            std::fs::write(device.join("dm/uuid"), uuid).unwrap();
        }
        std::fs::create_dir_all(volume.join("slaves")).unwrap();
        std::fs::create_dir_all(&plain).unwrap();
        assert!(is_crypt(&crypt) && !is_crypt(&plain) && !is_crypt(&volume));
        std::os::unix::fs::symlink(&crypt, volume.join("slaves/dm-0")).unwrap();
        assert!(is_crypt(&volume));
    }
}
