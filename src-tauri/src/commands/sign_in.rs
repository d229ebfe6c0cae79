//! How does a session begin? With the right password, in a window of its own.

use sotto_client::Session;
use sotto_client::view::{ErrorCode, SignInRequest};
use tauri::{AppHandle, Manager, command};

use super::Answer;
use crate::desk::{Desk, refused};
use crate::door::Opened;
use crate::windows::{self, Pane};
use crate::{events, os, watch};

/// Opens a person's vault, opens the content window and destroys the one in which the password was typed.
/// `conflict` while another sign-in runs; `locked` if the workstation was locked while the password was checked.
#[command]
pub(crate) async fn sign_in(app: AppHandle, request: SignInRequest) -> Answer<()> {
    let desk = app.state::<Desk>();
    let attempt = desk.begin_opening()?;
    let opened = match desk.workstation(&app).await {
        Ok(workstation) => workstation.sign_in(request.account, &request.password).await.map_err(Into::into),
        Err(refusal) => Err(refusal),
    };
    match opened {
        Err(refusal) => {
            desk.give_up(&attempt);
            Err(refusal)
        }
        Ok(session) => match desk.open(&attempt, session.clone()) {
            Opened::Unwanted(session) => {
                let _ = session.lock().await;
                Err(refused(ErrorCode::Locked))
            }
            Opened::Served => enter(&app, &session).await,
        },
    }
}

async fn enter(app: &AppHandle, session: &Session) -> Answer<()> {
    if let Err(error) = windows::replace(app, Pane::Lock, Pane::Content, windows::placement(app, Pane::Lock)).await {
        tracing::error!(%error, "could not open the content window");
        app.state::<Desk>().close().await;
        return Err(refused(ErrorCode::Internal));
    }
    events::forward(app, session);
    watch::begin(app, session);
    os::hotkey::take(app);
    Ok(())
}
