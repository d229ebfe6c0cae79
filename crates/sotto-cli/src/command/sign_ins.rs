//! How does `sign-ins` answer? With where somebody signed in that was new to them, and by keeping what they say of it.

use serde::Serialize;
use sotto_client::view::SignInView;
use sotto_protocol::{AccountId, DeviceId};

use super::Context;
use crate::args::SignInAnswer;
use crate::failure::Outcome;
use crate::show;

#[derive(Serialize)]
struct Answered {
    device: DeviceId,
    mine: bool,
}

/// Lists one's own, or says of one whether that was oneself.
///
/// # Errors
/// `locked`; `not_found` for a device that `status` does not tell of; those of the server.
pub async fn run(answer: Option<SignInAnswer>, context: &Context) -> Outcome {
    let (device, mine) = match answer {
        None => return list(context.session.sign_ins().await?, context).await,
        Some(SignInAnswer::Mine { device }) => (device, true),
        Some(SignInAnswer::NotMine { device }) => (device, false),
    };
    context.session.answer_sign_in(device, mine).await?;
    let says = |answered: &Answered| if answered.mine { "Noted.".to_owned() } else { what_to_do(answered.device) };
    context.output.value(&Answered { device, mine }, says).await
}

/// Lists somebody else's.
///
/// # Errors
/// `locked`, `not_permitted`, `not_found`; those of the server.
pub async fn run_of(account: AccountId, context: &Context) -> Outcome {
    list(context.session.sign_ins_of(account).await?, context).await
}

/// What somebody does whose password and second factor a stranger has.
#[must_use]
pub fn what_to_do(device: DeviceId) -> String {
    format!(
        "Change your password now (sotto password change), and have an administrator shut that device out: sotto revoke --device {device}"
    )
}

async fn list(sign_ins: Vec<SignInView>, context: &Context) -> Outcome {
    context.output.value(&sign_ins, |all| all.iter().map(line).collect::<Vec<_>>().join("\n")).await
}

fn line(one: &SignInView) -> String {
    let with = if one.recovery { ", with a recovery code" } else { "" };
    let here = if one.here { ", here" } else { "" };
    format!("{}  {} ({}){with}{here}", show::time(one.at), one.workstation, one.location)
}
