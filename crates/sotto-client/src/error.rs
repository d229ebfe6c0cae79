//! How does the client fail? With a code to branch on, what it was attempting, and how long to wait where that helps.

use std::time::Duration;

use sotto_protocol::ErrorCode;
use sotto_store::StoreError;

use crate::view::ErrorView;

/// A failed operation. Its text names the attempt and the code; never a person, a patient or a word of content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("could not {attempted}: {code}")]
pub struct ClientError {
    /// What to branch on.
    pub code: ErrorCode,
    /// How long until a repeat may succeed.
    pub retry_after: Option<Duration>,
    /// What was attempted, to continue "could not".
    pub attempted: &'static str,
}

/// What the client's operations give.
pub type Result<T, E = ClientError> = std::result::Result<T, E>;

impl ClientError {
    /// A failure without a time to wait.
    #[must_use]
    pub const fn new(code: ErrorCode, attempted: &'static str) -> Self {
        Self { code, retry_after: None, attempted }
    }

    /// The answer to every call after the lock.
    pub(crate) const LOCKED: Self = Self::new(ErrorCode::Locked, "use the session");

    /// Whether the same attempt may succeed later without anybody doing anything.
    #[must_use]
    pub const fn is_transient(&self) -> bool {
        matches!(self.code, ErrorCode::ServerUnreachable | ErrorCode::ServerBusy | ErrorCode::ServerError | ErrorCode::RequestReplayed)
    }
}

impl From<StoreError> for ClientError {
    fn from(error: StoreError) -> Self {
        tracing::debug!(%error, "the vault refused");
        Self { code: error.code(), retry_after: error.retry_after(), attempted: "use the vault" }
    }
}

impl From<ClientError> for ErrorView {
    fn from(error: ClientError) -> Self {
        // Rounded up, so that a repeat after that many seconds is not a moment early.
        let seconds = error.retry_after.map(|wait| wait.as_secs() + u64::from(wait.subsec_nanos() > 0));
        Self { code: error.code, retry_after_seconds: seconds }
    }
}

/// Names the attempt on the way out.
pub(crate) trait Attempt<T> {
    /// The same result, whose failure says that this was attempted.
    fn attempting(self, attempted: &'static str) -> Result<T>;
}

impl<T, E: Into<ClientError>> Attempt<T> for std::result::Result<T, E> {
    fn attempting(self, attempted: &'static str) -> Result<T> {
        self.map_err(|error| ClientError { attempted, ..error.into() })
    }
}
