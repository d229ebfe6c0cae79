//! What does an administrator do with machines?

use sotto_client::ReceiptProof;
use sotto_client::view::{
    CloseIncidentRequest, CommandRequest, CommandView, CustodyRequest, CustodyView, GroupRequest, GroupView, IncidentView,
    MakeWorkstationTokenRequest, OpenIncidentRequest, RuleView, WorkstationEntry, WorkstationTokenView,
};
use sotto_protocol::{CommandId, GroupId, IncidentId};
use tauri::{State, command};

use super::Answer;
use crate::desk::Desk;

/// Every workstation of the clinic, and the tokens that wait for one.
#[command]
pub(crate) async fn workstations(desk: State<'_, Desk>) -> Answer<Vec<WorkstationEntry>> {
    Ok(desk.session()?.workstations().await?)
}

/// Makes a token for a new workstation.
#[command]
pub(crate) async fn make_workstation_token(desk: State<'_, Desk>, request: MakeWorkstationTokenRequest) -> Answer<WorkstationTokenView> {
    Ok(desk.session()?.make_workstation_token(request).await?)
}

/// Takes a workstation out of service, or withdraws a token.
#[command]
pub(crate) async fn revoke_workstation(desk: State<'_, Desk>, workstation: String) -> Answer<()> {
    Ok(desk.session()?.revoke_workstation(&workstation).await?)
}

/// Tells a workstation what to do.
#[command]
pub(crate) async fn issue_command(desk: State<'_, Desk>, request: CommandRequest) -> Answer<CommandId> {
    Ok(desk.session()?.issue_command(request).await?)
}

/// Agrees to a command that waits for a second administrator.
#[command]
pub(crate) async fn approve_command(desk: State<'_, Desk>, command: CommandId) -> Answer<()> {
    Ok(desk.session()?.approve_command(command).await?)
}

/// Every command with how far it has come, the newest first.
#[command]
pub(crate) async fn commands(desk: State<'_, Desk>) -> Answer<Vec<CommandView>> {
    Ok(desk.session()?.commands().await?)
}

/// Every receipt with what it rests on, to be verified by somebody who trusts nobody.
#[command]
pub(crate) async fn export_receipts(desk: State<'_, Desk>) -> Answer<ReceiptProof> {
    Ok(desk.session()?.export_receipts().await?)
}

/// Every group of workstations with what holds for it.
#[command]
pub(crate) async fn groups(desk: State<'_, Desk>) -> Answer<Vec<GroupView>> {
    Ok(desk.session()?.groups().await?)
}

/// Sets what holds for a group.
#[command]
pub(crate) async fn set_group(desk: State<'_, Desk>, request: GroupRequest) -> Answer<GroupId> {
    Ok(desk.session()?.set_group(request).await?)
}

/// What holds at a workstation, or at this one, and where each rule comes from.
#[command]
pub(crate) async fn rules(desk: State<'_, Desk>, workstation: Option<String>) -> Answer<Vec<RuleView>> {
    Ok(desk.session()?.rules(workstation).await?)
}

/// Every change of who answers for a workstation, the newest first.
#[command]
pub(crate) async fn custody(desk: State<'_, Desk>, workstation: String) -> Answer<Vec<CustodyView>> {
    Ok(desk.session()?.custody(&workstation).await?)
}

/// Says who answers for a workstation, and where it stands.
#[command]
pub(crate) async fn set_custody(desk: State<'_, Desk>, request: CustodyRequest) -> Answer<()> {
    Ok(desk.session()?.set_custody(request).await?)
}

/// The register of lost workstations, the newest incident first.
#[command]
pub(crate) async fn incidents(desk: State<'_, Desk>) -> Answer<Vec<IncidentView>> {
    Ok(desk.session()?.incidents().await?)
}

/// Reports a workstation lost or stolen.
#[command]
pub(crate) async fn open_incident(desk: State<'_, Desk>, request: OpenIncidentRequest) -> Answer<IncidentId> {
    Ok(desk.session()?.open_incident(request).await?)
}

/// Says how an incident ended.
#[command]
pub(crate) async fn close_incident(desk: State<'_, Desk>, request: CloseIncidentRequest) -> Answer<()> {
    Ok(desk.session()?.close_incident(request).await?)
}

/// The register with every receipt in it, for whoever trusts nobody.
#[command]
pub(crate) async fn export_incidents(desk: State<'_, Desk>) -> Answer<ReceiptProof> {
    Ok(desk.session()?.export_incidents().await?)
}
