//! How does the signed-in person get a PIN on this workstation, and how do they get rid of it?

use sotto_client::view::SetPinRequest;
use tauri::{State, command};

use super::Answer;
use crate::desk::Desk;

/// Sets the PIN, or another one.
#[command]
pub(crate) async fn set_pin(desk: State<'_, Desk>, request: SetPinRequest) -> Answer<()> {
    Ok(desk.session()?.set_pin(&request.password, &request.pin).await?)
}

/// Removes it.
#[command]
pub(crate) async fn remove_pin(desk: State<'_, Desk>) -> Answer<()> {
    Ok(desk.session()?.remove_pin().await?)
}
