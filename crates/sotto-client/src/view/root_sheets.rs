//! What may be told of root sheets that somebody typed or scanned? Which they are and what is wrong with each, and nothing that is on them.

use serde::{Deserialize, Serialize};

use super::ErrorCode;

/// One sheet as it was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct SheetView {
    /// Which of them it is, from 1; null where it cannot be read.
    pub index: Option<u8>,
    /// How many there are.
    pub of: Option<u8>,
    /// How many of them are enough.
    pub needed: Option<u8>,
    /// What is wrong with it: `sheet_malformed`, `sheet_foreign` or `sheet_repeated`.
    pub problem: Option<ErrorCode>,
    /// The line to look at again, as it is numbered on the sheet.
    pub line: Option<u8>,
}

/// Sheets as they were read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct SheetsView {
    /// Each of them, in the order in which they came.
    pub sheets: Vec<SheetView>,
    /// Why they do not bring the root back; null where they do.
    pub problem: Option<ErrorCode>,
}
