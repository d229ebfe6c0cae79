//! Who looks whether it is time to lock? One task per session, that sleeps until the answer could change.

use std::time::Duration;

use sotto_client::lock::{IdleAction, IdleLock, IdlePolicy};
use sotto_client::session::Session;
use sotto_client::view::{AppEvent, SessionView};
use tauri::{AppHandle, Manager};
use tokio::sync::broadcast::error::RecvError;

use crate::desk::Desk;
use crate::events;
use crate::locking::{self, Reason};
use crate::os::idle::InputIdle;
use crate::windows::Pane;

/// A timer does not run while the machine sleeps: look at least this often, so that a wake without a sleep signal is noticed soon.
const LONGEST: Duration = Duration::from_secs(2);

/// Composing extends the idle time fivefold, to [`IdlePolicy::COMPOSING`] at most (2 minutes become 10, as in ux.md).
const COMPOSING_FACTOR: u32 = 5;

/// The whole session's longest time, from the unlock on (ux.md).
const SESSION: Duration = Duration::from_secs(12 * 3600);

/// Watches over `session` until it is locked, by this or otherwise.
pub(crate) fn begin(app: &AppHandle, session: &Session) {
    let (app, session) = (app.clone(), session.clone());
    tauri::async_runtime::spawn(async move { watch(&app, &session).await });
}

async fn watch(app: &AppHandle, session: &Session) {
    let desk = app.state::<Desk>();
    let Ok(view) = session.session().await else { return };
    let mut lock = IdleLock::new(policy(&view), desk.clock.monotonic());
    let mut input = InputIdle::find().await;
    tracing::info!(source = input.name(), "idle time is measured");
    let mut changes = session.events();
    loop {
        let composing = desk.presence.is_composing();
        let wait = lock.next_look(desk.clock.monotonic(), composing).clamp(Duration::from_millis(20), LONGEST);
        tokio::select! {
            biased;
            () = desk.presence.moved() => lock.touch(desk.clock.monotonic()),
            change = changes.recv() => match change {
                Ok(AppEvent::WorkstationChanged) | Err(RecvError::Lagged(_)) => {
                    let Ok(view) = session.session().await else { return };
                    lock.set_policy(policy(&view));
                }
                Err(RecvError::Closed) => return,
                Ok(_) => {}
            },
            () = tokio::time::sleep(wait) => {}
        }
        if session.is_locked() {
            return;
        }
        let idle = input.read(desk.clock.monotonic()).await;
        match lock.look(desk.clock.monotonic(), idle, desk.presence.is_composing()) {
            IdleAction::Nothing => {}
            IdleAction::Warn { seconds } => events::tell(app, Pane::Content, &AppEvent::LockWarning { seconds }),
            IdleAction::Cancel => events::tell(app, Pane::Content, &AppEvent::LockCancelled),
            IdleAction::Lock => {
                locking::begin(app, Reason::Idle);
                return;
            }
        }
    }
}

fn policy(view: &SessionView) -> IdlePolicy {
    let idle = Duration::from_secs(view.idle_lock_seconds.into());
    let composing = idle.saturating_mul(COMPOSING_FACTOR).min(IdlePolicy::COMPOSING);
    IdlePolicy { idle, fade: Duration::from_secs(view.fade_seconds.into()), composing, session: SESSION }
}

#[cfg(test)]
mod tests {
    use sotto_client::view::Connection;
    use sotto_protocol::AccountId;

    use super::*;

    fn shared(idle_lock_seconds: u32) -> SessionView {
        SessionView {
            account: AccountId::from_bytes([1; 16]),
            name: String::new(),
            title: String::new(),
            initials: String::new(),
            workstation: String::new(),
            organisation: String::new(),
            connection: Connection::Online,
            idle_lock_seconds,
            fade_seconds: 5,
            insecure_keyring: false,
            rolled_back: false,
        }
    }

    #[test]
    fn composing_has_ten_minutes_where_idle_has_two() {
        let policy = policy(&shared(120));
        assert_eq!((policy.idle, policy.composing), (Duration::from_secs(120), Duration::from_secs(600)));
    }

    #[test]
    fn a_strict_clinic_stays_strict_while_composing() {
        assert_eq!(policy(&shared(20)).composing, Duration::from_secs(100));
        assert_eq!(policy(&shared(3_600)).composing, Duration::from_secs(600));
    }
}
