//! How does the vault get the directory's newer statements? It asks for what it does not have and takes only what chains to the root.

use std::sync::Arc;

use sotto_protocol::api::{Base64, DirectoryResponse};
use sotto_protocol::directory::{Directory, StatementError};
use sotto_store::table::{statement, thread};

use crate::error::{Attempt as _, ClientError, Result};
use crate::session::{Core, People};
use crate::transport::{DeviceSigner, Http, ProveRequest, WorkstationSigner};
use crate::view::{AppEvent, DirectoryWarning};

/// How a page is asked for: by somebody's proof, or by naming what nobody used yet.
#[derive(Clone, Copy)]
pub(crate) enum Asker<'a> {
    /// An enrolled device.
    Device(&'a DeviceSigner),
    /// An enrolled machine.
    Workstation(&'a WorkstationSigner),
    /// Whoever holds an invite.
    Invite(sotto_protocol::InviteId),
    /// Whoever holds a workstation token.
    Token(sotto_protocol::TokenId),
}

/// Why newer statements are not here.
#[derive(Debug)]
pub(crate) enum FetchError {
    /// The server gave a statement that does not chain to the root: it lies about who is who.
    Forged(StatementError),
    /// It could not be asked.
    Unasked(ClientError),
}

impl From<StatementError> for FetchError {
    fn from(error: StatementError) -> Self {
        Self::Forged(error)
    }
}

impl From<ClientError> for FetchError {
    fn from(error: ClientError) -> Self {
        Self::Unasked(error)
    }
}

impl From<FetchError> for ClientError {
    fn from(error: FetchError) -> Self {
        match error {
            FetchError::Forged(error) => Self::new(error.code(), "verify the directory"),
            FetchError::Unasked(error) => error,
        }
    }
}

/// Fetches every statement that `directory` does not have, in order, and applies it. Gives the encoded statements for the vault.
///
/// # Errors
/// [`FetchError::Forged`] with the first statement that does not chain (`unknown_root`, `signature_invalid`, …); nothing is to be kept
/// then.
pub(crate) async fn fetch(http: &Http, asker: Asker<'_>, directory: &mut Directory) -> Result<Vec<Vec<u8>>, FetchError> {
    let mut statements = Vec::new();
    loop {
        let after = directory.head().0;
        let (target, signer): (_, Option<&dyn ProveRequest>) = match asker {
            Asker::Device(signer) => (format!("/v1/directory?after={after}"), Some(signer)),
            Asker::Workstation(signer) => (format!("/v1/directory?after={after}"), Some(signer)),
            Asker::Invite(invite) => (format!("/v1/directory?after={after}&invite={invite}"), None),
            Asker::Token(token) => (format!("/v1/directory?after={after}&token={token}"), None),
        };
        let page: DirectoryResponse = http.fetch_json(&target, signer).await.attempting("read the directory")?;
        if page.statements.is_empty() {
            return Ok(statements);
        }
        for bytes in page.statements {
            apply(directory, &bytes).inspect_err(|error| tracing::warn!(%error, "the server's directory does not chain to the root"))?;
            statements.push(bytes.0);
        }
        if directory.head().0 >= page.version {
            return Ok(statements);
        }
    }
}

fn apply(directory: &mut Directory, bytes: &Base64) -> Result<(), StatementError> {
    let signed = bytes.signed().map_err(|_| StatementError::Malformed)?;
    directory.apply(&signed).map(drop)
}

/// Brings the session's directory up to the server's: verified first, then on disk, then in use. One that is forged stays away, and the
/// person is warned.
///
/// # Errors
/// Those of [`fetch`] and of the vault.
pub(crate) async fn refresh(core: &Arc<Core>) -> Result<()> {
    let _one = core.directory_gate.lock().await;
    let people = core.people();
    let mut directory = people.directory.clone();
    let before = directory.head().0;
    let fetched = fetch(&core.http, Asker::Device(&core.signer), &mut directory).await;
    if matches!(fetched, Err(FetchError::Forged(_))) {
        core.warn_of_directory(DirectoryWarning::Forged).await?;
    }
    let statements = fetched?;
    if statements.is_empty() {
        return Ok(());
    }
    let classes = directory.classes_of(&core.account);
    let kept = core.vault.write(move |vault| {
        statement::append(vault, before, &statements)?;
        // In the same transaction: no list is ever read by a role that is over.
        thread::open_classes(vault, classes)
    });
    kept.await?;
    core.set_people(People::new(directory, &core.keys.directory));
    // Whoever has still more will say so in their next message.
    core.clear_withheld().await?;
    core.events.send(AppEvent::WorkstationChanged);
    core.events.send(AppEvent::ThreadsChanged { threads: None });
    core.outbox_wake.notify_one();
    Ok(())
}
