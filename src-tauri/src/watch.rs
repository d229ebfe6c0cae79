//! Who looks whether it is time to lock? One task per session, that sleeps until the answer could change.

use std::time::Duration;

use sotto_client::Session;
use sotto_client::lock::{IdleAction, IdleLock, IdlePolicy};
use sotto_client::view::{AppEvent, ErrorCode};
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

/// Where the organisation's policy has not arrived yet: the product's defaults for a shared workstation (ux.md).
const DEFAULT: IdlePolicy = IdlePolicy {
    idle: Duration::from_secs(120),
    fade: Duration::from_secs(5),
    composing: IdlePolicy::COMPOSING,
    session: Duration::from_secs(12 * 3_600),
};

/// Watches over `session` until it is locked, by this or otherwise.
pub(crate) fn begin(app: &AppHandle, session: &Session) {
    let (app, session) = (app.clone(), session.clone());
    tauri::async_runtime::spawn(async move { watch(&app, &session).await });
}

async fn watch(app: &AppHandle, session: &Session) {
    let desk = app.state::<Desk>();
    let Some(rules) = rules(session) else { return };
    let mut lock = IdleLock::new(rules, desk.clock.monotonic());
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
                    let Some(rules) = self::rules(session) else { return };
                    lock.set_policy(rules);
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

/// The rules that hold for this session; `None` once it is locked.
fn rules(session: &Session) -> Option<IdlePolicy> {
    match session.idle_policy() {
        Ok(policy) => Some(with_composing(policy)),
        Err(error) if error.code == ErrorCode::Locked => None,
        Err(_) => Some(with_composing(DEFAULT)),
    }
}

/// A clinic with a stricter idle time is stricter while composing too.
fn with_composing(policy: IdlePolicy) -> IdlePolicy {
    IdlePolicy { composing: policy.idle.saturating_mul(COMPOSING_FACTOR).min(policy.composing), ..policy }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn composing_where_idle_is(seconds: u64) -> Duration {
        with_composing(IdlePolicy { idle: Duration::from_secs(seconds), ..DEFAULT }).composing
    }

    #[test]
    fn composing_has_ten_minutes_where_idle_has_two() {
        assert_eq!(composing_where_idle_is(120), Duration::from_secs(600));
        assert_eq!(composing_where_idle_is(300), Duration::from_secs(600));
    }

    #[test]
    fn a_strict_clinic_stays_strict_while_composing() {
        assert_eq!(composing_where_idle_is(20), Duration::from_secs(100));
    }
}
