//! How a person shows at any workstation that they know their password, without the server learning it: the client's half of OPAQUE (RFC 9807).
//!
//! The password that goes into OPAQUE is the typed one under the workstations' secret, and it is stretched with Argon2id. So whoever has all
//! of the server, its OPAQUE seed and its records, can try passwords only with the workstations' secret as well. What comes out is the
//! export key, which seals the account's keys ([`crate::bundle`]) and never leaves the workstation.

use std::fmt;

use opaque_ke::errors::{InternalError, ProtocolError};
use opaque_ke::generic_array::{ArrayLength, GenericArray};
use opaque_ke::ksf::Ksf;
use opaque_ke::rand::{CryptoRng as OldCryptoRng, Error as OldError, RngCore as OldRng};
use opaque_ke::{
    CipherSuite, ClientLogin, ClientLoginFinishParameters, ClientRegistration, ClientRegistrationFinishParameters, CredentialResponse,
    RegistrationResponse, Ristretto255, TripleDh,
};
use rand_core::CryptoRng;
use sha2::Sha512;
use sotto_credential::opaque::context;
use sotto_protocol::limits::OPAQUE_BYTES;
use sotto_protocol::{ErrorCode, OrgId, WorkstationId};
use zeroize::Zeroize as _;

use crate::secret::{Secret32, SecretVec};
use crate::stretch::stretch;
use crate::vault_key::{KdfError, KdfParams};
use crate::{derive, label};

/// How slow a guess is: part of the protocol, since every workstation must derive the same.
pub const STRETCH: KdfParams = KdfParams { m_kib: 64 * 1024, t: 3, p: 1 };

/// The client's suite: the server's, and a stretched password.
struct Suite;

impl CipherSuite for Suite {
    type OprfCs = Ristretto255;
    type KeyExchange = TripleDh<Ristretto255, Sha512>;
    type Ksf = Stretch;
}

/// Argon2id with the salt of zeros that RFC 9807 names: what it stretches is already the output of an OPRF keyed for this login.
#[derive(Default)]
struct Stretch;

impl Ksf for Stretch {
    fn hash<L: ArrayLength<u8>>(&self, mut input: GenericArray<u8, L>) -> Result<GenericArray<u8, L>, InternalError> {
        let mut out = GenericArray::default();
        let stretched = stretch(&input, &[0; 16], &[], &STRETCH, &mut out);
        input.as_mut_slice().zeroize();
        stretched.map(|()| out).map_err(|_| InternalError::KsfError)
    }
}

/// Why the server's answer gives nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum OpaqueError {
    /// No message of this suite.
    #[error("the server's answer is no OPAQUE message")]
    Malformed,
    /// The password is another one, or there is no such login, or the server is another one. They cannot be told apart.
    #[error("the password does not fit the login")]
    WrongPassword,
    /// Stretching the password failed.
    #[error(transparent)]
    Kdf(#[from] KdfError),
}

impl OpaqueError {
    /// The code that says it to people.
    #[must_use]
    pub const fn code(self) -> ErrorCode {
        match self {
            Self::Malformed => ErrorCode::Malformed,
            Self::WrongPassword => ErrorCode::WrongPassword,
            Self::Kdf(_) => ErrorCode::Internal,
        }
    }
}

impl From<ProtocolError> for OpaqueError {
    fn from(error: ProtocolError) -> Self {
        match error {
            ProtocolError::InvalidLoginError => Self::WrongPassword,
            ProtocolError::LibraryError(InternalError::KsfError) => Self::Kdf(KdfError::Memory),
            _ => Self::Malformed,
        }
    }
}

/// What a right password gives, at registration and at every login: 64 bytes that only the workstation learns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportKey(SecretVec);

impl ExportKey {
    /// The 64 bytes.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

/// A registration between its two messages.
pub struct Registration {
    password: Secret32,
    state: ClientRegistration<Suite>,
}

/// What a registration gives.
#[derive(Debug)]
pub struct Registered {
    /// The server stores it.
    pub record: Vec<u8>,
    /// Seals the bundle.
    pub export_key: ExportKey,
}

impl Registration {
    /// Begins; the bytes are for the server.
    ///
    /// # Errors
    /// [`OpaqueError::Malformed`] with a probability that is none.
    pub fn start(password: &[u8], workstation_secret: &Secret32, rng: &mut impl CryptoRng) -> Result<(Self, Vec<u8>), OpaqueError> {
        let password = under_secret(password, workstation_secret);
        let started = ClientRegistration::<Suite>::start(&mut Rng(rng), password.as_bytes())?;
        Ok((Self { password, state: started.state }, started.message.serialize().to_vec()))
    }

