//! May the next event still be sealed in this epoch? Says no where somebody in it is out, has newer keys, or it is worn.

use sotto_protocol::AccountId;
use sotto_protocol::directory::Directory;
use sotto_protocol::key::SealingKey;
use sotto_protocol::statement::Policy;

/// What is known of the epoch a thread is in.
#[derive(Debug, Clone, Copy)]
pub(crate) struct EpochWear<'a> {
    /// Its members and the generations it seals to.
    pub members: &'a [(AccountId, u32)],
    /// When it began, milliseconds since 1970, by the server's clock.
    pub since: u64,
    /// How many events it has.
    pub events: u64,
}

/// Whether the next epoch must begin before anything else is sealed. `now` is milliseconds since 1970.
pub(crate) fn is_due(epoch: &EpochWear<'_>, directory: &Directory, now: u64) -> bool {
    let outdated = epoch.members.iter().any(|(account, generation)| {
        // Nobody the directory lost sight of is cut off by it: only a revocation or newer keys count.
        directory.account_revoked(account, *generation)
            || directory.sealing_key(account).is_some_and(|(current, _)| current != *generation)
    });
    outdated || directory.policy().is_some_and(|policy| is_worn(epoch, policy, now))
}

fn is_worn(epoch: &EpochWear<'_>, policy: &Policy, now: u64) -> bool {
    now.saturating_sub(epoch.since) >= policy.epoch_max_age_ms || epoch.events >= policy.epoch_max_events
}

/// Whom the next epoch seals to: of these accounts those who are not out, with their current keys.
pub(crate) fn sealing_keys<'a>(
    accounts: impl Iterator<Item = AccountId>,
    directory: &'a Directory,
) -> Vec<(AccountId, u32, &'a SealingKey)> {
    accounts.filter_map(|account| directory.sealing_key(&account).map(|(generation, key)| (account, generation, key))).collect()
}
