//! How is a login set up? OPAQUE's registration, the sealed keys and ten recovery codes: the server takes all of it at once, or nothing.

use sotto_crypto::bundle::{AccountBundle, BundleError, GenerationKeys, seal_bundle};
use sotto_crypto::opaque::{self, OpaqueError, Registered};
use sotto_crypto::recovery::{RecoveryCode, seal_recovery};
use sotto_crypto::totp::TotpSecret;
use sotto_crypto::vault_key::KdfParams;
use sotto_crypto::{OsRandom, SealingPair, Secret32, SigningKey, login};
use sotto_protocol::api::{Base64, RecoveryBox, RegistrationFinishRequest, RegistrationStartRequest, RegistrationStartResponse, TotpCode};
use sotto_protocol::{ErrorCode, limits};
use sotto_store::table::identity::Identity;
use tokio::task::JoinHandle;
use zeroize::Zeroize as _;

use super::unlock_key::blocking;
use crate::error::{Attempt as _, ClientError, Result};
use crate::transport::{DeviceSigner, Http};
use crate::view::{Password, RecoveryCodes, SecretText};

const ATTEMPTED: &str = "set up signing in";

/// Who registers: the machine's server and secret, and the account's device there.
#[derive(Clone, Copy)]
pub(crate) struct Registrar<'a> {
    pub http: &'a Http,
    pub device: &'a DeviceSigner,
    pub secret: &'a Secret32,
}

/// A registration that waits for a code of the second factor. Dropping it leaves the server as it was.
pub(crate) struct Registration {
    request: RegistrationFinishRequest,
    /// The second factor's secret, where it is new.
    pub totp: Option<TotpSecret>,
    codes: Codes,
}

/// Ten codes are slow to seal, and a person is slow to type: it is done meanwhile.
enum Codes {
    Sealing(JoinHandle<std::result::Result<Sealed, BundleError>>),
    Sealed(Vec<RecoveryCode>),
}

type Sealed = (Vec<RecoveryCode>, Vec<RecoveryBox>);

impl Registration {
    /// Begins: the server is told nothing that it would keep.
    ///
    /// # Errors
    /// Those of the server.
    pub async fn begin(who: Registrar<'_>, bundle: AccountBundle, password: &Password, cost: KdfParams) -> Result<Self> {
        let handle = login::handle(who.secret, &bundle.login);
        let started = opaque::Registration::start(password.expose().as_bytes(), who.secret, &mut OsRandom::new());
        let (state, request) = started.map_err(opaque_error)?;
        let request = RegistrationStartRequest { login_handle: handle, request: Base64(request) };
        let mut answer: RegistrationStartResponse =
            who.http.push_json("/v1/registration/start", Some(who.device), &request).await.attempting(ATTEMPTED)?;
        let totp = read_totp(&mut answer)?;
        let response = answer.response.0;
        let Registered { record, export_key } =
            blocking(move || state.finish(&response, &mut OsRandom::new())).await?.map_err(opaque_error)?;
        let version = answer.bundle_version.saturating_add(1);
        let sealed = seal_bundle(&bundle, version, &export_key, who.secret, &mut OsRandom::new()).map_err(bundle_error)?;
        let secret = who.secret.clone();
        let codes = Codes::Sealing(tokio::task::spawn_blocking(move || make_codes(&bundle, &secret, cost)));
        let request = RegistrationFinishRequest {
            login_handle: handle,
            record: Base64(record),
            bundle: Base64(sealed),
            bundle_version: version,
            totp_code: TotpCode::parse("000000").map_err(|_| ClientError::new(ErrorCode::Internal, ATTEMPTED))?,
            recovery: Vec::new(),
        };
        Ok(Self { request, totp, codes })
    }

