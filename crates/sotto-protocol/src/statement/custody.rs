//! Who answers for a machine and where it stands, as an administrator writes it down.

use serde::{Deserialize, Serialize};
use serde_bytes::ByteBuf;

use crate::{AccountId, OrgId, WorkstationId};

/// Hands a machine to somebody, takes it from them, or says that it stands elsewhere. The highest serial of a machine holds; all of them
/// are its log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Custody {
    /// The organisation.
    pub org: OrgId,
    /// The machine; one that is out of service still has to be kept by somebody.
    pub workstation: WorkstationId,
    /// Rises with every change of this machine.
    pub serial: u64,
    /// Who answers for it from here on; `None` is nobody.
    pub custodian: Option<AccountId>,
    /// Where it stands from here on, a text sealed under the organisation's directory key. Until the first change it is where its token says.
    pub location: ByteBuf,
    /// Milliseconds since 1970.
    pub issued_at: u64,
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::cbor::{encode, parse_canonical};
    use crate::limits::STATEMENT_BYTES;
    use crate::statement::Statement;

    fn id() -> impl Strategy<Value = [u8; 16]> {
        proptest::array::uniform16(0u8..)
    }

    fn custody() -> impl Strategy<Value = Statement> {
        let custodian = proptest::option::of(id());
        (id(), id(), any::<(u64, u64)>(), custodian, proptest::collection::vec(0u8.., 0..300)).prop_map(
            |(org, workstation, (serial, issued_at), custodian, location)| {
                Statement::Custody(Custody {
                    org: OrgId::from_bytes(org),
                    workstation: WorkstationId::from_bytes(workstation),
                    serial,
                    custodian: custodian.map(AccountId::from_bytes),
                    location: ByteBuf::from(location),
                    issued_at,
                })
            },
        )
    }

    proptest! {
        #[test]
        fn every_value_has_one_spelling(statement in custody(), place in any::<proptest::sample::Index>(), bit in 0u8..8) {
            let bytes = encode(&statement);
            prop_assert_eq!(parse_canonical::<Statement>(&bytes, STATEMENT_BYTES), Ok(statement.clone()));
            let mut changed = bytes.clone();
            let place = place.index(bytes.len());
            changed[place] ^= 1 << bit;
            // Other bytes are another statement or none.
            prop_assert_ne!(parse_canonical::<Statement>(&changed, STATEMENT_BYTES), Ok(statement));
            prop_assert!(parse_canonical::<Statement>(&bytes[..place], STATEMENT_BYTES).is_err());
        }
    }
}
