//! How are a signed-in person's password and sealed keys replaced on the server? All at once; a lock in between leaves no key in memory.

use sotto_crypto::Secret32;
use sotto_crypto::bundle::AccountBundle;
use sotto_protocol::ErrorCode;
use sotto_protocol::api::TotpCode;
use tokio::sync::oneshot;

use crate::error::{ClientError, Result};
use crate::session::Call;
use crate::transport::{DeviceSigner, Http};
use crate::view::{Password, RecoveryCodes};
use crate::workstation::credential::{Registrar, Registration};

/// A replacement that the server was not told of yet. It holds the session no longer: a lock does not wait for the server's answer.
pub(crate) struct Replacement {
    registration: Registration,
    http: Http,
    device: DeviceSigner,
    secret: Secret32,
}

impl Replacement {
    /// Seals `bundle` under `password` and ten new recovery codes, which takes seconds. A lock ends it, and nothing happened then.
    ///
    /// # Errors
    /// `locked`; those of the server.
    pub async fn make(call: &Call, bundle: AccountBundle, password: &Password) -> Result<Self> {
        let core = call.core();
        let (http, device, secret) = (core.http.clone(), core.signer.clone(), core.workstation.machine()?.secret);
        let sealed = async {
            let who = Registrar { http: &http, device: &device, secret: &secret };
            let mut registration = Registration::begin(who, bundle, password, core.workstation.recovery_cost()).await?;
            registration.seal().await?;
            Ok(registration)
        };
        let registration = call.run(sealed).await?;
        Ok(Self { registration, http, device, secret })
    }

    /// Has the server take it, then does `keep` with the new bundle's version. Goes on to its end also if the session is locked or the
    /// caller stops waiting: what the server took must be kept here too. The call to the session is over before.
    ///
    /// # Errors
    /// `wrong_code`; those of the server and of `keep`.
    pub async fn push<K>(mut self, code: TotpCode, keep: impl FnOnce(u64) -> K + Send + 'static) -> Result<RecoveryCodes>
    where
        K: Future<Output = Result<()>> + Send,
    {
        let (told, done) = oneshot::channel();
        tokio::spawn(async move {
            let ended = async {
                let who = Registrar { http: &self.http, device: &self.device, secret: &self.secret };
                let codes = self.registration.finish(who, &code).await?;
                keep(self.registration.version()).await?;
                Ok(codes)
            };
            // Nobody may be there any more to read the codes.
            let _ = told.send(ended.await);
        });
        done.await.map_err(|_| ClientError::new(ErrorCode::Internal, "replace the account's keys"))?
    }
}
