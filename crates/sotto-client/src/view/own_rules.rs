//! What may a person tighten for themselves, and what holds without it?

use serde::{Deserialize, Serialize};
use sotto_protocol::statement::{AttachmentTypes, Settings};

use super::RuleView;

/// The rules that a person set for themselves. To loosen one has no spelling where it is a yes or no, is refused where it is a number, and does
/// nothing where it is a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct OwnRules {
    /// Idle time before the lock, in seconds; absent leaves it to the clinic.
    pub idle_lock_s: Option<u32>,
    /// A session's longest time, in seconds; absent leaves it to the clinic.
    pub session_s: Option<u32>,
    /// Notifications of the system are off.
    pub no_notifications: bool,
    /// No text is copied out of messages.
    pub no_clipboard: bool,
    /// Size of the largest file that they send, in MB; absent leaves it to the clinic.
    pub attachment_mb: Option<u32>,
    /// Types of files that they send; absent leaves it to the clinic.
    #[cfg_attr(feature = "typescript", ts(type = "Array<AttachmentType> | null"))]
    pub attachment_types: Option<AttachmentTypes>,
}

impl OwnRules {
    /// The same in the form in which every other rule is said.
    pub(crate) fn settings(&self) -> Settings {
        Settings {
            idle_lock_s: self.idle_lock_s,
            session_s: self.session_s,
            notifications: self.no_notifications.then_some(false),
            clipboard: self.no_clipboard.then_some(false),
            attachment_mb: self.attachment_mb,
            attachment_types: self.attachment_types,
            ..Settings::default()
        }
    }
}

/// A person's own rules beside those they tighten.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct OwnRulesView {
    /// What they set. One that the clinic has overtaken since is kept, and does nothing until it is the stricter one again.
    pub own: OwnRules,
    /// What holds here without it: what may be set is stricter than this.
    pub without: Vec<RuleView>,
}
