//! Who is signed in, under which rules?

use sotto_client::view::{FillingView, Permissions, SessionView};
use tauri::{State, command};

use super::Answer;
use crate::desk::Desk;

/// The signed-in person, connection and policy.
#[command]
pub(crate) async fn session(desk: State<'_, Desk>) -> Answer<SessionView> {
    Ok(desk.session()?.session().await?)
}

/// What the person may do as an administrator.
#[command]
pub(crate) async fn permissions(desk: State<'_, Desk>) -> Answer<Permissions> {
    Ok(desk.session()?.permissions().await?)
}

/// How far this vault has taken in earlier messages; nothing once it has them all.
#[command]
pub(crate) async fn filling(desk: State<'_, Desk>) -> Answer<Option<FillingView>> {
    Ok(desk.session()?.filling().await?)
}
