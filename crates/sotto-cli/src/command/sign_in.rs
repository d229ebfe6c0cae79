//! How does `sign-in` go? It checks the password by opening the vault, and remembers whose it was; where there is none, it makes one.

use sotto_client::view::{AppEvent, ErrorCode};
use sotto_client::{Session, Workstation};

use super::find;
use crate::args::{Options, SignInArgs};
use crate::failure::{Failure, Outcome};
use crate::output::Output;
use crate::{password, totp};

/// Chooses who uses this terminal.
///
/// # Errors
/// Those of finding the person, of opening the vault, and of signing in by name.
pub async fn run(args: SignInArgs, options: &Options, workstation: &Workstation, output: &Output) -> Outcome {
    let session = match find::tile(workstation, Some(&args.name)) {
        Ok(tile) if tile.has_vault => workstation.sign_in(tile.account, &password::ask(options)?).await?,
        Err(failure) if failure.code != ErrorCode::NotEnrolled => return Err(failure),
        _ => {
            let password = password::ask(options)?;
            let code = totp::ask(&args.code).await?;
            workstation.sign_in_new(&args.name, &password, code.expose()).await?
        }
    };
    if !args.no_wait {
        wait_until_filled(&session).await?;
    }
    let view = session.session().await?;
    session.lock().await?;
    output.value(&view, |view| format!("{} ({}) uses this terminal now.", view.name, view.title)).await
}

/// Everything that can be read is here on return.
async fn wait_until_filled(session: &Session) -> Outcome {
    let mut events = session.events();
    while session.filling().await?.is_some() {
        match events.recv().await {
            Ok(AppEvent::Locking) | Err(tokio::sync::broadcast::error::RecvError::Closed) => return Err(Failure::new(ErrorCode::Locked)),
            _ => {}
        }
    }
    Ok(())
}
