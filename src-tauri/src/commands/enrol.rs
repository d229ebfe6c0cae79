//! How does a person come to this workstation? By an invite and a new password.

use sotto_client::view::EnrolRequest;
use tauri::{AppHandle, State, command};

use super::Answer;
use crate::desk::Desk;

/// Uses an invite here. The page shows the tiles afterwards; nobody is signed in by it.
#[command]
pub(crate) async fn enrol(app: AppHandle, desk: State<'_, Desk>, request: EnrolRequest) -> Answer<()> {
    desk.workstation(&app).await?.enrol(&request.invite, &request.password, &request.workstation_name).await?;
    Ok(())
}
