//! Who hears what happens? The content window, as long as its session is the one being served.

use sotto_client::view::AppEvent;
use sotto_client::{Session, Workstation};
use tauri::{AppHandle, Emitter, EventTarget};
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;

use crate::locking::{self, Reason};
use crate::os::notify::Notifier;
use crate::windows::Pane;

/// The one event name; the payload is an [`AppEvent`], which carries nothing of a patient.
pub(crate) const EVENT: &str = "sotto";

/// Tells the window `pane` that something happened. A window that is gone hears nothing.
pub(crate) fn tell(app: &AppHandle, pane: Pane, event: &AppEvent) {
    if let Err(error) = app.emit_to(EventTarget::webview_window(pane.label()), EVENT, event) {
        tracing::warn!(%error, "could not tell a window what happened");
    }
}

/// Tells the lock window of changes of the workstation, for as long as the app runs. Begun once the workstation is open.
pub(crate) fn forward_workstation(app: &AppHandle, workstation: &Workstation) {
    let app = app.clone();
    let mut events = workstation.events();
    tauri::async_runtime::spawn(async move {
        loop {
            match events.recv().await {
                Ok(event) => tell(&app, Pane::Lock, &event),
                Err(RecvError::Lagged(_)) => tell(&app, Pane::Lock, &AppEvent::WorkstationChanged),
                Err(RecvError::Closed) => return,
            }
        }
    });
}

/// Passes the session's events on until it is locked, by whomever, and then locks the screen.
pub(crate) fn forward(app: &AppHandle, session: &Session) {
    let (app, session) = (app.clone(), session.clone());
    let mut events = session.events();
    tauri::async_runtime::spawn(async move {
        let mut notifier = Notifier::default();
        while let Some(event) = next(&mut events, || session.is_locked()).await {
            tell(&app, Pane::Content, &event);
            if matches!(event, AppEvent::ThreadsChanged { .. }) {
                notifier.consider(&app, &session).await;
            }
        }
        locking::begin(&app, Reason::Core);
    });
}

/// What happens next in a session; `None` once it is locked, also where that came while the event before was passed on.
async fn next(events: &mut Receiver<AppEvent>, is_locked: impl Fn() -> bool) -> Option<AppEvent> {
    if is_locked() {
        return None;
    }
    match events.recv().await {
        Ok(AppEvent::Locking) | Err(RecvError::Closed) => None,
        Ok(event) => Some(event),
        Err(RecvError::Lagged(_)) => Some(AppEvent::ThreadsChanged { threads: None }),
    }
}

#[cfg(test)]
mod tests {
    use tokio::sync::broadcast;

    use super::*;

    #[tokio::test]
    async fn a_session_that_is_locked_while_an_event_is_passed_on_ends() {
        let (sender, mut events) = broadcast::channel(4);
        sender.send(AppEvent::WorkstationChanged).unwrap();
        assert_eq!(next(&mut events, || false).await, Some(AppEvent::WorkstationChanged));
        assert_eq!(next(&mut events, || true).await, None, "it would wait for good");
        sender.send(AppEvent::Locking).unwrap();
        assert_eq!(next(&mut events, || false).await, None);
    }
}
