//! What lets a machine in: a token that an admin makes, and the certificate that the machine makes with it.

use serde::{Deserialize, Serialize};
use serde_bytes::ByteBuf;

use crate::key::VerifyKey;
use crate::{OrgId, TokenId, WorkstationId};

/// Who sits at a machine, which decides how soon it locks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum WorkstationKind {
    /// Whoever is on shift.
    Shared,
    /// One person.
    Private,
}

/// Lets a machine in, once. The secret of `token_key` travels out of band and never to the server.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkstationToken {
    /// The organisation.
    pub org: OrgId,
    /// The token's own id.
    pub token: TokenId,
    /// Signs the machine's certificate.
    pub token_key: VerifyKey,
    /// Who sits there.
    pub kind: WorkstationKind,
    /// The machine's [`WorkstationProfile`], sealed under the organisation's directory key.
    pub profile: ByteBuf,
    /// Milliseconds since 1970.
    pub not_before: u64,
    /// Milliseconds since 1970.
    pub not_after: u64,
}

/// How a machine is called; sealed inside the token by the admin, so that no machine chooses a name for itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkstationProfile {
    /// As it stands on the machine: "WS 4".
    pub name: String,
    /// Where it stands: "Nurses' station, 2nd floor".
    pub location: String,
}

/// Binds a machine to its key. A machine that is enrolled again gets a new id from a new token.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkstationCert {
    /// The organisation.
    pub org: OrgId,
    /// The token.
    pub token: TokenId,
    /// The machine's own id.
    pub workstation: WorkstationId,
    /// Signs the requests of the machine, before anybody signs in.
    pub workstation_key: VerifyKey,
    /// The one the token names.
    pub kind: WorkstationKind,
    /// Milliseconds since 1970.
    pub issued_at: u64,
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::cbor::{encode, parse_canonical};
    use crate::limits::STATEMENT_BYTES;
    use crate::statement::{Revocations, Signer, Statement};
    use crate::{AccountId, DeviceId};

    fn id() -> impl Strategy<Value = [u8; 16]> {
        proptest::array::uniform16(0u8..)
    }

    fn kind() -> impl Strategy<Value = WorkstationKind> {
        any::<bool>().prop_map(|shared| if shared { WorkstationKind::Shared } else { WorkstationKind::Private })
    }

    fn token() -> impl Strategy<Value = Statement> {
        (id(), id(), proptest::array::uniform32(0u8..), kind(), proptest::collection::vec(0u8.., 0..300), any::<(u64, u64)>()).prop_map(
            |(org, token, key, kind, profile, (not_before, not_after))| {
                Statement::WorkstationToken(WorkstationToken {
                    org: OrgId::from_bytes(org),
                    token: TokenId::from_bytes(token),
                    token_key: VerifyKey::from_bytes(key),
                    kind,
                    profile: ByteBuf::from(profile),
                    not_before,
                    not_after,
                })
            },
        )
    }

    fn cert() -> impl Strategy<Value = Statement> {
        (id(), id(), id(), proptest::array::uniform32(0u8..), kind(), any::<u64>()).prop_map(
            |(org, token, workstation, key, kind, issued_at)| {
                Statement::WorkstationCert(WorkstationCert {
                    org: OrgId::from_bytes(org),
                    token: TokenId::from_bytes(token),
                    workstation: WorkstationId::from_bytes(workstation),
                    workstation_key: VerifyKey::from_bytes(key),
                    kind,
                    issued_at,
                })
            },
        )
    }

    fn revocations() -> impl Strategy<Value = Statement> {
        let accounts = proptest::collection::vec((id(), any::<u32>()), 0..4);
        let (devices, workstations) = (proptest::collection::vec(id(), 0..4), proptest::collection::vec(id(), 0..4));
        (id(), any::<(u64, u64)>(), accounts, devices, workstations).prop_map(
            |(org, (version, issued_at), accounts, devices, workstations)| {
                Statement::Revocations(Revocations {
                    org: OrgId::from_bytes(org),
                    version,
                    issued_at,
                    accounts: accounts.into_iter().map(|(account, generation)| (AccountId::from_bytes(account), generation)).collect(),
                    devices: devices.into_iter().map(DeviceId::from_bytes).collect(),
                    workstations: workstations.into_iter().map(WorkstationId::from_bytes).collect(),
                })
            },
        )
    }

    proptest! {
        #[test]
        fn every_value_has_one_spelling(statement in prop_oneof![token(), cert(), revocations()], place in any::<proptest::sample::Index>(), bit in 0u8..8) {
            let bytes = encode(&statement);
            prop_assert_eq!(parse_canonical::<Statement>(&bytes, STATEMENT_BYTES), Ok(statement.clone()));
            let mut changed = bytes.clone();
            let place = place.index(bytes.len());
            changed[place] ^= 1 << bit;
            // Other bytes are another statement or none.
            prop_assert_ne!(parse_canonical::<Statement>(&changed, STATEMENT_BYTES), Ok(statement));
            prop_assert!(parse_canonical::<Statement>(&bytes[..place], STATEMENT_BYTES).is_err());
        }

        #[test]
        fn a_token_signs_as_itself(token in id()) {
            let signer = Signer::Token(TokenId::from_bytes(token));
            prop_assert_eq!(parse_canonical::<Signer>(&encode(&signer), 64), Ok(signer));
        }
    }
}
