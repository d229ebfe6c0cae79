//! How does an open vault become a session? Its identity and directory are loaded, then feed and outbox start.

use std::sync::Arc;

use sotto_crypto::{SealingPair, SigningKey};
use sotto_protocol::directory::Directory;
use sotto_protocol::statement::Signed;
use sotto_protocol::{ErrorCode, cbor, limits};
use sotto_store::Vault;
use sotto_store::anchor::Anchor;
use sotto_store::table::identity::Identity;
use sotto_store::table::meta::{self, Meta};
use sotto_store::table::statement;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::core::{Core, CoreParts, Keys};
use super::{People, Session};
use crate::clock::Clock;
use crate::error::{ClientError, Result};
use crate::transport::{DeviceSigner, Http};
use crate::workstation::Workstation;
use crate::{outbox, sync};

/// What a session begins with.
pub(crate) struct Opening {
    pub workstation: Workstation,
    pub insecure_keyring: bool,
    pub clock: Arc<dyn Clock>,
    pub anchor: Anchor,
    pub rolled_back: bool,
    pub identity: Identity,
    pub vault: Vault,
    pub http: Http,
    pub signer: DeviceSigner,
}

/// Begins the session and its tasks. Also gives the policy's lease of the server's share, in seconds.
///
/// # Errors
/// `vault_corrupt` if the identity's keys or the directory in the vault do not hold.
pub(crate) async fn open(opening: Opening) -> Result<(Session, u32)> {
    let who = opening.identity;
    let loaded = opening
        .vault
        .read(|vault| Ok((statement::load_all(vault)?, meta::load(vault, Meta::RolledBack)?, sync::fill::look(vault)?)))
        .await?;
    let (statements, noted, filling) = loaded;
    let root = who.root;
    let (directory, version) = super::compute_blocking(move || load_directory(Directory::new(root), &statements)).await??;
    let people = People::new(directory, version, &who.directory_key);
    opening.workstation.note_names(&people)?;
    let lease_s = people.directory.policy().map_or(0, |policy| policy.lease_s);
    let running = TaskTracker::new();
    let stop = CancellationToken::new();
    let core = Arc::new(Core::new(CoreParts {
        account: who.account,
        generation: who.generation,
        login: who.login.clone(),
        device: who.device,
        org: who.org,
        machine: who.workstation,
        insecure_keyring: opening.insecure_keyring,
        keys: keys_of(&who)?,
        workstation: opening.workstation,
        anchor: opening.anchor,
        vault: opening.vault,
        http: opening.http,
        signer: opening.signer,
        clock: opening.clock,
        running: running.clone(),
        stop: stop.clone(),
        people,
        rolled_back: opening.rolled_back || noted != 0,
        filling,
    }));
    core.spawn(sync::feed::run(Arc::clone(&core)));
    core.spawn(outbox::push::run(Arc::clone(&core)));
    if filling.is_some() {
        core.spawn(sync::fill::run(Arc::clone(&core)));
    }
    Ok((Session::new(core, running, stop), lease_s))
}

fn keys_of(who: &Identity) -> Result<Keys> {
    let pair = SealingPair::from_private(who.sealing_suite, who.sealing_private.as_bytes());
    let pair = pair.map_err(|_| ClientError::new(ErrorCode::VaultCorrupt, "load the account's keys"))?;
    Ok(Keys {
        signing: SigningKey::from_seed(who.signing_seed.clone()),
        pairs: vec![(who.generation, pair)],
        directory: who.directory_key.clone(),
        admin: who.admin.as_ref().map(|(grant, seed)| (*grant, SigningKey::from_seed(seed.clone()))),
    })
}

/// Verifies the vault's statements once more: what is pinned is the root, not the vault.
fn load_directory(mut directory: Directory, statements: &[Vec<u8>]) -> Result<(Directory, u64)> {
    for bytes in statements {
        let corrupt = || ClientError::new(ErrorCode::VaultCorrupt, "load the directory");
        let signed: Signed = cbor::parse_canonical(bytes, limits::STATEMENT_BYTES).map_err(|_| corrupt())?;
        directory.apply(&signed).map_err(|_| corrupt())?;
    }
    Ok((directory, statements.len() as u64))
}
