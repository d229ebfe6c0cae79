//! How does the person at the window end the session, or keep it?

use tauri::{AppHandle, State, command};

use super::Answer;
use crate::desk::Desk;
use crate::locking::{self, Reason};

/// Locks. The page has saved its drafts before.
#[command]
pub(crate) async fn lock(app: AppHandle, desk: State<'_, Desk>) -> Answer<()> {
    desk.session()?;
    locking::begin(&app, Reason::Person);
    Ok(())
}

/// Locks, and shows everybody's tiles instead of whose session is locked.
#[command]
pub(crate) async fn switch_user(app: AppHandle, desk: State<'_, Desk>) -> Answer<()> {
    desk.session()?;
    locking::begin(&app, Reason::SwitchUser);
    Ok(())
}

/// Somebody moved at the window: the fade stops.
#[command]
pub(crate) async fn stay_awake(desk: State<'_, Desk>) -> Answer<()> {
    desk.session()?;
    desk.presence.touch();
    Ok(())
}
