//! How do `sign-ins` and `sign-out-everywhere` answer? With where somebody signed in that was new to them, by keeping what they say of it,
//! and by ending what they want ended.

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

#[derive(Serialize)]
struct Ended {
    ended: usize,
}

/// Lists one's own, says of one whether that was oneself, or ends it.
///
/// # Errors
/// `locked`; `not_found` for a device that `status` does not tell of, or that is not one's own; those of the server.
pub async fn run(answer: Option<SignInAnswer>, context: &Context) -> Outcome {
    let (device, mine) = match answer {
        None => return list(context.session.sign_ins().await?, context).await,
        Some(SignInAnswer::Mine { device }) => (device, true),
        Some(SignInAnswer::NotMine { device }) => (device, false),
        Some(SignInAnswer::End { device }) => return tell_ended(context.session.end_devices(vec![device]).await?, context).await,
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

/// Ends every other sign-in of the person.
///
/// # Errors
/// `locked`; those of the server.
pub async fn run_out_elsewhere(context: &Context) -> Outcome {
    tell_ended(context.session.sign_out_elsewhere().await?, context).await
}

async fn tell_ended(ended: usize, context: &Context) -> Outcome {
    let says = |ended: &Ended| match ended.ended {
        0 => "Nothing to end: you are signed in nowhere else.".to_owned(),
        count => format!("Ended: {count}. {WHAT_ENDED_MEANS}"),
    };
    context.output.value(&Ended { ended }, says).await
}

/// What it does, and what it does not.
const WHAT_ENDED_MEANS: &str = "Whoever sits there is locked out, and messages that were waiting there are never sent. What was read there \
    stays read. If it was not you, change your password now (sotto password change) and tell your administrator: whoever knows your password \
    and code, or copied your keys, can sign in again.";

/// What somebody does whose password and second factor a stranger has.
#[must_use]
pub fn what_to_do(device: DeviceId) -> String {
    format!(
        "End it there now (sotto sign-ins end {device}), then change your password (sotto password change) and tell your administrator."
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
