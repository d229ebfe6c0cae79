//! How does a failed call look to the caller? A code to branch on and, where waiting helps, how long.

use serde::{Deserialize, Serialize};

use super::ErrorCode;

/// A failed call. Never carries text: the sentence for the person is in the caller's catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct ErrorView {
    /// What to branch on.
    pub code: ErrorCode,
    /// Seconds until a repeat may succeed.
    #[cfg_attr(feature = "typescript", ts(type = "number | null"))]
    pub retry_after_seconds: Option<u64>,
}
