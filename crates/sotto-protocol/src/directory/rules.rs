//! Which rules hold at a machine now, and where each comes from: the clinic's policy, tightened by every group the machine is in, by its management and by who sits there.

use std::collections::HashMap;

use super::{Directory, StatementError};
use crate::limits::FILE_BYTES;
use crate::statement::{AttachmentTypes, GroupPolicy, Policy, Settings, WorkstationKind};
use crate::{GroupId, WorkstationId};

/// What rules count files in.
const MB: u64 = 1024 * 1024;
/// The largest file that there is: where no rule says less.
const LARGEST_MB: u32 = (FILE_BYTES / MB) as u32;

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
    /// Size of the largest file that may be sent from here, in MB of 1,048,576 bytes.
    pub attachment_mb: Rule<u32>,
    /// Types of files that may be sent from here.
    pub attachment_types: Rule<AttachmentTypes>,
    /// Whether a PIN may open a vault.
    pub pin: Rule<bool>,
    /// Whether notifications of the system are shown.
    pub notifications: Rule<bool>,
    /// Whether text may be copied out of a message.
    pub clipboard: Rule<bool>,
    /// Whether the system is asked to keep the window out of pictures of the screen.
    pub content_protection: Rule<bool>,
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
            attachment_mb: clinic(LARGEST_MB),
            attachment_types: clinic(AttachmentTypes::ALL),
            pin: clinic(true),
            notifications: clinic(true),
            clipboard: clinic(true),
            content_protection: clinic(true),
            two_person_wipe: clinic(false),
        }
    }

    /// Bytes of the largest file that may be sent from here.
    #[must_use]
    pub fn attachment_bytes(&self) -> u64 {
        u64::from(self.attachment_mb.value) * MB
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
        stricter(&mut self.attachment_mb, settings.attachment_mb, from, |new, old| new < old);
        let types = settings.attachment_types.map(|types| types.intersection(self.attachment_types.value));
        stricter(&mut self.attachment_types, types, from, |new, old| new != old);
        stricter(&mut self.pin, settings.pin, from, |new, old| new < old);
        stricter(&mut self.notifications, settings.notifications, from, |new, old| new < old);
        stricter(&mut self.clipboard, settings.clipboard, from, |new, old| new < old);
        stricter(&mut self.content_protection, settings.content_protection, from, |new, old| new > old);
        stricter(&mut self.two_person_wipe, settings.two_person_wipe, from, |new, old| new > old);
    }

    /// The one rule that groups may let off: it does where at least one says so and none says the contrary. Nobody else's word counts here.
    fn protect_content(&mut self, groups: &[&GroupPolicy]) {
        let said = |on| groups.iter().find(|group| group.settings.content_protection == Some(on)).map(|group| group.group);
        let Some(off) = said(false) else { return };
        let (value, group) = said(true).map_or((false, off), |on| (true, on));
        self.content_protection = Rule { value, from: RuleSource::Group(group) };
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
        rules.protect_content(&groups);
        groups.into_iter().for_each(|group| rules.tighten(RuleSource::Group(group.group), &group.settings));
        Some(rules)
    }
}

#[cfg(test)]
mod tests;
