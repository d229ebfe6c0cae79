//! What does an administrator do with machines?

use sotto_client::view::{MakeWorkstationTokenRequest, WorkstationEntry, WorkstationTokenView};
use tauri::{State, command};

use super::Answer;
use crate::desk::Desk;

/// Every workstation of the clinic, and the tokens that wait for one.
#[command]
pub(crate) async fn workstations(desk: State<'_, Desk>) -> Answer<Vec<WorkstationEntry>> {
    Ok(desk.session()?.workstations().await?)
}

/// Makes a token for a new workstation.
#[command]
pub(crate) async fn make_workstation_token(desk: State<'_, Desk>, request: MakeWorkstationTokenRequest) -> Answer<WorkstationTokenView> {
    Ok(desk.session()?.make_workstation_token(request).await?)
}

/// Takes a workstation out of service, or withdraws a token.
#[command]
pub(crate) async fn revoke_workstation(desk: State<'_, Desk>, workstation: String) -> Answer<()> {
    Ok(desk.session()?.revoke_workstation(&workstation).await?)
}
