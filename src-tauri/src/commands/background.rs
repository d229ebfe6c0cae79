//! Does the app start with the system, so that this machine hears IT before anybody opens it?

use sotto_client::view::BackgroundView;
use tauri::{AppHandle, State, command};

use super::Answer;
use crate::background as entry;
use crate::desk::Desk;

/// Whether it does, and whether that can be changed here.
#[command]
pub(crate) async fn background(app: AppHandle, desk: State<'_, Desk>) -> Answer<BackgroundView> {
    desk.session()?;
    entry::view(&app).await
}

/// Switches it. What this machine's management demands is not switched off.
#[command]
pub(crate) async fn set_background(app: AppHandle, desk: State<'_, Desk>, on: bool) -> Answer<()> {
    desk.session()?;
    entry::set(&app, on).await
}
