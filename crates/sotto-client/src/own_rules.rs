//! How does a person tighten for themselves what holds where they sit? The strictest of the clinic's policy, every group's rules, those of the
//! machine's management and their own counts.
//!
//! The own rules are in the vault, as the preferences are: they hold at the workstation where they were set, and nobody else reads them.

use std::sync::PoisonError;

use sotto_protocol::directory::Rules;
use sotto_protocol::{ErrorCode, limits};
use sotto_store::table::preference::Preference;

use crate::error::{ClientError, Result};
use crate::fleet::group::rule_views;
use crate::session::{Core, Session};
use crate::view::{AppEvent, OwnRules, OwnRulesView};

const MISSING: ClientError = ClientError::new(ErrorCode::Internal, "read the policy");

impl Session {
    /// What the person set for themselves, and what holds here without it.
    ///
    /// # Errors
    /// `locked`; `internal` where no policy has arrived.
    pub async fn own_rules(&self) -> Result<OwnRulesView> {
        let call = self.enter()?;
        view(call.core())
    }

    /// Sets the person's own rules in place of their last ones, and returns them; they hold at once. [`OwnRules::default`] leaves all to the clinic.
    ///
    /// # Errors
    /// `locked`; `rule_looser` for a number that is above what holds here without it, unless it was kept before that held; `malformed` for one below
    /// [`limits::OWN_IDLE_LOCK_MIN_S`] or [`limits::OWN_SESSION_MIN_S`], or a largest file of no size; `disk_full`; `internal` where no policy has arrived.
    pub async fn set_own_rules(&self, own: OwnRules) -> Result<OwnRulesView> {
        let call = self.enter()?;
        let core = call.core();
        check(own, core.own_rules(), &core.rules_without_own().ok_or(MISSING)?)?;
        self.store_json(Preference::OwnRules, &own).await?;
        core.take_own_rules(own);
        // The idle lock and the open window look again.
        core.events.send(AppEvent::WorkstationChanged);
        view(core)
    }
}

impl Core {
    /// What holds here for the person; `None` without a policy.
    pub fn rules(&self) -> Option<Rules> {
        Some(self.rules_without_own()?.tightened(&self.own_rules().settings()))
    }

    /// Takes in what the vault has, or what was kept there just now.
    pub fn take_own_rules(&self, own: OwnRules) {
        *self.own_rules.lock().unwrap_or_else(PoisonError::into_inner) = own;
    }

