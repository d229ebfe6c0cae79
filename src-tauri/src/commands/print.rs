//! How does a sheet get onto paper?

use sotto_client::view::ErrorCode;
use tauri::{WebviewWindow, command};

use super::Answer;
use crate::desk::refused;

/// Asks the person how to print the window that called; its print style shows the sheet only.
#[command]
pub(crate) async fn print(window: WebviewWindow) -> Answer<()> {
    window.print().map_err(|error| {
        tracing::error!(%error, "could not print");
        refused(ErrorCode::Internal)
    })
}
