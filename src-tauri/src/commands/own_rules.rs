//! What does the person tighten for themselves?

use sotto_client::view::{OwnRules, OwnRulesView};
use tauri::{State, command};

use super::Answer;
use crate::desk::Desk;

/// What they set, and what holds here without it.
#[command]
pub(crate) async fn own_rules(desk: State<'_, Desk>) -> Answer<OwnRulesView> {
    Ok(desk.session()?.own_rules().await?)
}

/// Sets it.
#[command]
pub(crate) async fn set_own_rules(desk: State<'_, Desk>, rules: OwnRules) -> Answer<OwnRulesView> {
    Ok(desk.session()?.set_own_rules(rules).await?)
}
