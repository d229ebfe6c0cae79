//! How does a person like their window, and where were they in it?

use serde::{Deserialize, Serialize};
use sotto_protocol::ThreadId;
use sotto_protocol::limits::FIELD_CHARS;

use super::ThreadFilter;

/// Colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    /// As the operating system has it.
    #[default]
    System,
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
    /// With the most contrast.
    HighContrast,
}

/// The language of the window and of the terminal's sentences.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Language {
    /// English.
    #[default]
    En,
    /// Spanish.
    Es,
}

/// How close rows stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Density {
    /// Targets of 44 px.
    #[default]
    Comfortable,
    /// More rows.
    Compact,
}

/// What the table of workstations can be narrowed to by a press.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum FleetFilter {
    /// Their control connection is open.
    Connected,
    /// They were not heard for 30 days.
    Stale,
    /// Their disk is not encrypted.
    Unencrypted,
    /// Their system does not lock its screen by itself.
    NoScreenLock,
    /// They have an older version than another one.
    Outdated,
    /// Nobody answers for them, or somebody who is out by now.
    NoCustodian,
    /// A command to them has no receipt.
    Pending,
    /// They are out of service.
    Out,
}

/// By which column the table of workstations is sorted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct FleetSort {
    /// The column's name.
    pub column: String,
    /// From the last to the first.
    pub down: bool,
}

/// A view of the table of workstations that was given a name. Which machines it shows is not kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct FleetView {
    /// Its name.
    pub name: String,
    /// The words that a machine has.
    pub query: String,
    /// What a machine must be, all of it.
    pub filters: Vec<FleetFilter>,
    /// The order.
    pub sort: FleetSort,
}

impl FleetView {
    /// Whether each text is short enough to be kept.
    pub(crate) fn fits(&self) -> bool {
        let texts = [&self.name, &self.query, &self.sort.column];
        texts.iter().all(|text| text.chars().count() <= FIELD_CHARS) && self.filters.len() <= FILTERS
    }
}

/// How many filters there are: each stands in a view once.
const FILTERS: usize = 8;

/// A person's preferences; they live in the vault.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Preferences {
    /// Colours.
    pub theme: Theme,
    /// Language.
    pub language: Language,
    /// Row height.
    pub density: Density,
    /// Whether single letters act outside text fields.
    pub single_keys: bool,
    /// Whether the context pane is open.
    pub context_open: bool,
    /// Views of the table of workstations, [`sotto_protocol::limits::FLEET_VIEWS`] at most.
    #[serde(default)]
    pub fleet_views: Vec<FleetView>,
}

impl Default for Preferences {
    fn default() -> Self {
        Self {
            theme: Theme::default(),
            language: Language::default(),
            density: Density::default(),
            single_keys: true,
            context_open: true,
            fleet_views: Vec::new(),
        }
    }
}

/// Where a person was in the window, so that an unlock comes back to it.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct ViewState {
    /// The list's filter.
    pub filter: ThreadFilter,
    /// The open thread.
    #[cfg_attr(feature = "typescript", ts(type = "string | null"))]
    pub thread: Option<ThreadId>,
    /// The message at the top of the visible log.
    #[cfg_attr(feature = "typescript", ts(type = "number | null"))]
    pub anchor_seq: Option<u64>,
    /// Its distance from the top, in pixels.
    pub anchor_offset: f64,
    /// Whether the composer had the focus.
    pub composer_focused: bool,
    /// Start of the composer's selection, in UTF-16 units.
    pub selection_start: u32,
    /// End of the composer's selection, in UTF-16 units.
    pub selection_end: u32,
}