    fn own_rules(&self) -> OwnRules {
        *self.own_rules.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What holds here for everybody: the clinic's policy, tightened by groups and by the machine's management. `None` without a policy.
    pub fn rules_without_own(&self) -> Option<Rules> {
        self.workstation.rules_here(&self.people().directory, &self.machine)
    }
}

fn view(core: &Core) -> Result<OwnRulesView> {
    let without = core.rules_without_own().ok_or(MISSING)?;
    Ok(OwnRulesView { own: core.own_rules(), without: rule_views(core, &without) })
}

/// Whether rules may be kept. A number that the clinic has overtaken stays as it was: it does nothing, and must not keep the others from being changed.
fn check(asked: OwnRules, kept: OwnRules, rules: &Rules) -> Result<()> {
    let refused = |code| Err(ClientError::new(code, "set a rule of one's own"));
    let numbers = [
        (asked.idle_lock_s, kept.idle_lock_s, rules.idle_lock_s.value, limits::OWN_IDLE_LOCK_MIN_S),
        (asked.session_s, kept.session_s, rules.session_s.value, limits::OWN_SESSION_MIN_S),
        (asked.attachment_mb, kept.attachment_mb, rules.attachment_mb.value, 1),
    ];
    for (asked, kept, most, least) in numbers {
        match asked {
            Some(number) if number < least => return refused(ErrorCode::Malformed),
            Some(number) if number > most && asked != kept => return refused(ErrorCode::RuleLooser),
            _ => (),
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use sotto_protocol::directory::{Rule, RuleSource};
    use sotto_protocol::statement::{AttachmentType, AttachmentTypes};

    use super::*;

    fn clinic<T>(value: T) -> Rule<T> {
        Rule { value, from: RuleSource::Clinic }
    }

    fn holds(idle: u32, session: u32, notifications: bool, clipboard: bool) -> Rules {
        Rules {
            idle_lock_s: clinic(idle),
            session_s: clinic(session),
            lease_s: clinic(0),
            self_wipe_days: clinic(None),
            retain_days: clinic(None),
            attachment_mb: clinic(100),
            attachment_types: clinic(AttachmentTypes::ALL),
            pin: clinic(true),
            notifications: clinic(notifications),
            clipboard: clinic(clipboard),
            content_protection: clinic(true),
            two_person_wipe: clinic(false),
        }
    }

    fn idle(seconds: u32) -> OwnRules {
        OwnRules { idle_lock_s: Some(seconds), ..OwnRules::default() }
    }

    fn code(asked: OwnRules, kept: OwnRules, rules: &Rules) -> Option<ErrorCode> {
        check(asked, kept, rules).err().map(|error| error.code)
    }

    #[test]
    fn what_is_looser_is_refused_and_what_is_as_strict_is_kept() {
        let (rules, none) = (holds(120, 3_600, true, true), OwnRules::default());
        assert_eq!(code(idle(121), none, &rules), Some(ErrorCode::RuleLooser));
        assert_eq!(code(OwnRules { session_s: Some(3_601), ..none }, none, &rules), Some(ErrorCode::RuleLooser));
        assert_eq!(code(idle(9), none, &rules), Some(ErrorCode::Malformed));
        assert_eq!(code(OwnRules { session_s: Some(59), ..none }, none, &rules), Some(ErrorCode::Malformed));
        assert_eq!(code(OwnRules { attachment_mb: Some(101), ..none }, none, &rules), Some(ErrorCode::RuleLooser));
        assert_eq!(code(OwnRules { attachment_mb: Some(0), ..none }, none, &rules), Some(ErrorCode::Malformed));
        for fine in [idle(120), idle(10), none, OwnRules { no_clipboard: true, no_notifications: true, ..none }] {
            assert_eq!(code(fine, none, &rules), None);
        }
    }

    #[test]
    fn a_rule_that_the_clinic_has_overtaken_keeps_no_other_from_being_changed() {
        let (rules, kept) = (holds(60, 3_600, true, true), idle(90));
        assert_eq!(code(OwnRules { no_clipboard: true, ..kept }, kept, &rules), None);
        assert_eq!(code(idle(80), kept, &rules), Some(ErrorCode::RuleLooser));
        assert_eq!(rules.tightened(&kept.settings()), rules, "and it does nothing");
    }

    #[test]
    fn types_that_nobody_may_send_here_are_not_given_back_by_a_list_of_ones_own() {
        let of = |types: &[AttachmentType]| types.iter().copied().collect::<AttachmentTypes>();
        let holds = Rules { attachment_types: clinic(of(&[AttachmentType::Image, AttachmentType::Pdf])), ..holds(120, 3_600, true, true) };
        let own = OwnRules { attachment_types: Some(of(&[AttachmentType::Pdf, AttachmentType::Video])), ..OwnRules::default() };
        assert_eq!(code(own, OwnRules::default(), &holds), None);
        assert_eq!(holds.tightened(&own.settings()).attachment_types.value, of(&[AttachmentType::Pdf]));
    }

    proptest! {
        #[test]
        fn nothing_that_a_person_keeps_loosens_what_holds(
            (idle, session, notifications, clipboard) in any::<(u32, u32, bool, bool)>(),
            (own_idle, own_session, no_notifications, no_clipboard) in any::<(Option<u32>, Option<u32>, bool, bool)>(),
        ) {
            let rules = holds(idle, session, notifications, clipboard);
            let own = OwnRules { idle_lock_s: own_idle, session_s: own_session, no_notifications, no_clipboard, ..OwnRules::default() };
            let held = rules.tightened(&own.settings());
            prop_assert_eq!(held.idle_lock_s.value, own_idle.unwrap_or(u32::MAX).min(idle));
            prop_assert_eq!(held.session_s.value, own_session.unwrap_or(u32::MAX).min(session));
            prop_assert_eq!(held.notifications.value, notifications && !no_notifications);
            prop_assert_eq!(held.clipboard.value, clipboard && !no_clipboard);
            prop_assert_eq!((held.lease_s, held.self_wipe_days, held.retain_days), (rules.lease_s, rules.self_wipe_days, rules.retain_days));
            prop_assert_eq!((held.pin, held.two_person_wipe), (rules.pin, rules.two_person_wipe));
        }
    }
}
