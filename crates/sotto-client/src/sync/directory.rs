//! How does the vault get the directory's newer statements? It asks for what it does not have and takes only what chains to the root.

use std::sync::Arc;

use sotto_protocol::api::{Base64, DirectoryResponse};
use sotto_protocol::directory::Directory;
use sotto_protocol::statement::Signed;
use sotto_store::table::{statement, thread};

use crate::error::{Attempt as _, ClientError, Result};
use crate::session::{Core, People};
use crate::transport::{DeviceSigner, Http, ProveRequest, WorkstationSigner};
use crate::view::{AppEvent, ErrorCode};

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

/// Fetches every statement after `version`, in order, and applies it to `directory`. Gives the encoded statements for the vault.
///
/// # Errors
/// The first statement that does not chain, by its code (`unknown_root`, `signature_invalid`, …); nothing is to be kept then.
pub(crate) async fn fetch(http: &Http, asker: Asker<'_>, directory: &mut Directory, version: u64) -> Result<Vec<Vec<u8>>> {
    let mut statements = Vec::new();
    loop {
        let after = version + statements.len() as u64;
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
            directory.apply(&parse_signed(&bytes)?).map_err(|error| {
                tracing::warn!(%error, "the server's directory does not chain to the root");
                ClientError::new(error.code(), "verify the directory")
            })?;
            statements.push(bytes.0);
        }
        if version + statements.len() as u64 >= page.version {
            return Ok(statements);
        }
    }
}

fn parse_signed(bytes: &Base64) -> Result<Signed> {
    bytes.signed().map_err(|_| ClientError::new(ErrorCode::Malformed, "read the directory"))
}

/// Brings the session's directory up to the server's: verified first, then on disk, then in use.
///
/// # Errors
/// Those of [`fetch`] and of the vault.
pub(crate) async fn refresh(core: &Arc<Core>) -> Result<()> {
    let _one = core.directory_gate.lock().await;
    let people = core.people();
    let mut directory = people.directory.clone();
    let statements = fetch(&core.http, Asker::Device(&core.signer), &mut directory, people.version).await?;
    if statements.is_empty() {
        return Ok(());
    }
    let (before, version) = (people.version, people.version + statements.len() as u64);
    let classes = directory.classes_of(&core.account);
    let kept = core.vault.write(move |vault| {
        statement::append(vault, before, &statements)?;
        // In the same transaction: no list is ever read by a role that is over.
        thread::open_classes(vault, classes)
    });
    kept.await?;
    core.set_people(People::new(directory, version, &core.keys.directory));
    core.events.send(AppEvent::WorkstationChanged);
    core.events.send(AppEvent::ThreadsChanged { threads: None });
    core.outbox_wake.notify_one();
    Ok(())
}
