//! That a machine is lost or was stolen, and how that ended, as an administrator writes it down.

use serde::{Deserialize, Serialize};

use crate::{IncidentId, OrgId, WorkstationId};

/// What happened to a machine; a word from a list, so that nothing of a patient can stand there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum IncidentReason {
    /// Nobody knows where it is.
    Lost,
    /// It was taken.
    Stolen,
}

/// How an incident ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum IncidentOutcome {
    /// The machine is back, or was never away.
    Found,
    /// It is wiped; its own receipt says so.
    Wiped,
    /// Nobody waits for it any more. Whether it was wiped, nobody knows.
    WrittenOff,
}

/// Opens an incident: a machine is missing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Incident {
    /// The organisation.
    pub org: OrgId,
    /// The incident's own id.
    pub incident: IncidentId,
    /// The machine; one that is out of service can be missed as well.
    pub workstation: WorkstationId,
    /// What happened to it.
    pub reason: IncidentReason,
    /// Milliseconds since 1970.
    pub issued_at: u64,
}

/// Closes an incident, once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IncidentClosed {
    /// The organisation.
    pub org: OrgId,
    /// The incident.
    pub incident: IncidentId,
    /// How it ended.
    pub outcome: IncidentOutcome,
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

    fn opened() -> impl Strategy<Value = Statement> {
        let reason = prop_oneof![Just(IncidentReason::Lost), Just(IncidentReason::Stolen)];
        (id(), id(), id(), reason, any::<u64>()).prop_map(|(org, incident, workstation, reason, issued_at)| {
            Statement::Incident(Incident {
                org: OrgId::from_bytes(org),
                incident: IncidentId::from_bytes(incident),
                workstation: WorkstationId::from_bytes(workstation),
                reason,
                issued_at,
            })
        })
    }

    fn closed() -> impl Strategy<Value = Statement> {
        let outcome = prop_oneof![Just(IncidentOutcome::Found), Just(IncidentOutcome::Wiped), Just(IncidentOutcome::WrittenOff)];
        (id(), id(), outcome, any::<u64>()).prop_map(|(org, incident, outcome, issued_at)| {
            let (org, incident) = (OrgId::from_bytes(org), IncidentId::from_bytes(incident));
            Statement::IncidentClosed(IncidentClosed { org, incident, outcome, issued_at })
        })
    }

    proptest! {
        #[test]
        fn every_value_has_one_spelling(
            statement in prop_oneof![opened(), closed()],
            place in any::<proptest::sample::Index>(),
            bit in 0u8..8,
        ) {
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
