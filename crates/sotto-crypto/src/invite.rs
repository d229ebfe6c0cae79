//! What an invite's text holds: everything a new person's workstation needs, carried out of band and never to the server.

use std::fmt;

use serde::{Deserialize, Serialize};
use serde_bytes::ByteBuf;
use sotto_protocol::key::VerifyKey;
use sotto_protocol::{AccountId, InviteId, cbor};
use zeroize::Zeroize as _;

use crate::code_text;
use crate::login::Login;
use crate::secret::{Secret32, SecretVec};

pub use crate::code_text::TEXT_BYTES;

/// What the text begins with.
pub const PREFIX: &str = "sotto-invite-v1.";

/// An invite, opened. Whoever holds it can become the account: it is a secret until it is used.
#[derive(Clone, PartialEq, Eq)]
pub struct InviteCode {
    /// Where the server is, as an `https` URL.
    pub server: String,
    /// The certificate of the server's authority, DER; nothing else is trusted.
    pub ca_der: Vec<u8>,
    /// The organisation's root; the workstation pins it.
    pub root: VerifyKey,
    /// What profiles are sealed under.
    pub directory_key: Secret32,
    /// Which invite.
    pub invite: InviteId,
    /// The account it makes.
    pub account: AccountId,
    /// The generation it makes.
    pub generation: u32,
    /// The seed of the invite's signing key.
    pub seed: Secret32,
    /// What the person will type to sign in elsewhere; the admin chose it.
    pub login: Login,
}

/// Text that is no invite, or a damaged one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the invite's text is damaged")]
pub struct MalformedInvite;

#[derive(Serialize, Deserialize)]
struct Wire {
    server: String,
    ca_der: ByteBuf,
    root: VerifyKey,
    directory_key: ByteBuf,
    invite: InviteId,
    account: AccountId,
    generation: u32,
    seed: ByteBuf,
    login: Login,
}

impl Drop for Wire {
    fn drop(&mut self) {
        self.directory_key.zeroize();
        self.seed.zeroize();
    }
}

impl InviteCode {
    /// The text. It is as secret as the invite.
    #[must_use]
    pub fn encode(&self) -> String {
        let wire = Wire {
            server: self.server.clone(),
            ca_der: ByteBuf::from(self.ca_der.clone()),
            root: self.root,
            directory_key: ByteBuf::from(self.directory_key.as_bytes().as_slice()),
            invite: self.invite,
            account: self.account,
            generation: self.generation,
            seed: ByteBuf::from(self.seed.as_bytes().as_slice()),
            login: self.login.clone(),
        };
        code_text::encode(PREFIX, SecretVec::from_vec(cbor::encode(&wire)))
    }

    /// Reads untrusted text; white space around and inside it, as mail programs add, does not matter.
    ///
    /// # Errors
    /// [`MalformedInvite`].
    pub fn parse(text: &str) -> Result<Self, MalformedInvite> {
        let body = code_text::decode(PREFIX, text).ok_or(MalformedInvite)?;
        let wire: Wire = cbor::parse_canonical(body.as_bytes(), TEXT_BYTES).map_err(|_| MalformedInvite)?;
        Self::try_from(&wire)
    }
}

impl TryFrom<&Wire> for InviteCode {
    type Error = MalformedInvite;

    fn try_from(wire: &Wire) -> Result<Self, MalformedInvite> {
        Ok(Self {
            server: wire.server.clone(),
            ca_der: wire.ca_der.to_vec(),
            root: wire.root,
            directory_key: Secret32::from_slice(&wire.directory_key).ok_or(MalformedInvite)?,
            invite: wire.invite,
            account: wire.account,
            generation: wire.generation,
            seed: Secret32::from_slice(&wire.seed).ok_or(MalformedInvite)?,
            login: wire.login.clone(),
        })
    }
}

impl fmt::Debug for InviteCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("InviteCode").field("invite", &self.invite).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code() -> InviteCode {
        InviteCode {
            server: "https://sotto.clinic.example:8443".into(),
            ca_der: vec![0x30; 400],
            root: VerifyKey::from_bytes([1; 32]),
            directory_key: Secret32::from_bytes([2; 32]),
            invite: InviteId::from_bytes([3; 16]),
            account: AccountId::from_bytes([4; 16]),
            generation: 1,
            seed: Secret32::from_bytes([5; 32]),
            login: Login::parse("o.haddad").unwrap(),
        }
    }

    #[test]
    fn an_invite_survives_its_text_also_wrapped_by_a_mail_program() {
        let text = code().encode();
        assert_eq!(InviteCode::parse(&text), Ok(code()));
        let (a, b) = text.split_at(80);
        assert_eq!(InviteCode::parse(&format!(" {a}\r\n {b}\n")), Ok(code()));
    }

    #[test]
    fn a_slip_in_any_place_is_noticed() {
        let text = code().encode();
        for place in 0..text.len() {
            let mut bytes = text.clone().into_bytes();
            bytes[place] = if bytes[place] == b'A' { b'B' } else { b'A' };
            assert_eq!(InviteCode::parse(std::str::from_utf8(&bytes).unwrap()), Err(MalformedInvite), "at {place}");
            assert_eq!(InviteCode::parse(&text[..place]), Err(MalformedInvite), "cut at {place}");
        }
        assert_eq!(InviteCode::parse(&"A".repeat(TEXT_BYTES + 1)), Err(MalformedInvite));
    }

    #[test]
    fn debug_tells_no_secret() {
        let shown = format!("{:?}", code());
        assert!(!shown.contains("0202") && !shown.contains("0505") && !shown.contains("clinic"), "{shown}");
    }
}
