//! How does a person come to the clinic? With an invite, a new password and a code of their second factor.

use sotto_client::view::{BeginEnrolRequest, EnrolmentBegun, FinishEnrolRequest, RecoveryCodes};
use tauri::{AppHandle, State, command};

use super::Answer;
use crate::desk::Desk;
use crate::opening::{self, Opening};

/// Uses an invite here. May be repeated; the account has no login before its second factor is confirmed.
#[command]
pub(crate) async fn begin_enrol(app: AppHandle, desk: State<'_, Desk>, request: BeginEnrolRequest) -> Answer<EnrolmentBegun> {
    Ok(desk.workstation(&app).await?.begin_enrol(request.invite.expose(), &request.password).await?)
}

/// Confirms the second factor. The recovery codes stay on the screen until the person enters.
#[command]
pub(crate) async fn finish_enrol(app: AppHandle, request: FinishEnrolRequest) -> Answer<RecoveryCodes> {
    let opening = Opening::begin(&app).await?;
    let opened = opening.workstation.finish_enrol(request.account, request.code.expose()).await;
    opening.wait(opened).await
}

/// Opens the content window for the person whose recovery codes were shown. `locked` where they took longer than the idle time.
#[command]
pub(crate) async fn enter(app: AppHandle) -> Answer<()> {
    opening::enter(&app).await
}
