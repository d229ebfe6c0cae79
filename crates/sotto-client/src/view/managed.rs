//! What may be known of a machine's management: what it says, what is wrong with it, what holds with it.

use serde::{Deserialize, Serialize};
use sotto_protocol::statement::Settings;

use super::{ErrorCode, Language, RuleView};

/// What is wrong with what a machine's management says. Never a value of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct ManagedFault {
    /// What is wrong.
    pub code: ErrorCode,
    /// Where the system keeps it.
    pub place: String,
    /// The key it is at, where that is known.
    pub key: Option<String>,
}

/// What a machine's management says, for IT at a terminal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ManagedView {
    /// Where the system keeps it.
    pub place: String,
    /// Whether there is anything.
    pub found: bool,
    /// What is wrong with it; then nothing of it is used.
    pub fault: Option<ManagedFault>,
    /// Whether there is a token in it that lets a machine in. Never the token.
    pub token: bool,
    /// Whom to call.
    pub help: Option<String>,
    /// The language before a person chose theirs.
    pub language: Option<Language>,
    /// Whether the app has to start with the system.
    pub start_in_background: bool,
    /// Its rules.
    pub rules: Settings,
    /// What holds at this machine and whose rule each is, groups by their ids; empty before the machine has heard its clinic.
    pub holds: Vec<RuleView>,
}

/// Whether the app starts with the system and hears commands without a window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct BackgroundView {
    /// Whether it does.
    pub on: bool,
    /// Whether this machine's management demands it; then it is not switched off.
    pub demanded: bool,
    /// Whether it can be switched here at all: not where the app was started on a folder of somebody's choice.
    pub possible: bool,
}
