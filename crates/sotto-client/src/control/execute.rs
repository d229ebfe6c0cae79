//! How is a command done? Once, if it is in time, with a receipt that is kept before anything is said of it.

use std::time::Duration;

use sotto_protocol::AccountId;
use sotto_protocol::api::CommandBegun;
use sotto_protocol::directory::IssuedCommand;
use sotto_protocol::statement::{Action, CommandOutcome};
use sotto_store::heard;
use sotto_store::wipe::Target;

use super::hear::Control;
use super::refusal::Refusal;
use super::wipe::{Order, deliver, load_undelivered};
use crate::error::{ClientError, Result};
use crate::people::DAY_MS;
use crate::view::ErrorCode;
use crate::workstation::Workstation;

/// How long a machine waits for the server to hear that it begins; a wipe waits for nobody.
const TELLING: Duration = Duration::from_secs(1);

impl Control {
    /// Does every command that holds, is for this machine and was not done, in the order in which they began to hold.
    ///
    /// # Errors
    /// Those of the disk and the keyring; what was not begun is done at the next hearing.
    pub(super) async fn do_commands(&mut self) -> Result<()> {
        let mut due: Vec<IssuedCommand> = {
            let me = self.id();
            let issued = self.directory.commands_to(&me);
            let open = issued.filter(|issued| issued.holds_from.is_some() && issued.receipt.is_none());
            open.filter(|issued| self.done.is_due(issued.command.serial)).cloned().collect()
        };
        due.sort_by_key(|issued| issued.holds_from);
        let workstation = self.workstation.clone();
        for issued in due {
            let _doing = workstation.control().doing.lock().await;
            self.do_command(&issued).await?;
        }
        Ok(())
    }

    /// Says of the commands that were heard just now why they are not done, where they are not.
    pub(super) fn tell_not_done(&mut self) {
        for command in std::mem::take(&mut self.heard) {
            let Some(issued) = self.directory.command(&command).filter(|issued| issued.receipt.is_none()) else { continue };
            let why = if issued.command.workstation != self.id() {
                Refusal::AnotherWorkstation
            } else if issued.holds_from.is_none() {
                Refusal::OneSignature
            } else if !self.done.is_due(issued.command.serial) {
                Refusal::DoneBefore
            } else {
                continue;
            };
            self.workstation.control().refuse(why, Some(command));
        }
    }

    async fn do_command(&mut self, issued: &IssuedCommand) -> Result<()> {
        let (command, begun_at) = (&issued.command, self.workstation.clock().wall_ms());
        if self.has_receipt(command.command)? {
            // A crash came between the receipt and the note that it was done.
            return self.done.note(&self.workstation, &self.directory, issued);
        }
        let outcome = if begun_at > command.not_after {
            self.workstation.control().refuse(Refusal::Late, Some(command.command));
            CommandOutcome::Expired
        } else {
            tracing::info!(command = %command.command, action = command.action.as_str(), "a command begins");
            let begun = CommandBegun { command: command.command };
            let told = self.machine.http.push_only("/v1/commands/begun", Some(&self.machine.signer), &begun);
            let _heard = tokio::time::timeout(TELLING, told).await;
            match command.action {
                Action::Lock => lock(&self.workstation, command.account).await,
                Action::SignOut => sign_out(&self.workstation, command.account).await?,
                // That it was done is news, so a report follows at once.
                Action::Report => CommandOutcome::Done,
                Action::Wipe => return self.do_wipe(issued).await,
            }
        };
        let receipt = self.make_receipt(command, outcome, begun_at);
        self.keep_receipt(command.command, &receipt)?;
        self.done.note(&self.workstation, &self.directory, issued)?;
        self.deliver_receipts().await;
        Ok(())
    }

    async fn do_wipe(&mut self, issued: &IssuedCommand) -> Result<()> {
        let command = &issued.command;
        lock(&self.workstation, command.account).await;
        let file = &self.machine.file;
        let order = Order::new(Some(command), &file.server, &file.ca_der.0);
        let target = command.account.map_or(Target::Workstation, Target::Account);
        self.workstation.wipe(target, order).await?;
        if command.account.is_none() {
            return Err(self.after_own_wipe().await);
        }
        self.done.note(&self.workstation, &self.directory, issued)?;
        self.deliver_receipts().await;
        Ok(())
    }

    /// Wipes a machine that the server has not heard for longer than its rules allow: lost, and nobody can tell it so.
    pub(super) async fn wipe_unheard(&self) -> Result<()> {
        let days = self.workstation.rules().and_then(|rules| rules.self_wipe_days.value);
        let heard_at = heard::load(self.workstation.home())?;
        let Some((days, heard_at)) = days.zip(heard_at) else { return Ok(()) };
        if self.workstation.clock().wall_ms() <= heard_at.saturating_add(u64::from(days) * DAY_MS) {
            return Ok(());
        }
        tracing::warn!(days, "this machine has not heard the server for longer than its rules allow, and wipes itself");
        lock(&self.workstation, None).await;
        let order = Order::new(None, &self.machine.file.server, &self.machine.file.ca_der.0);
        self.workstation.wipe(Target::Workstation, order).await?;
        Err(self.after_own_wipe().await)
    }

    /// The machine has no key any more: its receipt is told, now or later, and nothing else.
    async fn after_own_wipe(&self) -> ClientError {
        if let Ok(Some((http, receipt))) = load_undelivered(self.workstation.home(), &self.workstation.clock()) {
            let _later = tokio::time::timeout(super::wipe::TELLING, deliver(&http, receipt)).await;
        }
        ClientError::new(ErrorCode::Wiped, "wipe the workstation")
    }
}

/// Ends the open sessions of a person, or all of them.
pub(super) async fn lock(workstation: &Workstation, account: Option<AccountId>) -> CommandOutcome {
    let open = workstation.open_sessions(account);
    let outcome = if open.is_empty() { CommandOutcome::Nothing } else { CommandOutcome::Done };
    for session in open {
        if let Err(error) = session.lock().await {
            // The session is locked all the same; only what the locked screen shows was not kept.
            tracing::warn!(%error, "locked by a command, but not all of what the locked screen shows was kept");
        }
    }
    outcome
}

/// Ends them, and forgets what would open the vaults without the server.
async fn sign_out(workstation: &Workstation, account: Option<AccountId>) -> Result<CommandOutcome> {
    lock(workstation, account).await;
    let here: Vec<AccountId> = workstation.accounts().into_iter().filter(|one| account.is_none_or(|account| account == *one)).collect();
    for account in &here {
        workstation.forget_pin(*account)?;
        workstation.forget_share(*account)?;
    }
    Ok(if here.is_empty() { CommandOutcome::Nothing } else { CommandOutcome::Done })
}
