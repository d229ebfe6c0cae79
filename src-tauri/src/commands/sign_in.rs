//! How does a session begin? With the right password: at a vault that is here, or by name at any machine of the clinic.

use sotto_client::view::{SignInNewRequest, SignInRequest};
use tauri::{AppHandle, command};

use super::Answer;
use crate::opening::Opening;

/// Opens a person's vault and the content window.
/// `conflict` while another sign-in runs; `locked` if the workstation was locked while the password was checked.
#[command]
pub(crate) async fn sign_in(app: AppHandle, request: SignInRequest) -> Answer<()> {
    let opening = Opening::begin(&app).await?;
    opening.workstation.close_unfinished().await;
    let opened = opening.workstation.sign_in(request.account, &request.password).await;
    opening.show(opened).await
}

/// Signs a person in by their login name, also where their vault is not, and opens the content window as soon as it has a list to show.
#[command]
pub(crate) async fn sign_in_new(app: AppHandle, request: SignInNewRequest) -> Answer<()> {
    let opening = Opening::begin(&app).await?;
    opening.workstation.close_unfinished().await;
    let opened = opening.workstation.sign_in_new(&request.login, &request.password, request.code.expose()).await;
    opening.show(opened).await
}
