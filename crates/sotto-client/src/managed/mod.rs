//! What does this machine's management say, and what is it good for? A file that only the machine's administrator may write is read once,
//! at the start: it may let the machine in, say whom to call, and make rules stricter. It makes nothing looser.
//!
//! Where it is wrong, nothing of it is used and that is told: the rules that the clinic signed hold, and nobody is kept from their messages
//! by somebody's typing error.

mod let_in;
mod parse;
mod place;

use std::path::Path;
use std::sync::{Mutex, PoisonError};

use sotto_protocol::WorkstationId;
use sotto_protocol::directory::{Directory, Rules};

use self::parse::Managed;
use crate::error::Result;
use crate::fleet::group::name_rules;
use crate::view::{ErrorCode, Language, ManagedFault, ManagedView};
use crate::workstation::Workstation;

/// What was read at the start.
#[derive(Debug)]
pub(crate) struct ManagedState {
    place: String,
    /// Nothing where the machine has no management.
    said: Option<Managed>,
    fault: Option<ManagedFault>,
    /// Why the token did not let the machine in; counts while it is not in.
    token_fault: Mutex<Option<ErrorCode>>,
    /// Held while a token is being used: a person's and the management's would make two machines of one.
    letting_in: tokio::sync::Mutex<()>,
}

impl ManagedState {
    /// Reads what the system has for this machine, or `other` in its place. Whatever is wrong with it is kept to be told.
    pub fn load(other: Option<&Path>) -> Self {
        let place = place::name(other);
        let said = match place::load(other) {
            Ok(None) => Ok(None),
            Ok(Some(json)) => parse::parse_json(&json).map(Some).map_err(|wrong| (ErrorCode::ManagedUnreadable, wrong.key)),
            Err(code) => Err((code, None)),
        };
        let (said, fault) = match said {
            Ok(said) => (said, None),
            Err((code, key)) => {
                let at = key.as_deref().unwrap_or_default();
                tracing::warn!(%code, at, place = place.as_str(), "nothing of what this machine's management says is used");
                (None, Some(ManagedFault { code, place: place.clone(), key }))
            }
        };
        Self { place, said, fault, token_fault: Mutex::default(), letting_in: tokio::sync::Mutex::default() }
    }

    /// Whom to call.
    pub fn help(&self) -> Option<String> {
        self.said.as_ref()?.help.clone()
    }

    /// The language before a person chose theirs.
    pub fn language(&self) -> Option<Language> {
        self.said.as_ref()?.language
    }

    /// What is wrong with it.
    pub fn fault(&self) -> Option<ManagedFault> {
        self.fault.clone()
    }

    /// The same for a machine that is not in, which may wait for its token.
    pub fn fault_at_enrolment(&self) -> Option<ManagedFault> {
        let token = *self.token_fault.lock().unwrap_or_else(PoisonError::into_inner);
        let of_token = token.map(|code| ManagedFault { code, place: self.place.clone(), key: Some(parse::TOKEN.to_owned()) });
        self.fault().or(of_token)
    }

    fn view(&self) -> ManagedView {
        let said = self.said.clone().unwrap_or_default();
        ManagedView {
            place: self.place.clone(),
            found: self.said.is_some() || self.fault.is_some(),
            fault: self.fault(),
            token: said.token.is_some(),
            help: said.help,
            language: said.language,
            start_in_background: said.start_in_background,
            rules: said.rules,
            holds: Vec::new(),
        }
    }
}

/// What the system's management says of this machine, without opening a workstation's folder: what holds there is left out.
#[must_use]
pub fn read_managed() -> ManagedView {
    ManagedState::load(None).view()
}

impl Workstation {
    /// What this machine's management says, and what holds here with it as far as the machine has heard its clinic.
    ///
    /// # Errors
    /// Those of the disk and the keyring.
    pub async fn managed_view(&self) -> Result<ManagedView> {
        let mut view = self.managed().view();
        if self.is_enrolled() {
            let rules = self.load_rules().await?;
            // The groups' names are sealed, and nobody is signed in.
            view.holds = rules.map(|rules| name_rules(&rules, |group| group.to_string())).unwrap_or_default();
        } else {
            view.fault = self.managed().fault_at_enrolment();
        }
        Ok(view)
    }

    /// Whether this machine's management demands that the app starts with the system.
    #[must_use]
    pub fn must_start_in_background(&self) -> bool {
        self.managed().said.as_ref().is_some_and(|said| said.start_in_background)
    }

    /// What holds here: what the clinic signed for `workstation`, which is this machine, made stricter by its management.
    pub(crate) fn rules_here(&self, directory: &Directory, workstation: &WorkstationId) -> Option<Rules> {
        let signed = directory.rules(workstation)?;
        Some(self.managed().said.as_ref().map_or(signed, |said| signed.tightened_by_management(&said.rules)))
    }
}
