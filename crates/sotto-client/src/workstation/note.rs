//! What does a workstation note down for the sign-in window? Who was locked, who is shut out, its colours and names, whether the server answers.

use sotto_protocol::AccountId;
use sotto_store::home::KeyringItem;
use sotto_store::workstation_file::LockedSession;

use super::{Workstation, make_account};
use crate::error::Result;
use crate::session::People;
use crate::view::{Connection, ErrorCode, Language, LockedView, Theme};

impl Workstation {
    /// Notes whose session was locked and what waits for them.
    pub(crate) fn note_locked(&self, locked: LockedView) -> Result<()> {
        let session = LockedSession { account: locked.account, since: locked.since, draft_kept: locked.draft_kept };
        self.change_file(|file| file.locked = Some(session))?;
        self.with_state(|state| {
            state.locked = Some(locked);
            state.connection = None;
        });
        Ok(())
    }

    /// Notes why a person's device here is good for nothing any more. The server's half of their vault's key is forgotten with it: what
    /// is kept for days without the server must not open anything for somebody who is out.
    pub(crate) fn note_shut_out(&self, account: AccountId, code: ErrorCode) -> Result<()> {
        let forgotten = self.shared.keyring.delete(&self.name_of(account, KeyringItem::Share));
        self.change_file(|file| {
            file.tiles.iter_mut().filter(|tile| tile.account == account).for_each(|tile| tile.shut_out = Some(code));
        })?;
        Ok(forgotten?)
    }

    /// Notes the colours and the language for the sign-in window.
    pub(crate) fn note_taste(&self, theme: Theme, language: Language) -> Result<()> {
        self.change_file(|file| {
            file.theme = to_word(theme);
            file.language = to_word(language);
        })
    }

    /// Notes how the clinic and this machine are called, for the sign-in window.
    pub(crate) fn note_names(&self, people: &People) -> Result<()> {
        let Some(mut file) = self.file() else { return Ok(()) };
        let before = file.clone();
        make_account::take_names(&mut file, people);
        if file == before { Ok(()) } else { self.set_file(file) }
    }

    /// Notes whether the server answers.
    pub(crate) fn note_connection(&self, connection: Connection) {
        self.with_state(|state| state.connection = Some(connection));
    }
}

/// The one word of such a value.
fn to_word<T: serde::Serialize>(value: T) -> Option<String> {
    serde_json::to_value(value).ok().and_then(|value| value.as_str().map(str::to_owned))
}
