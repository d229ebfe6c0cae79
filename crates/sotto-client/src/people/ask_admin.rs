//! How does somebody ask to become an administrator? With a key made here that nobody else ever has; the root then grants exactly that key.

use std::sync::Arc;

use sotto_crypto::bundle::AccountBundle;
use sotto_crypto::statement::sign;
use sotto_crypto::vault_key::Opener;
use sotto_crypto::{OsRandom, SigningKey};
use sotto_protocol::statement::{AdminRequest, Signed, Signer, Statement};
use sotto_protocol::{ErrorCode, GrantId};
use sotto_store::Vault;
use sotto_store::table::identity;
use sotto_store::table::meta::{self, Meta};

use crate::error::{Attempt as _, ClientError, Result};
use crate::password::bundle_of;
use crate::permissions::permissions;
use crate::session::{Core, Replacement, Session};
use crate::statements::push_only;
use crate::sync::directory::refresh;
use crate::view::{AdminStanding, Password, RecoveryCodes};
use crate::workstation::credential::parse_code;

const ATTEMPTED: &str = "ask to become an administrator";

impl Session {
    /// Makes an admin key, seals it among the person's keys (so that it comes along to their next machine), and asks the root for a grant.
    /// Gives new recovery codes: the old ones are over. A request of before is replaced; if this one is interrupted, it is asked anew.
    ///
    /// # Errors
    /// `locked`; `not_permitted` for whose role does not administer; `conflict` for who is an administrator; `wrong_password`, `throttled`,
    /// `wrong_code`; those of the server.
    pub async fn ask_admin(&self, password: &Password, code: &str) -> Result<RecoveryCodes> {
        let code = parse_code(code)?;
        let call = self.enter()?;
        let core = call.core();
        match permissions(core).admin {
            AdminStanding::None => return Err(ClientError::new(ErrorCode::NotPermitted, ATTEMPTED)),
            AdminStanding::Granted => return Err(ClientError::new(ErrorCode::Conflict, ATTEMPTED)),
            AdminStanding::MayAsk | AdminStanding::Asked => {}
        }
        let admin = (Core::make_id(GrantId::from_bytes), SigningKey::generate(&mut OsRandom::new()));
        let bundle = AccountBundle { admin: Some(admin.clone()), ..bundle_of(core) };
        call.run(core.workstation.unlock(core.account, Opener::Password, password, &core.http)).await?;
        let replacement = Replacement::make(&call, bundle, password).await?;
        let (http, device, vault, request) = (core.http.clone(), core.signer.clone(), core.vault.clone(), request(core, &admin));
        // The lock waits for nothing below: what is left needs no session.
        let session = Arc::downgrade(core);
        drop(call);
        let keep = async move |version| {
            store(&vault, &admin, version).await?;
            if let Some(core) = session.upgrade() {
                core.set_admin(admin);
            }
            push_only(&http, &device, &request).await
        };
        let codes = replacement.push(code, keep).await?;
        // The feed tells of it too; who asked sees it at once.
        if let Ok(call) = self.enter() {
            call.run(refresh(call.core())).await.ok();
        }
        Ok(codes)
    }
}

async fn store(vault: &Vault, (grant, key): &(GrantId, SigningKey), version: u64) -> Result<()> {
    let (grant, seed) = (*grant, key.seed().clone());
    let stored = vault.write(move |vault| {
        identity::store_admin(vault, grant, &seed)?;
        meta::store(vault, Meta::BundleVersion, version)
    });
    stored.await.attempting(ATTEMPTED)
}

fn request(core: &Core, (grant, key): &(GrantId, SigningKey)) -> Signed {
    let request = AdminRequest {
        org: core.org,
        account: core.account,
        generation: core.generation,
        grant: *grant,
        admin_key: key.verify_key(),
        issued_at: core.clock.wall_ms(),
    };
    sign(&Signer::Account(core.account, core.generation), &Statement::AdminRequest(request), &core.keys.signing)
}
