//! Who is signed in, under which rules?

use sotto_client::view::SessionView;
use tauri::{State, command};

use super::Answer;
use crate::desk::Desk;

/// The signed-in person, connection and policy.
#[command]
pub(crate) async fn session(desk: State<'_, Desk>) -> Answer<SessionView> {
    Ok(desk.session()?.session().await?)
}
