//! What does an administrator do with people?

use sotto_client::view::{
    AskAdminRequest, GrantAdminRequest, ImportPeopleRequest, ImportReport, InviteRequest, InviteView, PersonView, RecoveryCodes,
    RoleChoice, SecretText, SheetsView,
};
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

/// Asks to become an administrator; gives new recovery codes.
#[command]
pub(crate) async fn ask_admin(desk: State<'_, Desk>, request: AskAdminRequest) -> Answer<RecoveryCodes> {
    Ok(desk.session()?.ask_admin(&request.password, &request.code).await?)
}

/// Makes an administrator of somebody who asked.
#[command]
pub(crate) async fn grant_admin(desk: State<'_, Desk>, request: GrantAdminRequest) -> Answer<()> {
    Ok(desk.session()?.grant_admin(request.account, &request.sheets).await?)
}

/// Says what root sheets are worth, and nothing that is on them.
#[command]
pub(crate) async fn check_root_sheets(desk: State<'_, Desk>, sheets: Vec<SecretText>) -> Answer<SheetsView> {
    Ok(desk.session()?.check_root_sheets(&sheets)?)
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
