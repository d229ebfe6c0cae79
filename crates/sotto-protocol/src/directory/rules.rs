//! Which rules hold at a machine now, and where each comes from: the clinic's policy, tightened by every group the machine is in, by its management and by who sits there.

use std::collections::HashMap;

use super::{Directory, StatementError};
use crate::statement::{GroupPolicy, Policy, Settings, WorkstationKind};
use crate::{GroupId, WorkstationId};

/// The part of a directory that is about groups: of each the rules with the highest serial.
#[derive(Debug, Clone, Default)]
pub(super) struct Groups(HashMap<GroupId, GroupPolicy>);

impl Groups {
    /// Whether rules are in form and newer than the group's last ones. That their signer may make them is checked before.
    pub(super) fn check(&self, s: &GroupPolicy) -> Result<(), StatementError> {
        if !s.is_well_formed() {
            return Err(StatementError::Malformed);
        }
        let last = self.0.get(&s.group).map_or(0, |group| group.serial);
        if s.serial > last { Ok(()) } else { Err(StatementError::Rollback) }
    }

    /// Takes in checked rules.
    pub(super) fn insert(&mut self, group: GroupPolicy) {
        self.0.insert(group.group, group);
    }
}

/// Whose rule it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RuleSource {
    /// The clinic's policy or, where that says nothing, Sotto's default.
    Clinic,
    /// A group of machines.
    Group(GroupId),
    /// The management of the machine itself. No directory says this: it is in a file that only the machine's administrator may write.
    Management,
    /// Whoever sits at the machine, for themselves. No directory says this: it is in their vault.
    Own,
}

/// A value that holds, and who set it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule<T> {
    /// The value.
    pub value: T,
    /// Whose rule it is.
    pub from: RuleSource,
}

/// What holds at one machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rules {
    /// Idle time before the lock, in seconds.
    pub idle_lock_s: Rule<u32>,
    /// A session's longest time, in seconds.
    pub session_s: Rule<u32>,
    /// How long the server's share may be cached, in seconds; 0 is never.
    pub lease_s: Rule<u32>,
    /// Days without the server after which the machine wipes itself; `None` is never.
    pub self_wipe_days: Rule<Option<u32>>,
    /// Days for which what was read is kept in a vault here; `None` is without end, 0 counts as 1.
    pub retain_days: Rule<Option<u32>>,
    /// Whether a PIN may open a vault.
    pub pin: Rule<bool>,
    /// Whether notifications of the system are shown.
    pub notifications: Rule<bool>,
    /// Whether text may be copied out of a message.
    pub clipboard: Rule<bool>,
    /// Whether a wipe needs a second admin.
    pub two_person_wipe: Rule<bool>,
}

impl Rules {
    fn clinic(policy: &Policy, kind: WorkstationKind) -> Self {
        Self {
            idle_lock_s: clinic(policy.idle_lock_s(kind)),
            session_s: clinic(policy.session_s),
            lease_s: clinic(policy.lease_s(kind)),
            self_wipe_days: clinic(None),
            retain_days: clinic(None),
            pin: clinic(true),
            notifications: clinic(true),
            clipboard: clinic(true),
            two_person_wipe: clinic(false),
        }
    }

    /// The same with what the machine's management sets, where that is stricter. Nothing gets looser, whatever it sets.
    #[must_use]
    pub fn tightened_by_management(mut self, settings: &Settings) -> Self {
        self.tighten(RuleSource::Management, settings);
        self
    }

    /// The same with what a person set for themselves, where that is stricter. Nothing gets looser, whatever they set.
    #[must_use]
    pub fn tightened(mut self, own: &Settings) -> Self {
        self.tighten(RuleSource::Own, own);
        self
    }

    fn tighten(&mut self, from: RuleSource, settings: &Settings) {
        stricter(&mut self.idle_lock_s, settings.idle_lock_s, from, |new, old| new < old);
        stricter(&mut self.session_s, settings.session_s, from, |new, old| new < old);
        stricter(&mut self.lease_s, settings.lease_s, from, |new, old| new < old);
        stricter(&mut self.self_wipe_days, settings.self_wipe_days.map(Some), from, |new, old| old.is_none_or(|old| *new < Some(old)));
        stricter(&mut self.retain_days, settings.retain_days.map(Some), from, |new, old| old.is_none_or(|old| *new < Some(old)));
        stricter(&mut self.pin, settings.pin, from, |new, old| new < old);
        stricter(&mut self.notifications, settings.notifications, from, |new, old| new < old);
        stricter(&mut self.clipboard, settings.clipboard, from, |new, old| new < old);
        stricter(&mut self.two_person_wipe, settings.two_person_wipe, from, |new, old| new > old);
    }
}

const fn clinic<T>(value: T) -> Rule<T> {
    Rule { value, from: RuleSource::Clinic }
}

fn stricter<T: Copy>(rule: &mut Rule<T>, new: Option<T>, from: RuleSource, is_stricter: impl Fn(&T, &T) -> bool) {
    if let Some(value) = new.filter(|new| is_stricter(new, &rule.value)) {
        *rule = Rule { value, from };
    }
}

impl Directory {
    /// The groups with their newest rules, in no order; one that was given up has no settings.
    pub fn groups(&self) -> impl Iterator<Item = &GroupPolicy> {
        self.groups.0.values()
    }

