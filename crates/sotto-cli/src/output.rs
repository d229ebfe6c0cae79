//! Where does a command write? Into a channel; the terminal or the agent's socket is at its other end.

use serde::Serialize;
use serde::{Deserialize, de::DeserializeOwned};
use sotto_client::view::ErrorCode;
use tokio::sync::mpsc;

use crate::failure::{Failure, Outcome};

/// Lines a reader may be behind before the command waits for it.
const QUEUE: usize = 64;

/// One line for a stream.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Line {
    /// For standard output.
    Out(String),
    /// For standard error.
    Err(String),
}

/// A command's way to write.
#[derive(Debug, Clone)]
pub struct Output {
    lines: mpsc::Sender<Line>,
    json: bool,
}

/// An output and the end its lines come out of.
#[must_use]
pub fn channel(json: bool) -> (Output, mpsc::Receiver<Line>) {
    let (lines, receiver) = mpsc::channel(QUEUE);
    (Output { lines, json }, receiver)
}

impl Output {
    /// Writes a value: as one JSON line, or as `human` puts it (nothing where that is empty).
    ///
    /// # Errors
    /// `cancelled` if nobody reads any more.
    pub async fn value<T: Serialize + ?Sized>(&self, value: &T, human: impl FnOnce(&T) -> String) -> Outcome {
        let text = if self.json { to_json(value)? } else { human(value) };
        if text.is_empty() { Ok(()) } else { self.send(Line::Out(text)).await }
    }

    async fn send(&self, line: Line) -> Outcome {
        self.lines.send(line).await.map_err(|_| Failure::new(ErrorCode::Cancelled))
    }
}

/// A value as one line of JSON.
///
/// # Errors
/// `internal`; no view fails to serialise.
pub fn to_json<T: Serialize + ?Sized>(value: &T) -> Outcome<String> {
    serde_json::to_string(value).map_err(|_| Failure::new(ErrorCode::Internal))
}

/// A value from one line of JSON that another process of this program wrote.
///
/// # Errors
/// `malformed`.
pub fn from_json<T: DeserializeOwned>(line: &str) -> Outcome<T> {
    serde_json::from_str(line).map_err(|_| Failure::new(ErrorCode::Malformed))
}
