//! How does somebody who lost the password come back?

use sotto_client::view::{RecoverRequest, RecoveryCodes};
use tauri::{AppHandle, command};

use super::Answer;
use crate::opening::Opening;

/// Sets a new password with a recovery code. The new codes stay on the screen until the person enters.
#[command]
pub(crate) async fn recover(app: AppHandle, request: RecoverRequest) -> Answer<RecoveryCodes> {
    let opening = Opening::begin(&app).await?;
    opening.workstation.close_unfinished().await;
    let RecoverRequest { login, recovery_code, code, password } = &request;
    let opened = opening.workstation.recover(login, recovery_code.expose(), code.expose(), password).await;
    opening.wait(opened).await
}
