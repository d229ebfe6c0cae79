//! How does an open vault become a session? Its identity and directory are loaded, then feed and outbox start.

use std::sync::{Arc, PoisonError};

use sotto_protocol::directory::Directory;
use sotto_protocol::statement::Signed;
use sotto_protocol::{ErrorCode, cbor, limits};
use sotto_store::Vault;
use sotto_store::anchor::Anchor;
use sotto_store::table::identity::Identity;
use sotto_store::table::meta::{self, Meta};
use sotto_store::table::preference::{self, Preference};
use sotto_store::table::{own_device, statement, thread};

use super::{Core, People, Session};
use crate::error::{ClientError, Result};
use crate::transport::Http;
use crate::workstation::Workstation;
use crate::{file, outbox, receipt, retention, search_index, sync};

/// Begins the session and its tasks. Also gives the policy's lease of the server's share, in seconds.
///
/// # Errors
/// `vault_corrupt` if the identity's keys or the directory in the vault do not hold.
pub(crate) async fn open(
    who: &Identity,
    workstation: &Workstation,
    vault: Vault,
    anchor: Anchor,
    http: Http,
    rolled_back: bool,
) -> Result<(Session, u32)> {
    let loaded = vault
        .read(|vault| {
            Ok((
                statement::load_all(vault)?,
                meta::load(vault, Meta::RolledBack)?,
                meta::load(vault, Meta::DirectoryWarning)?,
                own_device::load_all(vault)?,
                preference::load(vault, Preference::OwnRules)?,
            ))
        })
        .await?;
    let (statements, noted, warned, answers, own_rules) = loaded;
    let root = who.root;
    let directory = super::compute_blocking(move || load_directory(Directory::new(root), &statements)).await??;
    let people = People::new(directory, &who.directory_key);
    workstation.note_names(&people)?;
    let lease_s = workstation.rules_here(&people.directory, &who.workstation).map_or(0, |rules| rules.lease_s.value);
    let core = Arc::new(Core::new(who, workstation, vault, anchor, http, people, rolled_back || noted != 0)?);
    core.load_directory_warning(warned);
    // What another build wrote and this one cannot read counts as nothing: the clinic's rules hold.
    core.take_own_rules(own_rules.and_then(|json| serde_json::from_str(&json).ok()).unwrap_or_default());
    let keep_from = core.keep_from();
    let filling = core.vault.read(move |vault| sync::fill::look(vault, keep_from)).await?;
    core.set_filling(filling);
    core.answers.lock().unwrap_or_else(PoisonError::into_inner).extend(answers);
    let classes = core.classes();
    core.vault.write(move |vault| thread::open_classes(vault, classes)).await?;
    start(&core, filling.is_some());
    let session = Session::new(core);
    // Outside of the session's own tasks: the lock waits for those.
    tokio::spawn(session.clone().end_when_shut_out());
    Ok((session, lease_s))
}

/// Starts what a session does by itself; `fills` says whether some of the past is missing.
fn start(core: &Arc<Core>, fills: bool) {
    core.spawn(sync::feed::run(Arc::clone(core)));
    core.spawn(outbox::push::run(Arc::clone(core)));
    core.spawn(outbox::overdue::run(Arc::clone(core)));
    core.spawn(file::upload::run(Arc::clone(core)));
    core.spawn(receipt::say::run(Arc::clone(core)));
    core.spawn(retention::run(Arc::clone(core)));
    core.spawn(search_index::run(Arc::clone(core)));
    if fills {
        core.spawn(sync::fill::run(Arc::clone(core)));
    }
}

/// Verifies the vault's statements once more: what is pinned is the root, not the vault.
fn load_directory(mut directory: Directory, statements: &[Vec<u8>]) -> Result<Directory> {
    for bytes in statements {
        let corrupt = || ClientError::new(ErrorCode::VaultCorrupt, "load the directory");
        let signed: Signed = cbor::parse_canonical(bytes, limits::STATEMENT_BYTES).map_err(|_| corrupt())?;
        directory.apply(&signed).map_err(|_| corrupt())?;
    }
    Ok(directory)
}
