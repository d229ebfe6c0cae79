//! What is found?

use sotto_client::view::{SearchPage, SearchRequest};
use tauri::{State, command};

use super::Answer;
use crate::desk::Desk;

/// A page of hits, newest first.
#[command]
pub(crate) async fn search(desk: State<'_, Desk>, request: SearchRequest) -> Answer<SearchPage> {
    Ok(desk.session()?.search(request).await?)
}
