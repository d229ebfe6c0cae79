//! Where was the person when the screen locked?

use sotto_client::view::ViewState;
use tauri::{State, command};

use super::Answer;
use crate::desk::Desk;

/// Where the person was, if they were here before.
#[command]
pub(crate) async fn view_state(desk: State<'_, Desk>) -> Answer<Option<ViewState>> {
    Ok(desk.session()?.view_state().await?)
}

/// Keeps it, sealed in the vault. Also during the first moments of a lock.
#[command]
pub(crate) async fn save_view_state(desk: State<'_, Desk>, state: ViewState) -> Answer<()> {
    Ok(desk.session_to_save()?.save_view_state(state).await?)
}