    /// A group's newest rules.
    #[must_use]
    pub fn group(&self, group: &GroupId) -> Option<&GroupPolicy> {
        self.groups.0.get(group)
    }

    /// The strictest of what groups set for a machine; nothing for one without a certificate.
    #[must_use]
    pub fn settings_of(&self, workstation: &WorkstationId) -> Settings {
        let Some(cert) = self.workstation(workstation) else { return Settings::default() };
        let groups = self.groups().filter(|group| group.holds_for(workstation, cert.kind));
        groups.fold(Settings::default(), |all, group| all.strictest(group.settings))
    }

    /// What holds at a machine, each value with its source; where two groups say the same, the one with the lower id. `None` without a policy or a certificate.
    #[must_use]
    pub fn rules(&self, workstation: &WorkstationId) -> Option<Rules> {
        let kind = self.workstation(workstation)?.kind;
        let mut rules = Rules::clinic(self.policy()?, kind);
        let mut groups: Vec<_> = self.groups().filter(|group| group.holds_for(workstation, kind)).collect();
        groups.sort_unstable_by_key(|group| group.group);
        groups.into_iter().for_each(|group| rules.tighten(RuleSource::Group(group.group), &group.settings));
        Some(rules)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn settings() -> impl Strategy<Value = Settings> {
        (any::<[Option<u32>; 5]>(), any::<[Option<bool>; 4]>()).prop_map(
            |([idle, session, lease, days, retain], [pin, notifications, clipboard, two])| Settings {
                idle_lock_s: idle,
                session_s: session,
                lease_s: lease,
                self_wipe_days: days,
                retain_days: retain,
                pin,
                notifications,
                clipboard,
                two_person_wipe: two,
            },
        )
    }

    /// The clinic's policy with some groups and the machine's management.
    fn held() -> impl Strategy<Value = Rules> {
        (any::<[u32; 3]>(), proptest::collection::vec(settings(), 0..4), settings()).prop_map(
            |([idle, session, lease], groups, management)| {
                let mut rules = Rules {
                    idle_lock_s: clinic(idle),
                    session_s: clinic(session),
                    lease_s: clinic(lease),
                    self_wipe_days: clinic(None),
                    retain_days: clinic(None),
                    pin: clinic(true),
                    notifications: clinic(true),
                    clipboard: clinic(true),
                    two_person_wipe: clinic(false),
                };
                for (id, group) in (1..).zip(groups) {
                    rules.tighten(RuleSource::Group(GroupId::from_bytes([id; 16])), &group);
                }
                rules.tightened_by_management(&management)
            },
        )
    }

    /// Whether `one` is nowhere looser than `other`. Spelled out apart from the fold, so that both are not wrong together.
    fn as_strict(one: &Rules, other: &Rules) -> bool {
        let days = |rules: &Rules| rules.self_wipe_days.value.map_or(u64::MAX, u64::from);
        let retained = |rules: &Rules| rules.retain_days.value.map_or(u64::MAX, u64::from);
        one.idle_lock_s.value <= other.idle_lock_s.value
            && one.session_s.value <= other.session_s.value
            && one.lease_s.value <= other.lease_s.value
            && days(one) <= days(other)
            && retained(one) <= retained(other)
            && (other.pin.value || !one.pin.value)
            && (other.notifications.value || !one.notifications.value)
            && (other.clipboard.value || !one.clipboard.value)
            && (one.two_person_wipe.value || !other.two_person_wipe.value)
    }

    /// Whether a rule is as it was, or is the person's own and another value.
    fn honest<T: PartialEq>(before: &Rule<T>, after: &Rule<T>) -> bool {
        if after.from == RuleSource::Own { after.value != before.value } else { after == before }
    }

    proptest! {
        #[test]
        fn what_a_person_sets_never_loosens_what_policy_and_groups_say(rules in held(), own in settings(), later in settings()) {
            let once = rules.tightened(&own);
            prop_assert!(as_strict(&once, &rules), "{own:?} loosened {rules:?} to {once:?}");
            prop_assert_eq!(once.tightened(&own), once);
            prop_assert!(as_strict(&once.tightened(&later), &once));
            prop_assert_eq!(rules.tightened(&Settings::default()), rules);
        }

        #[test]
        fn what_management_sets_never_loosens_what_policy_and_groups_say(rules in held(), management in settings()) {
            let once = rules.tightened_by_management(&management);
            prop_assert!(as_strict(&once, &rules), "{management:?} loosened {rules:?} to {once:?}");
            prop_assert_eq!(once.tightened_by_management(&management), once);
        }

        #[test]
        fn a_rule_is_called_ones_own_only_where_it_changed_something(rules in held(), own in settings()) {
            let once = rules.tightened(&own);
            prop_assert!(honest(&rules.idle_lock_s, &once.idle_lock_s) && honest(&rules.session_s, &once.session_s));
            prop_assert!(honest(&rules.notifications, &once.notifications) && honest(&rules.clipboard, &once.clipboard));
            let asked = own.idle_lock_s.filter(|idle| *idle < rules.idle_lock_s.value);
            prop_assert_eq!(once.idle_lock_s.value, asked.unwrap_or(rules.idle_lock_s.value));
        }
    }
}
