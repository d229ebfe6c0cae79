//! Who is there to write to?

use sotto_client::view::DirectoryPerson;
use tauri::{State, command};

use super::Answer;
use crate::desk::Desk;

/// Everybody of the organisation.
#[command]
pub(crate) async fn directory(desk: State<'_, Desk>) -> Answer<Vec<DirectoryPerson>> {
    Ok(desk.session()?.directory().await?)
}
