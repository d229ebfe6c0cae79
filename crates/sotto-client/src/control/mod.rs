//! What does a machine do while nobody is signed in? It hears the directory, and in it what IT tells it to do.
//!
//! Nothing is done because the server says so: every statement is verified from the pinned root, a command is done once, in the order of
//! serials that the keyring remembers, and the machine signs what became of it.

mod diagnose;
mod done;
mod execute;
mod hear;
mod receipt;
mod refusal;
mod report;
mod tally;
mod told;
pub(crate) mod wipe;

use std::sync::{Mutex, PoisonError};

use sotto_crypto::OsRandom;
use sotto_crypto::random::make_bytes;
use sotto_protocol::directory::Rules;

use self::hear::Control;
pub use self::refusal::Refusal;
use self::tally::Tally;
use self::told::Told;
use crate::error::{ClientError, Result};
use crate::sync::backoff::Backoff;
use crate::view::ErrorCode;
use crate::workstation::Workstation;

/// What the control connection leaves for others to look at.
#[derive(Debug, Default)]
pub(crate) struct ControlState {
    heard: Mutex<Heard>,
    told: Mutex<Told>,
    /// Held while a command is being done.
    doing: tokio::sync::Mutex<()>,
    tally: Tally,
}

#[derive(Debug, Default)]
struct Heard {
    rules: Option<Rules>,
    refused: Vec<Refusal>,
}

impl ControlState {
    fn set_rules(&self, rules: Option<Rules>) -> bool {
        let mut heard = self.heard.lock().unwrap_or_else(PoisonError::into_inner);
        std::mem::replace(&mut heard.rules, rules) != rules
    }
}

impl Workstation {
    /// Serves the control connection for as long as the machine belongs to the clinic; waits where it does not yet, and lets it in by its management's token. Returns why it ended:
    /// `workstation_revoked` once the machine is out and has done what it was told, `wiped` once it was wiped and the receipt is delivered.
    /// May be dropped at any time; what was begun is resumed by the next call.
    pub async fn serve_control(&self) -> ErrorCode {
        let mut backoff = Backoff::default();
        loop {
            if self.is_wiped() {
                self.tell_wiped(&mut backoff).await;
                return ErrorCode::Wiped;
            }
            self.let_in_by_management().await;
            self.wait_enrolled().await;
            let code = self.serve_once(&mut backoff).await.unwrap_or_else(|error| error.code);
            if matches!(code, ErrorCode::WorkstationRevoked | ErrorCode::Wiped) && !self.is_wiped() {
                return code;
            }
            tracing::info!(%code, "the control connection ended");
            self.note_error(code);
            tokio::time::sleep(backoff.next(make_noise())).await;
        }
    }

    /// Hears and does what waits, and returns how many statements the machine has then. A new machine comes in by its management's token first.
    ///
    /// # Errors
    /// `not_enrolled`; those of a token; `workstation_revoked` once the machine is out; those of the server, the disk and the keyring.
    pub async fn hear_control(&self) -> Result<u64> {
        if self.is_wiped() {
            if let Some((http, receipt)) = wipe::load_undelivered(self.home(), &self.clock())? {
                wipe::deliver(&http, receipt).await?;
            }
            return Err(ClientError::new(ErrorCode::Wiped, "hear the control connection"));
        }
        self.use_managed_token().await?;
        let mut control = self.begin_control().await?;
        control.hear_once().await
    }

    /// What holds at this machine, as far as the control connection has heard.
    #[must_use]
    pub fn rules(&self) -> Option<Rules> {
        self.control().heard.lock().unwrap_or_else(PoisonError::into_inner).rules
    }

    /// What holds at this machine by the statements that it has kept, verified anew. Nothing is heard.
    ///
    /// # Errors
    /// `not_enrolled`; those of the disk and the keyring.
    pub(crate) async fn load_rules(&self) -> Result<Option<Rules>> {
        Control::load(self).await?;
        Ok(self.rules())
    }

    /// Why statements of the control connection were not taken and commands not done, the newest last; the oldest are forgotten.
    #[must_use]
    pub fn refusals(&self) -> Vec<Refusal> {
        self.control().heard.lock().unwrap_or_else(PoisonError::into_inner).refused.clone()
    }

    /// Returns once no command is being done.
    pub async fn wait_commands_done(&self) {
        drop(self.control().doing.lock().await);
    }

    /// Delivers the receipt of a machine that was wiped, which has no key left to prove anything else with.
    async fn tell_wiped(&self, backoff: &mut Backoff) {
        let Ok(Some((http, receipt))) = wipe::load_undelivered(self.home(), &self.clock()) else { return };
        while let Err(error) = wipe::deliver(&http, receipt.clone()).await {
            if error.code == ErrorCode::Conflict {
                return;
            }
            tracing::info!(%error, "the receipt of the wipe was not delivered");
            tokio::time::sleep(backoff.next(make_noise())).await;
        }
    }

    /// Returns once the machine was let in.
    pub(crate) async fn wait_enrolled(&self) {
        let mut events = self.events();
        while !self.is_enrolled() {
            // Lagging is hearing too.
            if let Err(tokio::sync::broadcast::error::RecvError::Closed) = events.recv().await {
                return;
            }
        }
    }

    /// The machine's side, ready to listen: what it knows already is done first. A machine that is out hears nothing twice, so what it
    /// kept and did not begin before a crash is due now, with or without the server.
    async fn begin_control(&self) -> Result<Control> {
        let mut control = Control::load(self).await?;
        control.wipe_unheard().await?;
        control.do_commands().await?;
        control.deliver_receipts().await;
        Ok(control)
    }

    async fn serve_once(&self, backoff: &mut Backoff) -> Result<ErrorCode> {
        let mut control = self.begin_control().await?;
        control.serve(backoff).await
    }
}

/// Any random number, so that machines do not all act at once.
fn make_noise() -> u32 {
    u32::from_be_bytes(make_bytes(&mut OsRandom::new()))
}
