//! What may be known while locked?

use sotto_client::view::WorkstationView;
use tauri::{AppHandle, State, command};

use super::Answer;
use crate::desk::Desk;

/// The workstation as anybody in front of it may see it.
#[command]
pub(crate) async fn workstation(app: AppHandle, desk: State<'_, Desk>) -> Answer<WorkstationView> {
    desk.view(&app).await
}
