//! What the server keeps for all logins, and how it answers the first message of a registration and of a login.

use std::fmt;

use opaque_ke::{CredentialRequest, RegistrationRequest, ServerLogin, ServerLoginParameters, ServerRegistration};
use ring::rand::SystemRandom;
use sotto_protocol::{LoginHandle, OrgId, WorkstationId};
use zeroize::Zeroizing;

use super::login::LoginState;
use super::random::Rng;
use super::wire::{CREDENTIAL_REQUEST_BYTES, MalformedMessage, RECORD_BYTES, REGISTRATION_REQUEST_BYTES, sized};
use super::{Suite, context};

/// The seed of all credentials' keys and the server's own key pair. Whoever has it and the records can try passwords, but only with the
/// workstations' secret; whoever loses it locks everybody out. It is made once, kept like the database's key, and never changes.
#[derive(Clone)]
pub struct ServerSetup(opaque_ke::ServerSetup<Suite>);

/// A login that was answered.
#[derive(Debug)]
pub struct LoginStart {
    /// The answer for the client.
    pub response: Vec<u8>,
    /// What the finish is checked with; belongs to this attempt alone.
    pub state: LoginState,
}

impl ServerSetup {
    /// A fresh one.
    ///
    /// # Panics
    /// Where the operating system gives no randomness.
    #[must_use]
    pub fn generate(random: &SystemRandom) -> Self {
        Self(opaque_ke::ServerSetup::new(&mut Rng(random)))
    }

    /// A stored one.
    ///
    /// # Errors
    /// [`MalformedMessage`]: the stored bytes are damaged.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, MalformedMessage> {
        let setup = opaque_ke::ServerSetup::<Suite>::deserialize(bytes).map_err(|_| MalformedMessage)?;
        let this = Self(setup);
        if this.to_bytes().as_slice() == bytes { Ok(this) } else { Err(MalformedMessage) }
    }

    /// What to store.
    #[must_use]
    pub fn to_bytes(&self) -> Zeroizing<Vec<u8>> {
        let mut bytes = self.0.serialize();
        let stored = Zeroizing::new(bytes.to_vec());
        zeroize::Zeroize::zeroize(bytes.as_mut_slice());
        stored
    }

    /// Answers a registration request. Nothing needs to be remembered: the answer is a function of the handle.
    ///
    /// # Errors
    /// [`MalformedMessage`].
    pub fn register(&self, handle: LoginHandle, request: &[u8]) -> Result<Vec<u8>, MalformedMessage> {
        let request = RegistrationRequest::deserialize(sized(request, REGISTRATION_REQUEST_BYTES)?).map_err(|_| MalformedMessage)?;
        let started = ServerRegistration::<Suite>::start(&self.0, request, handle.as_bytes()).map_err(|_| MalformedMessage)?;
        Ok(started.message.serialize().to_vec())
    }

    /// Answers a login's first message. Where there is no `record` under the handle, the answer is a fake that takes the same time and that
    /// nobody without the record can tell from a true one; its finish never fits.
    ///
    /// # Errors
    /// [`MalformedMessage`], also where the stored record is damaged.
    ///
    /// # Panics
    /// Where the operating system gives no randomness.
    pub fn start_login(
        &self,
        handle: LoginHandle,
        record: Option<&[u8]>,
        request: &[u8],
        (org, workstation): (OrgId, WorkstationId),
        random: &SystemRandom,
    ) -> Result<LoginStart, MalformedMessage> {
        let request = CredentialRequest::deserialize(sized(request, CREDENTIAL_REQUEST_BYTES)?).map_err(|_| MalformedMessage)?;
        let record =
            record.map(|bytes| ServerRegistration::<Suite>::deserialize(sized(bytes, RECORD_BYTES)?).map_err(|_| MalformedMessage));
        let context = context(org, workstation);
        let parameters = ServerLoginParameters { context: Some(&context), ..Default::default() };
        let started = ServerLogin::start(&mut Rng(random), &self.0, record.transpose()?, request, handle.as_bytes(), parameters)
            .map_err(|_| MalformedMessage)?;
        Ok(LoginStart { response: started.message.serialize().to_vec(), state: LoginState(started.state) })
    }
}

impl fmt::Debug for ServerSetup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ServerSetup(..)")
    }
}
