//! What somebody does who signs in anywhere: sets up a login with the real client's half of OPAQUE, and uses it at machines.

use sotto_crypto::login::{Login, handle};
use sotto_crypto::opaque::{Registration, SignIn};
use sotto_crypto::totp::TotpSecret;
use sotto_crypto::{OsRandom, Secret32};
use sotto_protocol::api::{
    Base64, ErrorResponse, RecoveryBox, RecoveryStartRequest, RecoveryStartResponse, RegistrationFinishRequest, RegistrationStartRequest,
    RegistrationStartResponse, SignInFinishRequest, SignInFinishResponse, SignInStartRequest, SignInStartResponse, TotpCode,
};
use sotto_protocol::{ErrorCode, LoginHandle, RecoveryId};
use sotto_server::Clock;

use super::machine::Machine;
use super::person::{Person, code};
use super::random;
use super::server::Clinic;

/// Stands for the secret of all workstations of the clinic.
const SECRET: [u8; 32] = [0x5e; 32];
/// A step of the second factor.
pub const STEP_MS: u64 = 30_000;

/// Somebody's login.
pub struct Roamer {
    pub handle: LoginHandle,
    pub password: &'static str,
    pub totp: TotpSecret,
    pub recovery: Vec<RecoveryId>,
}

impl Roamer {
    /// What a machine knows of a login before it asks.
    pub fn named(login: &str, password: &'static str) -> Self {
        let handle = handle(&Secret32::from_bytes(SECRET), &Login::parse(login).unwrap());
        Self { handle, password, totp: TotpSecret::from_slice(&[0; 20]).unwrap(), recovery: Vec::new() }
    }

    /// Sets up a login, or a new password, through a person's device.
    pub async fn register(clinic: &Clinic, person: &Person, login: &str, password: &'static str) -> Self {
        let mut roamer = Self::named(login, password);
        let request = roamer.begin(clinic, person).await.unwrap();
        assert_eq!(finish(clinic, person, &request).await, Ok(()));
        roamer
    }

    /// Begins a registration and makes what ends it.
    pub async fn begin(&mut self, clinic: &Clinic, person: &Person) -> Result<RegistrationFinishRequest, ErrorCode> {
        let (client, request) = Registration::start(self.password.as_bytes(), &Secret32::from_bytes(SECRET), &mut OsRandom::new()).unwrap();
        let request = RegistrationStartRequest { login_handle: self.handle, request: Base64(request) };
        let sent = person.post(clinic, "/v1/registration/start", serde_json::to_vec(&request).unwrap()).await;
        if !sent.status().is_success() {
            return Err(code(sent).await.1);
        }
        let begun: RegistrationStartResponse = sent.json().await.unwrap();
        if let Some(secret) = TotpSecret::from_slice(&begun.totp_secret.0) {
            self.totp = secret;
        }
        let record = client.finish(&begun.response.0, &mut OsRandom::new()).unwrap().record;
        self.recovery = (0..10).map(|_| RecoveryId::from_bytes(random::bytes())).collect();
        let sealed = |id: &RecoveryId| RecoveryBox { id: *id, sealed: Base64([id.as_bytes().as_slice(), &[7; 1_500]].concat()) };
        Ok(RegistrationFinishRequest {
            login_handle: self.handle,
            record: Base64(record),
            bundle: Base64(bundle(self.handle, begun.bundle_version + 1)),
            bundle_version: begun.bundle_version + 1,
            totp_code: self.code(clinic),
            recovery: self.recovery.iter().map(sealed).collect(),
        })
    }

    /// The second factor's code now.
    pub fn code(&self, clinic: &Clinic) -> TotpCode {
        TotpCode::parse(&self.totp.code(clinic.clock.now_ms() / 1_000)).unwrap()
    }

    /// Begins a sign-in.
    pub async fn start(&self, clinic: &Clinic, at: &Machine) -> Result<Started, ErrorResponse> {
        let (client, request) = SignIn::start(self.password.as_bytes(), &Secret32::from_bytes(SECRET), &mut OsRandom::new()).unwrap();
        let request = SignInStartRequest { login_handle: self.handle, request: Base64(request) };
        let sent = at.post(clinic, "/v1/sign-in/start", &request).await;
        if sent.status().is_success() {
            Ok(Started { client, response: sent.json().await.unwrap() })
        } else {
            Err(sent.json().await.unwrap())
        }
    }

    /// Signs in with the code of now.
    pub async fn sign_in(&self, clinic: &Clinic, at: &Machine) -> Result<SignInFinishResponse, ErrorCode> {
        let started = self.start(clinic, at).await.map_err(|refused| refused.code)?;
        let request = started.finish(clinic, at, self.code(clinic))?;
        post_finish(clinic, at, &request).await
    }

    /// Uses a recovery code, with the second factor's code of now.
    pub async fn recover(&self, clinic: &Clinic, at: &Machine, id: RecoveryId) -> Result<RecoveryStartResponse, ErrorCode> {
        let request = RecoveryStartRequest { login_handle: self.handle, recovery_id: id, totp_code: self.code(clinic) };
        let sent = at.post(clinic, "/v1/recovery/start", &request).await;
        if sent.status().is_success() { Ok(sent.json().await.unwrap()) } else { Err(code(sent).await.1) }
    }
}

/// A sign-in that was answered.
pub struct Started {
    client: SignIn,
    pub response: SignInStartResponse,
}

impl Started {
    /// What ends it, or what the client finds out by itself.
    pub fn finish(self, clinic: &Clinic, at: &Machine, totp_code: TotpCode) -> Result<SignInFinishRequest, ErrorCode> {
        let whom = (clinic.org, at.workstation);
        let signed_in = self.client.finish(&self.response.response.0, whom, &mut OsRandom::new()).map_err(|error| error.code())?;
        Ok(SignInFinishRequest { attempt: self.response.attempt, finish: Base64(signed_in.finish), totp_code })
    }
}

/// Stands for the sealed bundle of a version.
pub fn bundle(handle: LoginHandle, version: u64) -> Vec<u8> {
    [handle.as_bytes().as_slice(), &version.to_be_bytes(), &[9; 3_000]].concat()
}

/// Ends a registration.
pub async fn finish(clinic: &Clinic, person: &Person, request: &RegistrationFinishRequest) -> Result<(), ErrorCode> {
    let sent = person.post(clinic, "/v1/registration/finish", serde_json::to_vec(request).unwrap()).await;
    if sent.status() == 204 { Ok(()) } else { Err(code(sent).await.1) }
}

/// Ends a sign-in.
pub async fn post_finish(clinic: &Clinic, at: &Machine, request: &SignInFinishRequest) -> Result<SignInFinishResponse, ErrorCode> {
    let sent = at.post(clinic, "/v1/sign-in/finish", request).await;
    if sent.status().is_success() { Ok(sent.json().await.unwrap()) } else { Err(code(sent).await.1) }
}
