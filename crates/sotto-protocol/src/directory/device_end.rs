//! Which devices did their own people end? Only an account's current keys end its devices, each of them once.

use super::check::{permitted, unused};
use super::{Directory, StatementError};
use crate::AccountId;
use crate::statement::DeviceEnd;

impl Directory {
    pub(super) fn check_device_end(&self, account: &AccountId, generation: u32, s: &DeviceEnd) -> Result<(), StatementError> {
        permitted(s.account == *account && s.generation == generation && !self.account_revoked(account, generation))?;
        let own = |device| self.device(device).is_some_and(|cert| cert.account == *account);
        permitted(s.devices.iter().all(own))?;
        if !s.is_well_formed() {
            return Err(StatementError::Malformed);
        }
        unused(s.devices.iter().filter_map(|device| self.device(device)).all(|cert| self.device_revoked(cert)))
    }
}
