//! How does `sign-in` go? It checks the password by opening the vault, and remembers whose it was.

use sotto_client::Workstation;

use super::find;
use crate::args::Options;
use crate::failure::Outcome;
use crate::output::Output;
use crate::password;

/// Chooses who uses this terminal.
///
/// # Errors
/// Those of finding the person and of opening the vault.
pub async fn run(name: &str, options: &Options, workstation: &Workstation, output: &Output) -> Outcome {
    let tile = find::tile(workstation, Some(name))?;
    let session = workstation.sign_in(tile.account, &password::ask(options)?).await?;
    let view = session.session().await?;
    session.lock().await?;
    output.value(&view, |view| format!("{} ({}) uses this terminal now.", view.name, view.title)).await
}
