//! What does an administrator do with people?

use sotto_client::view::{ImportPeopleRequest, ImportReport, InviteRequest, InviteView, PersonView, RoleChoice};
use sotto_protocol::AccountId;
use tauri::{State, command};

use super::Answer;
use crate::desk::Desk;

/// Everybody of the clinic with how far they have come.
#[command]
pub(crate) async fn people(desk: State<'_, Desk>) -> Answer<Vec<PersonView>> {
    Ok(desk.session()?.people().await?)
}

/// Makes an invite.
#[command]
pub(crate) async fn invite(desk: State<'_, Desk>, request: InviteRequest) -> Answer<InviteView> {
    Ok(desk.session()?.invite(request).await?)
}

/// Makes an invite for somebody who is in and lost every key.
#[command]
pub(crate) async fn invite_again(desk: State<'_, Desk>, account: AccountId, days: u32) -> Answer<InviteView> {
    Ok(desk.session()?.invite_again(account, days).await?)
}

/// Gives a person another role.
#[command]
pub(crate) async fn set_role(desk: State<'_, Desk>, account: AccountId, choice: RoleChoice) -> Answer<()> {
    Ok(desk.session()?.set_role(account, choice).await?)
}

/// Puts a person out, or withdraws their open invite.
#[command]
pub(crate) async fn revoke_person(desk: State<'_, Desk>, account: AccountId) -> Answer<()> {
    Ok(desk.session()?.revoke_person(account).await?)
}

/// Invites everybody on a list, or says what would happen.
#[command]
pub(crate) async fn import_people(desk: State<'_, Desk>, request: ImportPeopleRequest) -> Answer<ImportReport> {
    Ok(desk.session()?.import_people(request).await?)
}
