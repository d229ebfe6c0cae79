//! How does a session stay open between commands? In a background process that takes commands over a socket in the home.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::output::Line;

#[cfg(unix)]
pub mod call;
#[cfg(unix)]
pub mod serve;
#[cfg(unix)]
pub mod start;

/// Where the agent listens; only the owner of the home may connect.
#[must_use]
pub fn socket(home: &Path) -> PathBuf {
    home.join("agent.sock")
}

/// A command on its way to the agent, one JSON line.
#[derive(Debug, Serialize, Deserialize)]
pub struct Request {
    /// What was typed after `sotto`.
    pub args: Vec<String>,
    /// Where: file names are relative to it.
    pub folder: PathBuf,
    /// Standard input, where the command reads it.
    pub input: Option<String>,
}

/// What comes back, one JSON line each; the exit status ends it.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// A line for a stream.
    Line(Line),
    /// The exit status.
    Exit(u8),
}
