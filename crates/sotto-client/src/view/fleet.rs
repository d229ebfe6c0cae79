//! What IT sees of commands and rules, and what it asks for.

use serde::{Deserialize, Serialize};
use sotto_protocol::statement::{Action, CommandReason, Erased, Settings};
use sotto_protocol::{AccountId, CommandId, GroupId};

use super::{MachineReport, WorkstationKind};

/// Tells one machine to do one thing.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct CommandRequest {
    /// The machine, one of [`crate::Session::workstations`].
    pub workstation: String,
    /// One person on it; absent is everybody, and for a wipe the machine itself.
    #[cfg_attr(feature = "typescript", ts(type = "string | null"))]
    pub account: Option<AccountId>,
    /// What to do.
    pub action: Action,
    /// Why.
    pub reason: CommandReason,
}

/// How far a command has come. What the server says is how far it was brought; that it was done, only the machine's own receipt says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum CommandState {
    /// It waits for a second administrator.
    Requested,
    /// It holds; the machine has not heard it. Of a wipe the server's half of the keys is destroyed already.
    Issued,
    /// It was put on the machine's connection.
    Delivered,
    /// The machine said that it begins.
    Executing,
    /// The machine signed that it is over.
    Receipted,
    /// Its time was over before a second administrator agreed.
    Lapsed,
    /// A day has passed without a receipt: nobody knows.
    Unconfirmed,
}

/// A command with its timeline.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct CommandView {
    /// The command.
    #[cfg_attr(feature = "typescript", ts(type = "string"))]
    pub command: CommandId,
    /// The machine.
    pub workstation: String,
    /// Its name.
    pub workstation_name: String,
    /// The one person it is about, if it is about one.
    pub person: Option<String>,
    /// What to do.
    pub action: Action,
    /// Why.
    pub reason: CommandReason,
    /// How far it has come.
    pub state: CommandState,
    /// Who gave it; absent is the clinic's root.
    pub issued_by: Option<String>,
    /// Whether that is who asks, who therefore cannot agree to it.
    pub mine: bool,
    /// Who agreed, where two were needed.
    pub approved_by: Option<String>,
    /// Milliseconds since 1970.
    #[cfg_attr(feature = "typescript", ts(type = "number"))]
    pub issued_at: u64,
    /// Not begun later than this.
    #[cfg_attr(feature = "typescript", ts(type = "number"))]
    pub not_after: u64,
    /// When the server put it on the machine's connection.
    #[cfg_attr(feature = "typescript", ts(type = "number | null"))]
    pub delivered_at: Option<u64>,
    /// When the machine said that it begins.
    #[cfg_attr(feature = "typescript", ts(type = "number | null"))]
    pub begun_at: Option<u64>,
    /// The machine's receipt.
    pub receipt: Option<ReceiptView>,
    /// Of the newest report that the machine did: what it told of itself then or later. The machine's word on its connection, and not in the receipt.
    pub report: Option<MachineReport>,
}

/// What a machine signed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct ReceiptView {
    /// How it ended.
    pub outcome: sotto_protocol::statement::CommandOutcome,
    /// When, by the machine's clock.
    #[cfg_attr(feature = "typescript", ts(type = "number"))]
    pub ended_at: u64,
    /// Of a wipe what was destroyed.
    pub erased: Vec<Erased>,
    /// Whether everything that was found is gone.
    pub complete: bool,
}

/// Which machines a group is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum GroupMembersView {
    /// Every machine, also later ones.
    Everyone,
    /// Every machine of this kind.
    Kind(WorkstationKind),
    /// These.
    Workstations(Vec<String>),
}

/// A group of machines with what holds for them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct GroupView {
    /// The group.
    #[cfg_attr(feature = "typescript", ts(type = "string"))]
    pub group: GroupId,
    /// Its name.
    pub name: String,
    /// Which machines.
    pub members: GroupMembersView,
    /// What holds for them.
    pub settings: Settings,
    /// When it was last set; milliseconds since 1970.
    #[cfg_attr(feature = "typescript", ts(type = "number"))]
    pub issued_at: u64,
}

/// Sets what holds for a group.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct GroupRequest {
    /// The group; absent makes one.
    #[cfg_attr(feature = "typescript", ts(type = "string | null"))]
    pub group: Option<GroupId>,
    /// Its name.
    pub name: String,
    /// Which machines.
    pub members: GroupMembersView,
    /// What holds for them; nothing gives the group up.
    pub settings: Settings,
}

/// One rule that holds at a machine, and where it comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct RuleView {
    /// The setting's name, one of those of [`Settings`].
    pub setting: String,
    /// Its value as JSON: a number, a truth, a list of types of files, or null for never.
    #[cfg_attr(feature = "typescript", ts(type = "number | boolean | Array<AttachmentType> | null"))]
    pub value: serde_json::Value,
    /// Whose rule it is.
    pub from: RuleSourceView,
}

/// Whose rule it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum RuleSourceView {
    /// The clinic's policy.
    Clinic,
    /// A group's, by its name; empty where the name does not open here.
    Group(String),
    /// That of the machine's own management.
    Management,
    /// That of whoever asks, for themselves.
    Own,
}
