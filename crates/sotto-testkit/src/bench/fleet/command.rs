//! How long does it take from a command to its receipt? A real administrator, a real server, a real machine where nobody is signed in.

use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, ensure};
use sotto_client::Session;
use sotto_client::view::{Action, CommandOutcome, CommandReason, CommandRequest, CommandState, Password};

use crate::bench::clinic::{enrol, failed, found, let_in};
use crate::server::TestServer;
use crate::wait;

/// Commands before the wipe; the slowest counts.
const COMMANDS: usize = 20;

/// The longest of some commands, and the wipe of the machine that ends them.
///
/// # Errors
/// Where client or server refuses, or a command is not done.
pub async fn measure(folder: &Path) -> Result<(Duration, Duration)> {
    let mut server = TestServer::create(&folder.join("server")).await?;
    let password = Password::new("a bench has a password".to_owned());
    let (_office, admin) = found(&server, &folder.join("office"), &password).await?;
    let ward = let_in(&admin, &folder.join("ward"), "Ward").await?;
    let (_, nurse) = enrol(&admin, &ward, "Nurse", &password).await?;
    nurse.lock().await.map_err(failed)?;
    let listening = tokio::spawn(async move { ward.serve_control().await });
    let measured = measure_all(&admin).await;
    listening.abort();
    admin.lock().await.map_err(failed)?;
    server.stop();
    measured
}

async fn measure_all(admin: &Session) -> Result<(Duration, Duration)> {
    let machines = admin.workstations().await.map_err(failed)?;
    let ward = machines.into_iter().find(|machine| machine.name == "Ward").context("the ward is a workstation")?.id;
    // The first one waits until the machine has heard the directory.
    done(admin, &ward, Action::Report).await?;
    let mut longest = Duration::ZERO;
    for _ in 0..COMMANDS {
        longest = longest.max(done(admin, &ward, Action::Report).await?);
    }
    Ok((longest, done(admin, &ward, Action::Wipe).await?))
}

/// From the press to the verified receipt in the administrator's own directory.
async fn done(admin: &Session, workstation: &str, action: Action) -> Result<Duration> {
    let request = CommandRequest { workstation: workstation.to_owned(), account: None, action, reason: CommandReason::Routine };
    let started = Instant::now();
    let command = admin.issue_command(request).await.map_err(failed)?;
    let receipted = wait::until_some("a receipt", || async {
        let commands = admin.commands().await.ok()?;
        commands.into_iter().find(|one| one.command == command && one.state == CommandState::Receipted)
    });
    let time = (receipted.await?, started.elapsed());
    let outcome = time.0.receipt.map(|receipt| receipt.outcome);
    ensure!(outcome == Some(CommandOutcome::Done), "a command ended as {outcome:?}");
    Ok(time.1)
}
