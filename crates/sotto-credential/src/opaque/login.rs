//! What the server remembers between a login's two messages, and how the second is checked.

use std::fmt;

use opaque_ke::{CredentialFinalization, ServerLogin, ServerLoginParameters};
use sotto_protocol::{OrgId, WorkstationId};
use zeroize::Zeroizing;

use super::wire::{FINISH_BYTES, MalformedMessage, sized};
use super::{Suite, context};

/// What one attempt is checked with. It may be stored for the attempt's short time; after one use it is gone.
pub struct LoginState(pub(super) ServerLogin<Suite>);

/// Why a login's last message is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum LoginRefused {
    /// No message of this suite.
    #[error("the bytes are no OPAQUE message")]
    Malformed,
    /// The password is another one, or there is no such login, or it was started on another machine. They cannot be told apart.
    #[error("the password does not fit the login")]
    WrongPassword,
}

impl LoginState {
    /// What to store, as secret as the attempt.
    #[must_use]
    pub fn to_bytes(&self) -> Zeroizing<Vec<u8>> {
        let mut bytes = self.0.serialize();
        let stored = Zeroizing::new(bytes.to_vec());
        zeroize::Zeroize::zeroize(bytes.as_mut_slice());
        stored
    }

    /// A stored one.
    ///
    /// # Errors
    /// [`MalformedMessage`]: the stored bytes are damaged.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, MalformedMessage> {
        let this = Self(ServerLogin::<Suite>::deserialize(bytes).map_err(|_| MalformedMessage)?);
        if this.to_bytes().as_slice() == bytes { Ok(this) } else { Err(MalformedMessage) }
    }

    /// Checks the last message. The attempt is used up, whatever comes out.
    ///
    /// # Errors
    /// [`LoginRefused`].
    pub fn finish(self, finish: &[u8], (org, workstation): (OrgId, WorkstationId)) -> Result<(), LoginRefused> {
        let finish = sized(finish, FINISH_BYTES).map_err(|_| LoginRefused::Malformed)?;
        let finish = CredentialFinalization::deserialize(finish).map_err(|_| LoginRefused::Malformed)?;
        let context = context(org, workstation);
        let parameters = ServerLoginParameters { context: Some(&context), ..Default::default() };
        // The session key is not used: the request is proved by the workstation's key, under TLS.
        let mut finished = self.0.finish(finish, parameters).map_err(|_| LoginRefused::WrongPassword)?;
        zeroize::Zeroize::zeroize(finished.session_key.as_mut_slice());
        Ok(())
    }
}

impl fmt::Debug for LoginState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("LoginState(..)")
    }
}
