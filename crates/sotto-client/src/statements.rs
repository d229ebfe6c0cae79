//! How does an admin assert something? Signed by the admin's key, taken by the server, taken in here.

use std::sync::Arc;

use sotto_crypto::statement::sign;
use sotto_protocol::ErrorCode;
use sotto_protocol::api::{DirectoryVersion, StatementRequest};
use sotto_protocol::directory::Directory;
use sotto_protocol::statement::{Revocations, Signed, Signer, Statement};

use crate::error::{Attempt as _, ClientError, Result};
use crate::session::Core;
use crate::sync::directory::refresh;

/// Signs a statement as the admin, has the server take it, and takes it in.
///
/// # Errors
/// `not_permitted` for who is no admin; those of the server.
pub(crate) async fn assert(core: &Arc<Core>, statement: &Statement) -> Result<()> {
    let (grant, key) = core.admin().ok_or(ClientError::new(ErrorCode::NotPermitted, "sign as an admin"))?;
    push(core, &sign(&Signer::Admin(grant), statement, &key)).await
}

/// Has the server take what was signed, and takes it in.
///
/// # Errors
/// Those of the server.
pub(crate) async fn push(core: &Arc<Core>, signed: &Signed) -> Result<()> {
    let request = StatementRequest { statement: signed.into() };
    core.http.push_json::<DirectoryVersion>("/v1/statements", Some(&core.signer), &request).await?;
    refresh(core).await
}

/// Signs the next list of revocations: everything in the last one, and what `add` puts in.
///
/// # Errors
/// `not_found` where `add` finds nothing; those of [`assert`].
pub(crate) async fn revoke(core: &Arc<Core>, add: impl FnOnce(&mut Revocations, &Directory) -> Option<()>) -> Result<()> {
    // The list must follow the newest one there is.
    refresh(core).await?;
    let people = core.people();
    let before = people.directory.revocations();
    let mut list = Revocations {
        org: core.org,
        version: before.map_or(0, |list| list.version) + 1,
        issued_at: core.clock.wall_ms(),
        accounts: before.map(|list| list.accounts.clone()).unwrap_or_default(),
        devices: before.map(|list| list.devices.clone()).unwrap_or_default(),
        workstations: before.map(|list| list.workstations.clone()).unwrap_or_default(),
    };
    add(&mut list, &people.directory).ok_or(ClientError::new(ErrorCode::NotFound, "revoke"))?;
    list.devices.dedup();
    list.workstations.dedup();
    assert(core, &Statement::Revocations(list)).await.attempting("revoke")
}