    /// Ends with the server's answer. Blocks for as long as [`STRETCH`] takes.
    ///
    /// # Errors
    /// [`OpaqueError`].
    pub fn finish(self, response: &[u8], rng: &mut impl CryptoRng) -> Result<Registered, OpaqueError> {
        let response = RegistrationResponse::deserialize(bounded(response)?).map_err(|_| OpaqueError::Malformed)?;
        let parameters = ClientRegistrationFinishParameters::default();
        let mut finished = self.state.finish(&mut Rng(rng), self.password.as_bytes(), response, parameters)?;
        let record = finished.message.serialize().to_vec();
        Ok(Registered { record, export_key: take(finished.export_key.as_mut_slice()) })
    }
}

/// A login between its two messages.
pub struct SignIn {
    password: Secret32,
    state: ClientLogin<Suite>,
}

/// What a login gives.
#[derive(Debug)]
pub struct SignedIn {
    /// Shows the server that the password is right.
    pub finish: Vec<u8>,
    /// Opens the bundle.
    pub export_key: ExportKey,
}

impl SignIn {
    /// Begins; the bytes are for the server.
    ///
    /// # Errors
    /// [`OpaqueError::Malformed`] with a probability that is none.
    pub fn start(password: &[u8], workstation_secret: &Secret32, rng: &mut impl CryptoRng) -> Result<(Self, Vec<u8>), OpaqueError> {
        let password = under_secret(password, workstation_secret);
        let started = ClientLogin::<Suite>::start(&mut Rng(rng), password.as_bytes())?;
        Ok((Self { password, state: started.state }, started.message.serialize().to_vec()))
    }

    /// Ends with the server's answer, at this workstation and no other. Blocks for as long as [`STRETCH`] takes.
    ///
    /// # Errors
    /// [`OpaqueError`].
    pub fn finish(
        self,
        response: &[u8],
        (org, workstation): (OrgId, WorkstationId),
        rng: &mut impl CryptoRng,
    ) -> Result<SignedIn, OpaqueError> {
        let response = CredentialResponse::deserialize(bounded(response)?).map_err(|_| OpaqueError::Malformed)?;
        let context = context(org, workstation);
        let parameters = ClientLoginFinishParameters { context: Some(&context), ..Default::default() };
        let mut finished = self.state.finish(&mut Rng(rng), self.password.as_bytes(), response, parameters)?;
        finished.session_key.as_mut_slice().zeroize();
        let finish = finished.message.serialize().to_vec();
        Ok(SignedIn { finish, export_key: take(finished.export_key.as_mut_slice()) })
    }
}

/// The typed password under the secret that the server does not have.
fn under_secret(password: &[u8], workstation_secret: &Secret32) -> Secret32 {
    derive::secret(workstation_secret.as_bytes(), password, &[label::OPAQUE_PASSWORD])
}

fn bounded(bytes: &[u8]) -> Result<&[u8], OpaqueError> {
    if bytes.len() > OPAQUE_BYTES { Err(OpaqueError::Malformed) } else { Ok(bytes) }
}

/// Moves a key out of a value that does not clear itself.
fn take(bytes: &mut [u8]) -> ExportKey {
    let key = ExportKey(SecretVec::from(&*bytes));
    bytes.zeroize();
    key
}

impl fmt::Debug for Registration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Registration(..)")
    }
}

impl fmt::Debug for SignIn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SignIn(..)")
    }
}

/// Our generator in the form of the older interface that `opaque-ke` takes.
struct Rng<'a, R>(&'a mut R);

impl<R: CryptoRng> OldRng for Rng<'_, R> {
    fn next_u32(&mut self) -> u32 {
        self.0.next_u32()
    }

    fn next_u64(&mut self) -> u64 {
        self.0.next_u64()
    }

    fn fill_bytes(&mut self, bytes: &mut [u8]) {
        self.0.fill_bytes(bytes);
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), OldError> {
        self.0.fill_bytes(bytes);
        Ok(())
    }
}

impl<R: CryptoRng> OldCryptoRng for Rng<'_, R> {}
