//! How does a new machine come in without anybody typing? By the token of its management, used once, and told where it does not hold.

use std::sync::PoisonError;

use sotto_crypto::OsRandom;
use sotto_crypto::random::make_bytes;
use tokio::sync::MutexGuard;

use crate::error::Result;
use crate::sync::backoff::Backoff;
use crate::view::{ErrorCode, Password};
use crate::workstation::Workstation;

impl Workstation {
    /// Lets the machine in by its management's token, if it has one; asks again until the server has answered, or somebody let the machine
    /// in by another token. A token that does not hold is told on the enrolment screen and not tried again before the next start.
    pub(crate) async fn let_in_by_management(&self) {
        let mut backoff = Backoff::default();
        while let Err(code) = self.use_managed_token().await.map_err(|error| error.code) {
            if is_final(code) {
                return;
            }
            let wait = backoff.next(u32::from_be_bytes(make_bytes(&mut OsRandom::new())));
            tokio::select! {
                () = tokio::time::sleep(wait) => {}
                () = self.wait_enrolled() => {}
            }
        }
    }

    /// The same, asking once. Without a token, and on a machine that is in or was wiped, nothing happens.
    ///
    /// # Errors
    /// Those of [`Workstation::enrol_workstation`]; they are told on the enrolment screen too.
    pub(crate) async fn use_managed_token(&self) -> Result<()> {
        let Some(token) = self.managed_token() else { return Ok(()) };
        let used = self.enrol_workstation(token.expose()).await;
        match &used {
            Ok(_) => tracing::info!("this machine's management let it in"),
            // Somebody's own token was quicker.
            Err(_) if self.is_enrolled() => return Ok(()),
            Err(error) => tracing::warn!(%error, "the token of this machine's management did not let it in"),
        }
        let fault = used.as_ref().err().map(|error| error.code);
        let before = std::mem::replace(&mut *self.managed().token_fault.lock().unwrap_or_else(PoisonError::into_inner), fault);
        if before != fault {
            self.tell_changed();
        }
        used.map(drop)
    }

    /// Only one token at a time is used.
    pub(crate) async fn begin_letting_in(&self) -> MutexGuard<'_, ()> {
        self.managed().letting_in.lock().await
    }

    /// A machine that was wiped is let in by a person only: whoever has it now may have the file too.
    fn managed_token(&self) -> Option<Password> {
        let waits = !self.is_enrolled() && !self.is_wiped();
        self.managed().said.as_ref().filter(|_| waits)?.token.clone()
    }
}

/// Whether the same token will be answered the same way.
const fn is_final(code: ErrorCode) -> bool {
    matches!(
        code,
        ErrorCode::TokenMalformed | ErrorCode::TokenUnknown | ErrorCode::TokenExpired | ErrorCode::TokenUsed | ErrorCode::UnknownRoot
    )
}
