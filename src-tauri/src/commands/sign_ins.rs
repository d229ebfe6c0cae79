//! Where did somebody sign in, and what does the person say of it?

use sotto_client::view::SignInView;
use sotto_protocol::{AccountId, DeviceId};
use tauri::{State, command};

use super::Answer;
use crate::desk::Desk;

/// Where the person signed in that was new to them.
#[command]
pub(crate) async fn sign_ins(desk: State<'_, Desk>) -> Answer<Vec<SignInView>> {
    Ok(desk.session()?.sign_ins().await?)
}

/// The same of somebody else, for who administers people and for who reviews.
#[command]
pub(crate) async fn sign_ins_of(desk: State<'_, Desk>, account: AccountId) -> Answer<Vec<SignInView>> {
    Ok(desk.session()?.sign_ins_of(account).await?)
}

/// Says whether a new sign-in was the person.
#[command]
pub(crate) async fn answer_sign_in(desk: State<'_, Desk>, device: DeviceId, mine: bool) -> Answer<()> {
    Ok(desk.session()?.answer_sign_in(device, mine).await?)
}

/// Ends one of the person's other devices.
#[command]
pub(crate) async fn end_device(desk: State<'_, Desk>, device: DeviceId) -> Answer<()> {
    desk.session()?.end_devices(vec![device]).await?;
    Ok(())
}

/// Ends all of the person's other devices; how many those were.
#[command]
pub(crate) async fn sign_out_elsewhere(desk: State<'_, Desk>) -> Answer<usize> {
    Ok(desk.session()?.sign_out_elsewhere().await?)
}
