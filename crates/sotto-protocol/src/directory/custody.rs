//! Who answers for each machine, and who did before? Of each the newest change holds, and all of them are kept in their order.

use std::collections::HashMap;

use super::check::permitted;
use super::{Directory, StatementError};
use crate::statement::{Custody, Scope, Signer};
use crate::{AccountId, WorkstationId};

/// A change of custody as the chain knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CustodyChange {
    /// What holds from it on.
    pub custody: Custody,
    /// The admin who set it; `None` is the root.
    pub by: Option<AccountId>,
}

/// The part of a directory that is about custody: of each machine every change, oldest first.
#[derive(Debug, Clone, Default)]
pub(super) struct Custodies(HashMap<WorkstationId, Vec<CustodyChange>>);

impl Custodies {
    /// Every change of a machine, oldest first.
    fn of(&self, workstation: &WorkstationId) -> &[CustodyChange] {
        self.0.get(workstation).map(Vec::as_slice).unwrap_or_default()
    }

    /// Whether a change is newer than the machine's last one.
    fn check(&self, s: &Custody) -> Result<(), StatementError> {
        let last = self.of(&s.workstation).last().map_or(0, |change| change.custody.serial);
        if s.serial > last { Ok(()) } else { Err(StatementError::Rollback) }
    }

    /// Takes in a checked change.
    fn insert(&mut self, change: CustodyChange) {
        self.0.entry(change.custody.workstation).or_default().push(change);
    }
}

impl Directory {
    /// What holds of a machine now; `None` until somebody set it.
    #[must_use]
    pub fn custody(&self, workstation: &WorkstationId) -> Option<&Custody> {
        self.custodies.of(workstation).last().map(|change| &change.custody)
    }

    /// Every change of a machine's custody, oldest first.
    pub fn custody_changes(&self, workstation: &WorkstationId) -> impl DoubleEndedIterator<Item = &CustodyChange> {
        self.custodies.of(workstation).iter()
    }

    pub(super) fn check_custody(&self, signer: &Signer, s: &Custody) -> Result<(), StatementError> {
        self.check_admin(signer, Scope::Fleet, s.issued_at)?;
        permitted(self.workstation(&s.workstation).is_some())?;
        // Whoever left answers for nothing; they stay in the log.
        permitted(s.custodian.is_none_or(|account| self.sealing_key(&account).is_some()))?;
        self.custodies.check(s)
    }

    /// Takes in a checked change.
    pub(super) fn insert_custody(&mut self, signer: &Signer, custody: Custody) {
        let by = self.admin_of(signer);
        self.custodies.insert(CustodyChange { custody, by });
    }
}

#[cfg(test)]
mod tests {
    use serde_bytes::ByteBuf;

    use super::*;
    use crate::OrgId;

    const CART: WorkstationId = WorkstationId::from_bytes([4; 16]);
    const LAPTOP: WorkstationId = WorkstationId::from_bytes([5; 16]);

    fn change(workstation: WorkstationId, serial: u64, custodian: Option<u8>) -> CustodyChange {
        let custodian = custodian.map(|byte| AccountId::from_bytes([byte; 16]));
        let (org, location) = (OrgId::from_bytes([1; 16]), ByteBuf::from([9; 60]));
        CustodyChange { custody: Custody { org, workstation, serial, custodian, location, issued_at: 7 }, by: None }
    }

    #[test]
    fn the_newest_holds_all_are_the_log_and_none_comes_back() {
        let mut custodies = Custodies::default();
        assert!(custodies.of(&CART).is_empty());
        // Serials may skip; another machine has its own.
        let changes = [change(CART, 1, Some(1)), change(CART, 4, Some(2)), change(CART, 5, None)];
        for one in &changes {
            assert_eq!(custodies.check(&one.custody), Ok(()));
            custodies.insert(one.clone());
        }
        assert_eq!(custodies.of(&CART), changes);
        for old in [0, 1, 4, 5] {
            assert_eq!(custodies.check(&change(CART, old, Some(1)).custody), Err(StatementError::Rollback), "{old}");
        }
        assert_eq!(custodies.check(&change(LAPTOP, 1, Some(1)).custody), Ok(()));
        assert_eq!(custodies.check(&change(LAPTOP, 0, Some(1)).custody), Err(StatementError::Rollback));
    }
}