    /// Waits until the recovery codes are sealed: everything that is slow and that the server hears nothing of. May be dropped and called
    /// again.
    ///
    /// # Errors
    /// `internal` where they cannot be sealed.
    pub async fn seal(&mut self) -> Result<()> {
        if let Codes::Sealing(sealing) = &mut self.codes {
            let sealed = sealing.await.map_err(|_| ClientError::new(ErrorCode::Internal, ATTEMPTED))?;
            let (codes, boxes) = sealed.map_err(bundle_error)?;
            self.request.recovery = boxes;
            self.codes = Codes::Sealed(codes);
        }
        Ok(())
    }

    /// Ends with a code of the second factor; gives the recovery codes, which nothing keeps. May be repeated after any failure.
    ///
    /// # Errors
    /// `wrong_code`, `login_taken`; `conflict` if another machine set the login up meanwhile; those of the server.
    pub async fn finish(&mut self, who: Registrar<'_>, code: &TotpCode) -> Result<RecoveryCodes> {
        self.seal().await?;
        self.request.totp_code = code.clone();
        who.http.push_only("/v1/registration/finish", Some(who.device), &self.request).await.attempting(ATTEMPTED)?;
        let Codes::Sealed(codes) = &self.codes else { return Err(ClientError::new(ErrorCode::Internal, ATTEMPTED)) };
        Ok(RecoveryCodes { codes: codes.iter().map(|code| SecretText::new(code.text().to_string())).collect() })
    }

    /// The version of the bundle that it replaces the server's with.
    pub const fn version(&self) -> u64 {
        self.request.bundle_version
    }
}

/// What a person typed as the second factor's code.
///
/// # Errors
/// `wrong_code` for what can be none.
pub(crate) fn parse_code(text: &str) -> Result<TotpCode> {
    TotpCode::parse(text).map_err(|_| ClientError::new(ErrorCode::WrongCode, "read the code"))
}

/// The account's keys as another machine needs them.
///
/// # Errors
/// `vault_corrupt` where they are none.
pub(crate) fn bundle_of(who: &Identity) -> Result<AccountBundle> {
    let sealing = SealingPair::from_private(who.sealing_suite, who.sealing_private.as_bytes())
        .map_err(|_| ClientError::new(ErrorCode::VaultCorrupt, "load the account's keys"))?;
    let signing = SigningKey::from_seed(who.signing_seed.clone());
    Ok(AccountBundle {
        org: who.org,
        account: who.account,
        login: who.login.clone(),
        keys: vec![GenerationKeys { generation: who.generation, signing, sealing }],
        directory_key: who.directory_key.clone(),
        admin: who.admin.as_ref().map(|(grant, seed)| (*grant, SigningKey::from_seed(seed.clone()))),
    })
}

fn read_totp(answer: &mut RegistrationStartResponse) -> Result<Option<TotpSecret>> {
    if answer.totp_secret.0.is_empty() {
        return Ok(None);
    }
    let secret = TotpSecret::from_slice(&answer.totp_secret.0);
    answer.totp_secret.0.zeroize();
    secret.map(Some).ok_or(ClientError::new(ErrorCode::Malformed, ATTEMPTED))
}

fn make_codes(bundle: &AccountBundle, secret: &Secret32, cost: KdfParams) -> std::result::Result<Sealed, BundleError> {
    let mut rng = OsRandom::new();
    let (mut codes, mut boxes) = (Vec::new(), Vec::new());
    for _ in 0..limits::RECOVERY_CODES {
        let code = RecoveryCode::generate(&mut rng);
        let sealed = seal_recovery(bundle, &code, secret, cost, &mut rng)?;
        boxes.push(RecoveryBox { id: code.id(secret), sealed: Base64(sealed) });
        codes.push(code);
    }
    Ok((codes, boxes))
}

pub(super) const fn opaque_error(error: OpaqueError) -> ClientError {
    ClientError::new(error.code(), "use the password")
}

pub(super) const fn bundle_error(error: BundleError) -> ClientError {
    ClientError::new(error.code(), "use the account's keys")
}
