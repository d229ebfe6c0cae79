//! How do `pin set` and `pin remove` go? With the password that opened the session; they say how the machine opens from now on.

use serde::Serialize;
use sotto_client::view::{Password, TileView};

use super::Context;
use crate::args::PinSetArgs;
use crate::failure::Outcome;
use crate::password;

#[derive(Serialize)]
struct Answer {
    /// How many tries the PIN has here; null where there is none.
    pin_tries_left: Option<u32>,
}

/// Sets the PIN.
///
/// # Errors
/// Those of [`sotto_client::Session::set_pin`], and of reading what was typed.
pub async fn set(args: PinSetArgs, password: &Password, context: &Context) -> Outcome {
    let pin = password::choose_pin(args.new_pin_file.as_deref())?;
    context.session.set_pin(password, &pin).await?;
    tell(context).await
}

/// Removes it.
///
/// # Errors
/// Those of [`sotto_client::Session::remove_pin`].
pub async fn remove(context: &Context) -> Outcome {
    context.session.remove_pin().await?;
    tell(context).await
}

async fn tell(context: &Context) -> Outcome {
    let account = context.session.session().await?.account;
    let tile = context.workstation.view().people.into_iter().find(|tile| tile.account == account);
    let answer = Answer { pin_tries_left: tile.as_ref().and_then(|tile: &TileView| tile.pin_tries_left) };
    let says = |answer: &Answer| match answer.pin_tries_left {
        Some(tries) => format!("Your PIN opens your vault on this machine; {tries} wrong ones and it is gone."),
        None => "There is no PIN on this machine; your password opens your vault.".to_owned(),
    };
    context.output.value(&answer, says).await
}
