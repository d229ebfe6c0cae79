//! How does a person come to this workstation? By an invite and a new password.

use sotto_client::view::EnrolRequest;
use tauri::{State, command};

use super::Answer;
use crate::desk::Desk;

/// Uses an invite here. The page shows the tiles afterwards; nobody is signed in by it.
#[command]
pub(crate) async fn enrol(desk: State<'_, Desk>, request: EnrolRequest) -> Answer<()> {
    desk.workstation().await?.enrol(request).await?;
    Ok(())
}
