//! How does a command end? With 0, or with an error code's number and its sentence on standard error.

use std::time::Duration;

use serde::Serialize;
use sotto_client::ClientError;
use sotto_client::view::{ErrorCode, ErrorView, Language};

use crate::errors::sentence;

/// A failed command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Failure {
    /// What to branch on; its number is the exit status.
    pub code: ErrorCode,
    /// When to try again, where waiting helps.
    pub retry_after: Option<Duration>,
}

#[derive(Serialize)]
struct FailureJson {
    error: ErrorView,
}

impl Failure {
    /// A failure without a time to wait.
    #[must_use]
    pub const fn new(code: ErrorCode) -> Self {
        Self { code, retry_after: None }
    }

    /// The exit status.
    #[must_use]
    pub const fn status(&self) -> u8 {
        self.code.number()
    }

    /// What goes to standard error: the sentence, or with `--json` an object with the code.
    #[must_use]
    pub fn text(&self, json: bool, language: Language) -> String {
        let view = ErrorView::from(ClientError { code: self.code, retry_after: self.retry_after, attempted: "run the command" });
        if json {
            return serde_json::to_string(&FailureJson { error: view }).unwrap_or_default();
        }
        let said = sentence(self.code, language);
        let wait = view.retry_after_seconds.map(|seconds| format!(" ({seconds} s)")).unwrap_or_default();
        format!("sotto: {} {}{wait} [{}]", said.says, said.next, self.code)
    }
}

impl From<ClientError> for Failure {
    fn from(error: ClientError) -> Self {
        tracing::debug!(%error, "the command failed");
        Self { code: error.code, retry_after: error.retry_after }
    }
}

/// What commands give.
pub type Outcome<T = ()> = Result<T, Failure>;
