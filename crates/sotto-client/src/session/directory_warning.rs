//! How is a server remembered that lied about who is who? In the vault, so that neither a lock nor a restart hides it.

use std::sync::PoisonError;

use sotto_store::table::meta::{self, Meta};

use super::Core;
use crate::error::Result;
use crate::view::{AppEvent, DirectoryWarning};

impl Core {
    /// Takes over what the vault remembers.
    pub fn load_directory_warning(&self, number: u64) {
        *self.directory_warning.lock().unwrap_or_else(PoisonError::into_inner) = parse(number);
    }

    /// Warns the person, unless they are warned of something worse.
    ///
    /// # Errors
    /// Those of the vault.
    pub async fn warn_of_directory(&self, warning: DirectoryWarning) -> Result<()> {
        if self.directory_warning() < Some(warning) { self.note(Some(warning)).await } else { Ok(()) }
    }

    /// What was withheld is here.
    ///
    /// # Errors
    /// Those of the vault.
    pub async fn clear_withheld(&self) -> Result<()> {
        if self.directory_warning() == Some(DirectoryWarning::Withheld) { self.note(None).await } else { Ok(()) }
    }

    async fn note(&self, warning: Option<DirectoryWarning>) -> Result<()> {
        self.vault.write(move |vault| meta::store(vault, Meta::DirectoryWarning, number(warning))).await?;
        *self.directory_warning.lock().unwrap_or_else(PoisonError::into_inner) = warning;
        self.events.send(AppEvent::WorkstationChanged);
        Ok(())
    }
}

const fn number(warning: Option<DirectoryWarning>) -> u64 {
    match warning {
        None => 0,
        Some(DirectoryWarning::Withheld) => 1,
        Some(DirectoryWarning::Forked) => 2,
        Some(DirectoryWarning::Forged) => 3,
    }
}

const fn parse(number: u64) -> Option<DirectoryWarning> {
    match number {
        1 => Some(DirectoryWarning::Withheld),
        2 => Some(DirectoryWarning::Forked),
        3 => Some(DirectoryWarning::Forged),
        _ => None,
    }
}
