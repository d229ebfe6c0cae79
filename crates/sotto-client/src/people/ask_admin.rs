//! How does somebody ask to become an administrator? With a key made here that nobody else ever has; the root then grants exactly that key.

use std::sync::Arc;

use sotto_crypto::bundle::AccountBundle;
use sotto_crypto::statement::sign;
use sotto_crypto::vault_key::Opener;
use sotto_crypto::{OsRandom, SigningKey};
use sotto_protocol::statement::{AdminRequest, Signer, Statement};
use sotto_protocol::{ErrorCode, GrantId};
use sotto_store::table::identity;
use sotto_store::table::meta::{self, Meta};
use tokio::sync::oneshot;

use crate::error::{Attempt as _, ClientError, Result};
use crate::password::bundle_of;
use crate::permissions::permissions;
use crate::session::{Core, Session};
use crate::statements;
use crate::view::{AdminStanding, Password, RecoveryCodes};
use crate::workstation::credential::{Registrar, Registration, parse_code};

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
        let core = Arc::clone(call.core());
        match permissions(&core).admin {
            AdminStanding::None => return Err(ClientError::new(ErrorCode::NotPermitted, ATTEMPTED)),
            AdminStanding::Granted => return Err(ClientError::new(ErrorCode::Conflict, ATTEMPTED)),
            AdminStanding::MayAsk | AdminStanding::Asked => {}
        }
        let admin = (Core::make_id(GrantId::from_bytes), SigningKey::generate(&mut OsRandom::new()));
        let bundle = AccountBundle { admin: Some(admin.clone()), ..bundle_of(&core) };
        let (workstation, http, device) = (core.workstation.clone(), core.http.clone(), core.signer.clone());
        let begun = async {
            workstation.unlock(core.account, Opener::Password, password, &http).await?;
            let machine = workstation.machine()?;
            let who = Registrar { http: &http, device: &device, secret: &machine.secret };
            Ok((Registration::begin(who, bundle, password, workstation.recovery_cost()).await?, machine.secret))
        };
        let (mut registration, secret) = call.run(begun).await?;
        // From here on to the end, also if the caller stops waiting: codes that the server took are shown. The lock waits for it.
        let (told, done) = oneshot::channel();
        tokio::spawn(async move {
            let ended = async {
                let who = Registrar { http: &http, device: &device, secret: &secret };
                let codes = registration.finish(who, &code).await?;
                let version = registration.version();
                keep(&core, admin.clone(), version).await?;
                request(&core, admin).await?;
                Ok(codes)
            };
            let _ = told.send(ended.await);
            drop(call);
        });
        done.await.map_err(|_| ClientError::new(ErrorCode::Internal, ATTEMPTED))?
    }
}

/// In the vault and in the session.
async fn keep(core: &Arc<Core>, admin: (GrantId, SigningKey), version: u64) -> Result<()> {
    let (grant, seed) = (admin.0, admin.1.seed().clone());
    let stored = core.vault.write(move |vault| {
        identity::store_admin(vault, grant, &seed)?;
        meta::store(vault, Meta::BundleVersion, version)
    });
    stored.await.attempting(ATTEMPTED)?;
    core.set_admin(admin);
    Ok(())
}

async fn request(core: &Arc<Core>, (grant, key): (GrantId, SigningKey)) -> Result<()> {
    let request = AdminRequest {
        org: core.org,
        account: core.account,
        generation: core.generation,
        grant,
        admin_key: key.verify_key(),
        issued_at: core.clock.wall_ms(),
    };
    let signer = Signer::Account(core.account, core.generation);
    statements::push(core, &sign(&signer, &Statement::AdminRequest(request), &core.keys.signing)).await.attempting(ATTEMPTED)
}
