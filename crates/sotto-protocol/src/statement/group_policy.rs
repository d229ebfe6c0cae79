//! The rules of a group of machines: each may tighten the clinic's own, and where several apply the strictest of each holds.

use serde::{Deserialize, Serialize};
use serde_bytes::ByteBuf;

use super::{AttachmentTypes, WorkstationKind};
use crate::{GroupId, OrgId, WorkstationId};

/// Which machines a group is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GroupMembers {
    /// Every machine, also later ones.
    Everyone,
    /// Every machine of this kind.
    Kind(WorkstationKind),
    /// These, sorted, each once.
    Workstations(Vec<WorkstationId>),
}

/// The rules of a group. The highest serial of a group holds; a group is given up by one without settings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupPolicy {
    /// The organisation.
    pub org: OrgId,
    /// The group's own id.
    pub group: GroupId,
    /// Rises with every change of this group.
    pub serial: u64,
    /// How IT calls the group, sealed under the directory key.
    pub name: ByteBuf,
    /// Which machines.
    pub members: GroupMembers,
    /// What holds for them.
    pub settings: Settings,
    /// Milliseconds since 1970.
    pub issued_at: u64,
}

/// What a group may say. What is absent is left as it is. All of it tightens, but for `content_protection`, which a group may also let off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Settings {
    /// Idle time before the lock, in seconds. Less is stricter.
    pub idle_lock_s: Option<u32>,
    /// A session's longest time, in seconds. Less is stricter.
    pub session_s: Option<u32>,
    /// How long the server's share may be cached, in seconds; 0 is never. Less is stricter.
    pub lease_s: Option<u32>,
    /// Days without the server after which the machine wipes itself. Less is stricter.
    pub self_wipe_days: Option<u32>,
    /// Days for which what was read is kept in a vault; 0 counts as 1. Less is stricter.
    pub retain_days: Option<u32>,
    /// Size of the largest file that may be sent, in MB of 1,048,576 bytes. Less is stricter.
    pub attachment_mb: Option<u32>,
    /// Types of files that may be sent. Of two lists what is in both is stricter.
    #[cfg_attr(feature = "typescript", ts(type = "Array<AttachmentType> | null"))]
    pub attachment_types: Option<AttachmentTypes>,
    /// Whether a PIN may open a vault. No is stricter.
    pub pin: Option<bool>,
    /// Whether notifications of the system are shown. No is stricter.
    pub notifications: Option<bool>,
    /// Whether text may be copied out of a message. No is stricter.
    pub clipboard: Option<bool>,
    /// Whether the system is asked to keep the window out of pictures of the screen. Yes is stricter, and holds where no group lets it off.
    pub content_protection: Option<bool>,
    /// Whether a wipe needs a second admin. Yes is stricter.
    pub two_person_wipe: Option<bool>,
}

impl Settings {
    /// The stricter of each.
    #[must_use]
    pub fn strictest(self, other: Self) -> Self {
        Self {
            idle_lock_s: less(self.idle_lock_s, other.idle_lock_s),
            session_s: less(self.session_s, other.session_s),
            lease_s: less(self.lease_s, other.lease_s),
            self_wipe_days: less(self.self_wipe_days, other.self_wipe_days),
            retain_days: less(self.retain_days, other.retain_days),
            attachment_mb: less(self.attachment_mb, other.attachment_mb),
            attachment_types: both(self.attachment_types, other.attachment_types, AttachmentTypes::intersection),
            pin: less(self.pin, other.pin),
            notifications: less(self.notifications, other.notifications),
            clipboard: less(self.clipboard, other.clipboard),
            content_protection: self.content_protection.max(other.content_protection),
            two_person_wipe: self.two_person_wipe.max(other.two_person_wipe),
        }
    }
}

/// The smaller of those that are there; of two booleans the one that forbids.
fn less<T: Ord>(one: Option<T>, other: Option<T>) -> Option<T> {
    both(one, other, T::min)
}

fn both<T>(one: Option<T>, other: Option<T>, strictest: impl FnOnce(T, T) -> T) -> Option<T> {
    match (one, other) {
        (Some(one), Some(other)) => Some(strictest(one, other)),
        (one, other) => one.or(other),
    }
}

impl GroupPolicy {
    /// Whether a list of machines is spelled in the one way.
    #[must_use]
    pub fn is_well_formed(&self) -> bool {
        match &self.members {
            GroupMembers::Workstations(listed) => listed.is_sorted_by(|a, b| a < b),
            GroupMembers::Everyone | GroupMembers::Kind(_) => true,
        }
    }

    /// Whether it holds for a machine.
    #[must_use]
    pub fn holds_for(&self, workstation: &WorkstationId, kind: WorkstationKind) -> bool {
        match &self.members {
            GroupMembers::Everyone => true,
            GroupMembers::Kind(of) => *of == kind,
            GroupMembers::Workstations(listed) => listed.binary_search(workstation).is_ok(),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::statement::AttachmentType;

    fn settings() -> impl Strategy<Value = Settings> {
        let types = proptest::option::of(proptest::sample::subsequence(AttachmentType::ALL.to_vec(), 0..=6));
        (any::<[Option<u32>; 6]>(), types, any::<[Option<bool>; 5]>()).prop_map(
            |([idle, session, lease, days, retain, mb], types, [pin, notifications, clipboard, protection, two])| Settings {
                idle_lock_s: idle,
                session_s: session,
                lease_s: lease,
                self_wipe_days: days,
                retain_days: retain,
                attachment_mb: mb,
                attachment_types: types.map(AttachmentTypes::from),
                pin,
                notifications,
                clipboard,
                content_protection: protection,
                two_person_wipe: two,
            },
        )
    }

    fn lets(types: Option<AttachmentTypes>, one: AttachmentType) -> bool {
        types.is_none_or(|types| types.contains(one))
    }

    /// Whether `one` is nowhere looser than `other`.
    fn as_strict(one: Settings, other: Settings) -> bool {
        let numbers = [
            (one.idle_lock_s, other.idle_lock_s),
            (one.session_s, other.session_s),
            (one.lease_s, other.lease_s),
            (one.self_wipe_days, other.self_wipe_days),
            (one.retain_days, other.retain_days),
            (one.attachment_mb, other.attachment_mb),
        ];
        let allowed = [(one.pin, other.pin), (one.notifications, other.notifications), (one.clipboard, other.clipboard)];
        numbers.iter().all(|(one, other)| other.is_none_or(|other| one.is_some_and(|one| one <= other)))
            && allowed.iter().all(|(one, other)| *other != Some(false) || *one == Some(false))
            && AttachmentType::ALL.iter().all(|of| lets(other.attachment_types, *of) || !lets(one.attachment_types, *of))
            && (other.content_protection != Some(true) || one.content_protection == Some(true))
            && (other.two_person_wipe != Some(true) || one.two_person_wipe == Some(true))
    }

    proptest! {
        #[test]
        fn the_strictest_is_as_strict_as_each_in_any_order(a in settings(), b in settings(), c in settings()) {
            let all = a.strictest(b).strictest(c);
            prop_assert!([a, b, c].into_iter().all(|one| as_strict(all, one)));
            prop_assert_eq!(all, c.strictest(a).strictest(b));
            prop_assert_eq!(a.strictest(a), a);
            prop_assert_eq!(a.strictest(Settings::default()), a);
        }
    }
}
