//! How does a person like their window, and where were they in it? Both are kept in the vault.

use serde::Serialize;
use serde::de::DeserializeOwned;
use sotto_protocol::{ErrorCode, limits};
use sotto_store::table::preference::{self, Preference};

use crate::error::{Attempt as _, ClientError, Result};
use crate::session::Session;
use crate::view::{FleetView, Preferences, ViewState};

impl Session {
    /// The preferences; where none were kept the defaults, in the language of the machine's management.
    ///
    /// # Errors
    /// `locked`.
    pub async fn preferences(&self) -> Result<Preferences> {
        if let Some(kept) = self.load_json(Preference::Preferences).await? {
            return Ok(kept);
        }
        let language = self.enter()?.core().workstation.managed().language().unwrap_or_default();
        Ok(Preferences { language, ..Preferences::default() })
    }

    /// Keeps the preferences. Colours and language are also kept for the sign-in window.
    ///
    /// # Errors
    /// `locked`, `disk_full`; `too_large` for more views than [`limits::FLEET_VIEWS`], or one whose texts are above [`limits::FIELD_CHARS`].
    pub async fn save_preferences(&self, preferences: Preferences) -> Result<()> {
        let views = &preferences.fleet_views;
        if views.len() > limits::FLEET_VIEWS || !views.iter().all(FleetView::fits) {
            return Err(ClientError::new(ErrorCode::TooLarge, "keep the preferences"));
        }
        self.store_json(Preference::Preferences, &preferences).await?;
        let call = self.enter()?;
        call.core().workstation.note_taste(preferences.theme, preferences.language)
    }

    /// Where the person was.
    ///
    /// # Errors
    /// `locked`.
    pub async fn view_state(&self) -> Result<Option<ViewState>> {
        self.load_json(Preference::ViewState).await
    }

    /// Keeps where the person is.
    ///
    /// # Errors
    /// `locked`, `disk_full`.
    pub async fn save_view_state(&self, state: ViewState) -> Result<()> {
        self.store_json(Preference::ViewState, &state).await
    }

    /// What a newer or older build wrote and this one cannot read counts as nothing.
    async fn load_json<T: DeserializeOwned>(&self, which: Preference) -> Result<Option<T>> {
        let call = self.enter()?;
        let load = call.core().vault.read(move |vault| preference::load(vault, which));
        let json = call.run(async { load.await.attempting("load the preferences") }).await?;
        Ok(json.and_then(|json| serde_json::from_str(&json).ok()))
    }

    /// Keeps a value.
    ///
    /// # Errors
    /// `locked`, `disk_full`.
    pub(crate) async fn store_json<T: Serialize>(&self, which: Preference, value: &T) -> Result<()> {
        let json = serde_json::to_string(value).map_err(|_| ClientError::new(ErrorCode::Malformed, "keep the preferences"))?;
        let call = self.enter()?;
        let store = call.core().vault.write(move |vault| preference::store(vault, which, &json));
        call.run(async { store.await.attempting("keep the preferences") }).await
    }
}
