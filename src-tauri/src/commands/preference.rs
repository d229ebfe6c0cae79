//! How does the person like it?

use sotto_client::view::Preferences;
use tauri::{State, command};

use super::Answer;
use crate::desk::Desk;

/// The person's preferences.
#[command]
pub(crate) async fn preferences(desk: State<'_, Desk>) -> Answer<Preferences> {
    Ok(desk.session()?.preferences().await?)
}

/// Keeps them.
#[command]
pub(crate) async fn save_preferences(desk: State<'_, Desk>, preferences: Preferences) -> Answer<()> {
    Ok(desk.session()?.save_preferences(preferences).await?)
}
