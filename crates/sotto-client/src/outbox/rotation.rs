//! May the next event still be sealed in this epoch? Says no where somebody in it is out, may not be in it, has newer keys, or it is worn.

use sotto_protocol::AccountId;
use sotto_protocol::directory::Directory;
use sotto_protocol::entry::ThreadClass;
use sotto_protocol::key::SealingKey;
use sotto_protocol::role::Permission;
use sotto_protocol::statement::Policy;

/// What is known of the epoch a thread is in.
#[derive(Debug, Clone, Copy)]
pub(crate) struct EpochWear<'a> {
    /// The thread's class.
    pub class: ThreadClass,
    /// Its members and the generations it seals to.
    pub members: &'a [(AccountId, u32)],
    /// When it began, milliseconds since 1970, by the server's clock.
    pub since: u64,
    /// How many events it has.
    pub events: u64,
}

/// Whether the next epoch must begin before anything else is sealed. `now` is milliseconds since 1970.
pub(crate) fn is_due(epoch: &EpochWear<'_>, directory: &Directory, now: u64) -> bool {
    let outdated = epoch.members.iter().any(|(account, generation)| is_outdated(account, *generation, epoch.class, directory));
    outdated || directory.policy().is_some_and(|policy| is_worn(epoch, policy, now))
}

/// Whether an epoch that seals to this generation of the account must end for it: the account is out or has newer keys, or its role does
/// not open the class.
pub(crate) fn is_outdated(account: &AccountId, generation: u32, class: ThreadClass, directory: &Directory) -> bool {
    directory.account_revoked(account, generation)
        || directory.sealing_key(account).is_some_and(|(current, _)| current != generation)
        || !directory.permits(account, Permission::of(class))
}

fn is_worn(epoch: &EpochWear<'_>, policy: &Policy, now: u64) -> bool {
    now.saturating_sub(epoch.since) >= policy.epoch_max_age_ms || epoch.events >= policy.epoch_max_events
}

/// Whom the next epoch of a thread of this class seals to: of these accounts those who may be in it, with their current keys.
pub(crate) fn sealing_keys(
    accounts: impl Iterator<Item = AccountId>,
    class: ThreadClass,
    directory: &Directory,
) -> Vec<(AccountId, u32, &SealingKey)> {
    let permitted = accounts.filter(|account| directory.may_be_in(account, class));
    permitted.filter_map(|account| directory.sealing_key(&account).map(|(generation, key)| (account, generation, key))).collect()
}

#[cfg(test)]
mod tests {
    use serde_bytes::ByteBuf;
    use sotto_crypto::statement::sign;
    use sotto_crypto::{OsRandom, SealingPair, SigningKey};
    use sotto_protocol::key::Suite;
    use sotto_protocol::role::Role;
    use sotto_protocol::statement::{Revocations, RoleGrant, Signer, Statement};

    use super::*;

    const NORA: AccountId = AccountId::from_bytes([1; 16]);

    /// An organisation that renews keys after 1,000 ms or 10 events, and has these revocations; Nora has this role.
    fn directory(revoked: Vec<(AccountId, u32)>, role: Role) -> Directory {
        let root = SigningKey::generate(&mut OsRandom::new());
        let mut directory = Directory::new(root.verify_key());
        let policy = Policy {
            org: directory.org(),
            version: 1,
            issued_at: 1,
            name: ByteBuf::new(),
            archive_key: SealingPair::generate(Suite::X25519, &mut OsRandom::new()).public().clone(),
            history_for_new_members: true,
            epoch_max_age_ms: 1_000,
            epoch_max_events: 10,
            idle_lock_shared_s: 120,
            idle_lock_private_s: 300,
            fade_s: 5,
            lease_shared_s: 0,
            lease_private_s: 0,
            session_s: 9,
        };
        let list = Revocations {
            org: directory.org(),
            version: 1,
            issued_at: 1,
            accounts: revoked,
            devices: Vec::new(),
            workstations: Vec::new(),
        };
        let grant = RoleGrant { org: directory.org(), account: NORA, serial: 1, role, permissions: Vec::new(), issued_at: 1 };
        for statement in [Statement::Policy(policy), Statement::Revocations(list), Statement::RoleGrant(grant)] {
            directory.apply(&sign(&Signer::Root, &statement, &root)).unwrap();
        }
        directory
    }

    #[test]
    fn an_epoch_ends_by_age_by_use_and_by_who_may_not_be_in_it() {
        let class = ThreadClass::Clinical;
        let wear = |events| EpochWear { class, members: &[(NORA, 1)], since: 5_000, events };
        let due = |directory: &Directory, events, now| is_due(&wear(events), directory, now);
        let open = directory(Vec::new(), Role::Nurse);
        assert!(!due(&open, 9, 5_999));
        assert!(due(&open, 10, 5_001));
        assert!(due(&open, 0, 6_000));
        assert!(!due(&open, 0, 4_000), "a clock that was set back is no age");
        assert!(due(&directory(vec![(NORA, 1)], Role::Nurse), 0, 5_001));
        assert!(!due(&directory(vec![(AccountId::from_bytes([2; 16]), 1)], Role::Nurse), 0, 5_001));
        assert!(due(&directory(Vec::new(), Role::FrontDesk), 0, 5_001), "the desk is in no clinical thread");
    }
}
