//! What a workstation token's text holds: everything a new machine needs, carried out of band and never to the server.

use std::fmt;

use serde::{Deserialize, Serialize};
use serde_bytes::ByteBuf;
use sotto_protocol::key::VerifyKey;
use sotto_protocol::statement::WorkstationKind;
use sotto_protocol::{TokenId, cbor};
use zeroize::Zeroize as _;

use crate::code_text::{self, TEXT_BYTES};
use crate::secret::{Secret32, SecretVec};

/// What the text begins with.
pub const PREFIX: &str = "sotto-workstation-v1.";

/// A workstation token, opened. Whoever holds it can let one machine in and learns the workstations' secret: it belongs to IT alone.
#[derive(Clone, PartialEq, Eq)]
pub struct WorkstationTokenCode {
    /// Where the server is, as an `https` URL.
    pub server: String,
    /// The certificate of the server's authority, DER; nothing else is trusted.
    pub ca_der: Vec<u8>,
    /// The organisation's root; the machine pins it.
    pub root: VerifyKey,
    /// What every enrolled machine has and the server has not.
    pub workstation_secret: Secret32,
    /// Which token.
    pub token: TokenId,
    /// The seed of the token's signing key.
    pub seed: Secret32,
    /// Who sits at the machine.
    pub kind: WorkstationKind,
}

/// Text that is no workstation token, or a damaged one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the workstation token's text is damaged")]
pub struct MalformedToken;

#[derive(Serialize, Deserialize)]
struct Wire {
    server: String,
    ca_der: ByteBuf,
    root: VerifyKey,
    workstation_secret: ByteBuf,
    token: TokenId,
    seed: ByteBuf,
    kind: WorkstationKind,
}

impl Drop for Wire {
    fn drop(&mut self) {
        self.workstation_secret.zeroize();
        self.seed.zeroize();
    }
}

impl WorkstationTokenCode {
    /// The text. It is as secret as the token.
    #[must_use]
    pub fn encode(&self) -> String {
        let wire = Wire {
            server: self.server.clone(),
            ca_der: ByteBuf::from(self.ca_der.clone()),
            root: self.root,
            workstation_secret: ByteBuf::from(self.workstation_secret.as_bytes().as_slice()),
            token: self.token,
            seed: ByteBuf::from(self.seed.as_bytes().as_slice()),
            kind: self.kind,
        };
        code_text::encode(PREFIX, SecretVec::from_vec(cbor::encode(&wire)))
    }

    /// Reads untrusted text; white space around and inside it does not matter.
    ///
    /// # Errors
    /// [`MalformedToken`].
    pub fn parse(text: &str) -> Result<Self, MalformedToken> {
        let body = code_text::decode(PREFIX, text).ok_or(MalformedToken)?;
        let wire: Wire = cbor::parse_canonical(body.as_bytes(), TEXT_BYTES).map_err(|_| MalformedToken)?;
        Self::try_from(&wire)
    }
}

impl TryFrom<&Wire> for WorkstationTokenCode {
    type Error = MalformedToken;

    fn try_from(wire: &Wire) -> Result<Self, MalformedToken> {
        Ok(Self {
            server: wire.server.clone(),
            ca_der: wire.ca_der.to_vec(),
            root: wire.root,
            workstation_secret: Secret32::from_slice(&wire.workstation_secret).ok_or(MalformedToken)?,
            token: wire.token,
            seed: Secret32::from_slice(&wire.seed).ok_or(MalformedToken)?,
            kind: wire.kind,
        })
    }
}

impl fmt::Debug for WorkstationTokenCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WorkstationTokenCode").field("token", &self.token).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::invite::InviteCode;

    fn code() -> WorkstationTokenCode {
        WorkstationTokenCode {
            server: "https://sotto.clinic.example:8443".into(),
            ca_der: vec![0x30; 400],
            root: VerifyKey::from_bytes([1; 32]),
            workstation_secret: Secret32::from_bytes([2; 32]),
            token: TokenId::from_bytes([3; 16]),
            seed: Secret32::from_bytes([5; 32]),
            kind: WorkstationKind::Shared,
        }
    }

    #[test]
    fn a_token_survives_its_text_and_is_no_invite() {
        let text = code().encode();
        assert_eq!(WorkstationTokenCode::parse(&format!(" {text}\r\n")), Ok(code()));
        assert!(InviteCode::parse(&text).is_err());
        assert!(InviteCode::parse(&text.replace(PREFIX, crate::invite::PREFIX)).is_err());
    }

    #[test]
    fn a_slip_in_any_place_is_noticed() {
        let text = code().encode();
        for place in 0..text.len() {
            let mut bytes = text.clone().into_bytes();
            bytes[place] = if bytes[place] == b'A' { b'B' } else { b'A' };
            assert_eq!(WorkstationTokenCode::parse(std::str::from_utf8(&bytes).unwrap()), Err(MalformedToken), "at {place}");
            assert_eq!(WorkstationTokenCode::parse(&text[..place]), Err(MalformedToken), "cut at {place}");
        }
    }

    #[test]
    fn debug_tells_no_secret() {
        let shown = format!("{:?}", code());
        assert!(!shown.contains("0202") && !shown.contains("0505") && !shown.contains("clinic"), "{shown}");
    }

    proptest::proptest! {
        #[test]
        fn whatever_text_is_taken_is_the_one_that_is_written(text in "sotto-workstation-v1\\.[A-Za-z0-9_-]{0,200}|\\PC{0,60}") {
            if let Ok(code) = WorkstationTokenCode::parse(&text) {
                proptest::prop_assert_eq!(code.encode(), text);
            }
        }
    }
}
