//! What may be known, and done to the machine, while locked?

use sotto_client::view::{EnrolWorkstationRequest, WorkstationEnrolled, WorkstationView};
use tauri::{AppHandle, State, command};

use super::Answer;
use crate::desk::Desk;

/// The workstation as anybody in front of it may see it.
#[command]
pub(crate) async fn workstation(app: AppHandle, desk: State<'_, Desk>) -> Answer<WorkstationView> {
    desk.view(&app).await
}

/// Makes this machine a workstation of the clinic.
#[command]
pub(crate) async fn enrol_workstation(
    app: AppHandle,
    desk: State<'_, Desk>,
    request: EnrolWorkstationRequest,
) -> Answer<WorkstationEnrolled> {
    Ok(desk.workstation(&app).await?.enrol_workstation(request.token.expose()).await?)
}
