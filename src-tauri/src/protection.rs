//! When is the content window kept out of pictures of the screen? Always, but where the rules that hold for its session let it off.

use sotto_client::Session;
use sotto_client::view::AppEvent;
use tauri::AppHandle;
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;

use crate::windows;

/// Follows the rules for as long as the session is open. The window was made protected and stays so until a rule was read.
pub(crate) fn begin(app: &AppHandle, session: &Session) {
    let (app, session) = (app.clone(), session.clone());
    let mut changes = session.events();
    tauri::async_runtime::spawn(async move {
        while let Ok(on) = session.is_content_protected() {
            windows::protect(&app, on);
            if !rules_may_differ(&mut changes).await {
                return;
            }
        }
    });
}

/// Waits until the rules may be others; false once the session is locked.
async fn rules_may_differ(changes: &mut Receiver<AppEvent>) -> bool {
    loop {
        match changes.recv().await {
            Ok(AppEvent::WorkstationChanged) | Err(RecvError::Lagged(_)) => return true,
            Ok(AppEvent::Locking) | Err(RecvError::Closed) => return false,
            Ok(_) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use tokio::sync::broadcast;

    use super::*;

    #[tokio::test]
    async fn rules_are_read_again_when_they_may_differ_also_where_that_was_missed() {
        let (sender, mut changes) = broadcast::channel(2);
        sender.send(AppEvent::ThreadsChanged { threads: None }).unwrap();
        sender.send(AppEvent::WorkstationChanged).unwrap();
        assert!(rules_may_differ(&mut changes).await);
        for _ in 0..3 {
            sender.send(AppEvent::ThreadsChanged { threads: None }).unwrap();
        }
        assert!(rules_may_differ(&mut changes).await, "one of those that were lost may have said it");
        let mut changes = sender.subscribe();
        sender.send(AppEvent::Locking).unwrap();
        assert!(!rules_may_differ(&mut changes).await);
    }
}
