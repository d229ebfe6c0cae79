//! How does Linux say that it locks or sleeps? By logind's signals on the system's bus.

use futures_util::StreamExt;
use tauri::AppHandle;
use zbus::zvariant::{OwnedFd, OwnedObjectPath};
use zbus::{Connection, Proxy};

use crate::locking::{self, Reason};

const LOGIND: &str = "org.freedesktop.login1";
const MANAGER: &str = "org.freedesktop.login1.Manager";
const SESSION: &str = "org.freedesktop.login1.Session";

/// Locks at every `Lock` of our session, when it is no longer the active one (another person at the same machine), and before
/// every sleep, which waits for us up to logind's limit (5 s by default). Ends with an error where there is no logind.
pub(crate) async fn follow(app: &AppHandle) -> zbus::Result<()> {
    let bus = Connection::system().await?;
    let manager = Proxy::new(&bus, LOGIND, "/org/freedesktop/login1", MANAGER).await?;
    let mut sleeps = manager.receive_signal("PrepareForSleep").await?;
    let path: OwnedObjectPath = manager.call("GetSessionByPID", &(std::process::id(),)).await?;
    let session = Proxy::new(&bus, LOGIND, path, SESSION).await?;
    let mut locks = session.receive_signal("Lock").await?;
    let mut active = session.receive_property_changed::<bool>("Active").await;
    let mut delay = delay_sleep(&manager).await;
    loop {
        tokio::select! {
            Some(_) = locks.next() => locking::begin(app, Reason::OperatingSystem),
            Some(change) = active.next() => {
                if change.get().await.is_ok_and(|active| !active) {
                    locking::begin(app, Reason::OperatingSystem);
                }
            }
            Some(sleep) = sleeps.next() => {
                if sleep.body().deserialize::<bool>().unwrap_or(true) {
                    locking::lock(app, Reason::OperatingSystem).await;
                    // Letting go of it is what lets the machine sleep.
                    drop(delay.take());
                } else {
                    delay = delay_sleep(&manager).await;
                }
            }
            else => return Err(zbus::Error::Failure("the system's bus closed".to_owned())),
        }
    }
}

/// Asks logind to wait with the sleep until the returned file is closed. `None` where that is not permitted.
async fn delay_sleep(manager: &Proxy<'_>) -> Option<OwnedFd> {
    manager.call("Inhibit", &("sleep", "Sotto", "locks before the machine sleeps", "delay")).await.ok()
}
