//! How do many people come in at once? A list, judged row by row, first without doing anything.

use serde::{Deserialize, Serialize};

use super::{ErrorCode, InviteView};

/// A row as it was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct ImportRow {
    /// How they are called.
    pub name: String,
    /// What they do.
    pub title: String,
    /// Their login name.
    pub login: String,
    /// Their role, by its word.
    pub role: String,
    /// What a custom role may do: words with spaces between them.
    #[serde(default)]
    pub permissions: String,
}

/// Invites everybody on a list, or says what would happen.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct ImportPeopleRequest {
    /// The rows, at most 500.
    pub rows: Vec<ImportRow>,
    /// Days until the invites end.
    pub days: u32,
    /// Whether nothing is to be done but judging.
    pub dry_run: bool,
}

/// What is wrong with a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum RowProblem {
    /// There is no name.
    NameMissing,
    /// The name is too long.
    NameTooLong,
    /// The title is too long.
    TitleTooLong,
    /// The login name has a character that it cannot have, or too few or too many.
    LoginMalformed,
    /// Somebody has that login name.
    LoginTaken,
    /// An earlier row has that login name.
    LoginRepeated,
    /// There is no role, or none of that word.
    RoleUnknown,
    /// The permissions are not what a person of that role can have.
    PermissionsMalformed,
}

/// What became, or would become, of a row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum ImportOutcome {
    /// It would be invited.
    Ready,
    /// It was invited.
    Invited {
        /// The invite.
        invite: InviteView,
    },
    /// It is not invited.
    Refused {
        /// Why.
        reason: RowProblem,
    },
    /// It could not be invited now.
    Failed {
        /// Why.
        code: ErrorCode,
    },
}

/// A row with its outcome.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct ImportRowView {
    /// How they are called.
    pub name: String,
    /// What they do.
    pub title: String,
    /// Their login name.
    pub login: String,
    /// Their role, as it was read.
    pub role: String,
    /// What became of it.
    pub outcome: ImportOutcome,
}

/// A list with its outcomes, in its order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct ImportReport {
    /// The rows.
    pub rows: Vec<ImportRowView>,
    /// How many were, or would be, invited.
    pub fit: u32,
    /// How many were, or would be, not.
    pub refused: u32,
}
