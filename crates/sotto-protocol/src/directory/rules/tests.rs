//! Does the strictest rule hold, whoever says what in which order, and is its source told?

use proptest::prelude::*;
use serde_bytes::ByteBuf;

use super::*;
use crate::OrgId;
use crate::statement::{AttachmentType, GroupMembers};

fn types() -> impl Strategy<Value = AttachmentTypes> {
    proptest::sample::subsequence(AttachmentType::ALL.to_vec(), 0..=6).prop_map(AttachmentTypes::from)
}

fn settings() -> impl Strategy<Value = Settings> {
    (any::<[Option<u32>; 6]>(), proptest::option::of(types()), any::<[Option<bool>; 5]>()).prop_map(
        |([idle, session, lease, days, retain, mb], types, [pin, notifications, clipboard, protection, two])| Settings {
            idle_lock_s: idle,
            session_s: session,
            lease_s: lease,
            self_wipe_days: days,
            retain_days: retain,
            attachment_mb: mb,
            attachment_types: types,
            pin,
            notifications,
            clipboard,
            content_protection: protection,
            two_person_wipe: two,
        },
    )
}

fn group(id: u8, settings: Settings) -> GroupPolicy {
    GroupPolicy {
        org: OrgId::from_bytes([0; 16]),
        group: GroupId::from_bytes([id; 16]),
        serial: 1,
        name: ByteBuf::new(),
        members: GroupMembers::Everyone,
        settings,
        issued_at: 0,
    }
}

/// The clinic's policy with some groups and the machine's management.
fn held() -> impl Strategy<Value = Rules> {
    (any::<[u32; 3]>(), proptest::collection::vec(settings(), 0..4), settings()).prop_map(|([idle, session, lease], groups, management)| {
        let mut rules = Rules { idle_lock_s: clinic(idle), session_s: clinic(session), lease_s: clinic(lease), ..none() };
        let groups: Vec<_> = (1..).zip(groups).map(|(id, settings)| group(id, settings)).collect();
        rules.protect_content(&groups.iter().collect::<Vec<_>>());
        groups.iter().for_each(|group| rules.tighten(RuleSource::Group(group.group), &group.settings));
        rules.tightened_by_management(&management)
    })
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
        && one.attachment_mb.value <= other.attachment_mb.value
        && AttachmentType::ALL.iter().all(|of| other.attachment_types.value.contains(*of) || !one.attachment_types.value.contains(*of))
        && (one.content_protection.value || !other.content_protection.value)
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
        prop_assert!(honest(&rules.attachment_mb, &once.attachment_mb) && honest(&rules.attachment_types, &once.attachment_types));
        prop_assert!(honest(&rules.content_protection, &once.content_protection));
        let asked = own.idle_lock_s.filter(|idle| *idle < rules.idle_lock_s.value);
        prop_assert_eq!(once.idle_lock_s.value, asked.unwrap_or(rules.idle_lock_s.value));
    }
}

/// What three groups say of the window's protection, and what holds then.
fn protected(said: [Option<bool>; 3]) -> Rule<bool> {
    let groups: Vec<_> =
        (1..).zip(said).map(|(id, said)| group(id, Settings { content_protection: said, ..Settings::default() })).collect();
    let mut rules = none();
    rules.protect_content(&groups.iter().collect::<Vec<_>>());
    groups.iter().for_each(|group| rules.tighten(RuleSource::Group(group.group), &group.settings));
    rules.content_protection
}

fn none() -> Rules {
    Rules {
        idle_lock_s: clinic(120),
        session_s: clinic(3_600),
        lease_s: clinic(0),
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

#[test]
fn only_a_group_lets_the_windows_protection_off_and_one_that_wants_it_is_enough() {
    let of = |id| RuleSource::Group(GroupId::from_bytes([id; 16]));
    assert_eq!(protected([None, None, None]), clinic(true));
    assert_eq!(protected([None, Some(true), None]), clinic(true), "it changed nothing");
    assert_eq!(protected([None, Some(false), Some(false)]), Rule { value: false, from: of(2) });
    assert_eq!(protected([Some(false), None, Some(true)]), Rule { value: true, from: of(3) });
    let off = Settings { content_protection: Some(false), ..Settings::default() };
    assert_eq!(none().tightened_by_management(&off).tightened(&off), none(), "nobody else does");
}

#[test]
fn of_types_what_every_list_has_is_left_and_the_last_that_took_one_is_named() {
    let only = |types: &[AttachmentType]| Settings { attachment_types: Some(types.iter().copied().collect()), ..Settings::default() };
    let (image, pdf, text) = (AttachmentType::Image, AttachmentType::Pdf, AttachmentType::Text);
    let once = none().tightened_by_management(&only(&[image, pdf]));
    assert_eq!(once.attachment_types.from, RuleSource::Management);
    let wider = once.tightened(&only(&[image, pdf, text]));
    assert_eq!(wider, once, "a longer list gives nothing back");
    let nothing = once.tightened(&only(&[text]));
    assert_eq!(nothing.attachment_types, Rule { value: AttachmentTypes::NONE, from: RuleSource::Own });
}
