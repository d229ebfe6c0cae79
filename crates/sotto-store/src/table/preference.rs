//! What a person chose, what they tightened for themselves and where they were: three JSON texts whose shape the client knows.

use rusqlite::{Connection, OptionalExtension, params};

use crate::Result;

/// Which text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Preference {
    /// Theme, language, density, keys.
    Preferences,
    /// Where the person was, so that an unlock comes back to it.
    ViewState,
    /// The rules that the person set for themselves.
    OwnRules,
}

impl Preference {
    const fn key(self) -> &'static str {
        match self {
            Self::Preferences => "preferences",
            Self::ViewState => "view_state",
            Self::OwnRules => "own_rules",
        }
    }
}

/// The JSON text, if one was stored.
///
/// # Errors
/// Those of reading.
pub fn load(connection: &Connection, preference: Preference) -> Result<Option<String>> {
    let mut statement = connection.prepare_cached("SELECT value FROM meta WHERE key = ?1")?;
    Ok(statement.query_row([preference.key()], |row| row.get(0)).optional()?)
}

/// Stores the JSON text.
///
/// # Errors
/// Those of writing.
pub fn store(connection: &Connection, preference: Preference, json: &str) -> Result<()> {
    connection.prepare_cached("INSERT OR REPLACE INTO meta(key, value) VALUES (?1, ?2)")?.execute(params![preference.key(), json])?;
    Ok(())
}
