//! How does the machine hear? Statements are verified, kept and then looked at for commands.

use std::cmp::Ordering;

use sotto_protocol::directory::{Directory, StatementError};
use sotto_protocol::feed::Frame;
use sotto_protocol::key::VerifyKey;
use sotto_protocol::limits::STATEMENT_BYTES;
use sotto_protocol::statement::{Signed, Statement};
use sotto_protocol::{CommandId, WorkstationId, cbor};
use sotto_store::{heard, statements_file};
use tokio::time::Instant;

use super::done::Done;
use super::make_noise;
use super::refusal::Refusal;
use crate::error::{Attempt as _, ClientError, Result};
use crate::sync::backoff::Backoff;
use crate::view::ErrorCode;
use crate::workstation::Workstation;
use crate::workstation::machine::Machine;

/// A control connection's side of the machine.
pub(super) struct Control {
    pub(super) workstation: Workstation,
    pub(super) machine: Machine,
    pub(super) directory: Directory,
    pub(super) done: Done,
    /// How many statements are in the file.
    kept: usize,
    /// Those after them.
    new: Vec<Vec<u8>>,
    /// The commands in them.
    pub(super) heard: Vec<CommandId>,
}

impl Control {
    /// The machine with what it knew when it last listened, verified anew.
    ///
    /// # Errors
    /// Those of the disk and the keyring.
    pub(super) async fn load(workstation: &Workstation) -> Result<Self> {
        let machine = workstation.machine()?;
        let done = Done::load(workstation)?;
        let home = workstation.home().clone();
        let root = VerifyKey::try_from(machine.file.root.0.as_slice())
            .map_err(|_| ClientError::new(ErrorCode::VaultCorrupt, "read the pinned root"))?;
        let loaded = tokio::task::spawn_blocking(move || fold(Directory::new(root), statements_file::load(&home)?)).await;
        let (directory, kept) = loaded.map_err(|_| ClientError::new(ErrorCode::Internal, "verify the directory"))??;
        let control = Self { workstation: workstation.clone(), machine, directory, done, kept, new: Vec::new(), heard: Vec::new() };
        control.show_rules();
        Ok(control)
    }

    /// The machine's id.
    pub(super) const fn id(&self) -> WorkstationId {
        self.machine.file.workstation
    }

    /// Listens until the connection ends, and says why it did.
    pub(super) async fn serve(&mut self, backoff: &mut Backoff) -> Result<ErrorCode> {
        let mut stream = self.machine.http.open_control(self.directory.head().0, &self.machine.signer).await?;
        self.workstation.control().told().begin(Instant::now(), make_noise());
        loop {
            let frame = tokio::select! {
                biased;
                () = wait_until(self.report_due()) => {
                    self.report().await;
                    continue;
                }
                frame = stream.next() => frame?,
            };
            if let Some(code) = self.hear(frame).await? {
                return Ok(code);
            }
            // Not before everything held: a server that lies again and again is asked less and less often.
            if self.new.is_empty() {
                backoff.reset();
            }
        }
    }

    /// Takes one frame in; gives why the connection ended, if it did.
    async fn hear(&mut self, frame: Option<Frame>) -> Result<Option<ErrorCode>> {
        match frame {
            Some(Frame::Statement { statement }) => self.take(statement)?,
            Some(Frame::Directory { version }) => self.settle(version).await?,
            Some(Frame::End { code }) => return Ok(Some(code)),
            Some(Frame::Entry { .. } | Frame::CaughtUp { .. }) => {
                return Err(ClientError::new(ErrorCode::Malformed, "hear the control connection"));
            }
            None => return Ok(Some(ErrorCode::ServerUnreachable)),
        }
        Ok(None)
    }

    /// Listens until everything that is there was heard and done.
    pub(super) async fn hear_once(&mut self) -> Result<u64> {
        let mut stream = self.machine.http.open_control(self.directory.head().0, &self.machine.signer).await?;
        loop {
            let frame = stream.next().await?;
            if let Some(code) = self.hear(frame).await? {
                return Err(ClientError::new(code, "hear the control connection"));
            }
            if self.new.is_empty() {
                // Nobody stays to tell it later.
                if self.report_due().is_some() {
                    self.report().await;
                }
                return Ok(self.directory.head().0);
            }
        }
    }

    fn take(&mut self, statement: Vec<u8>) -> Result<()> {
        let parsed = cbor::parse_canonical::<Signed>(&statement, STATEMENT_BYTES).map_err(|_| StatementError::Malformed);
        match parsed.and_then(|signed| self.directory.apply(&signed)) {
            Ok(Statement::Command(command)) => self.heard.push(command.command),
            Ok(_) => (),
            Err(error) => return Err(self.refuse(Refusal::Statement(error), error.assertion_code())),
        }
        self.new.push(statement);
        Ok(())
    }

    /// What the connection ends with.
    fn refuse(&self, refusal: Refusal, code: ErrorCode) -> ClientError {
        self.workstation.control().refuse(refusal, None);
        ClientError::new(code, "verify the directory")
    }

    /// The server has told everything: it is kept, and then done.
    async fn settle(&mut self, version: u64) -> Result<()> {
        match version.cmp(&self.directory.head().0) {
            Ordering::Less => return Err(self.refuse(Refusal::OlderDirectory, ErrorCode::Conflict)),
            Ordering::Greater => return Err(self.refuse(Refusal::MissingStatements, ErrorCode::Conflict)),
            Ordering::Equal => (),
        }
        let new = std::mem::take(&mut self.new);
        if !new.is_empty() {
            let (home, kept, count) = (self.workstation.home().clone(), self.kept, new.len());
            let stored = tokio::task::spawn_blocking(move || statements_file::append(&home, kept, &new)).await;
            stored.map_err(|_| ClientError::new(ErrorCode::Internal, "keep the directory"))?.attempting("keep the directory")?;
            self.kept += count;
        }
        heard::store(self.workstation.home(), self.workstation.clock().wall_ms()).attempting("note that the server was heard")?;
        self.show_rules();
        self.hold_rules()?;
        self.tell_not_done();
        self.do_commands().await?;
        self.look().await;
        Ok(())
    }

    /// What a rule forbids goes at once: a PIN that was set while it was allowed, and a lease that is longer than it may be now.
    fn hold_rules(&self) -> Result<()> {
        let Some(rules) = self.workstation.rules() else { return Ok(()) };
        for account in self.workstation.accounts() {
            if !rules.pin.value && self.workstation.pin_tries_left(account).is_some() {
                self.workstation.forget_pin(account)?;
            }
            self.workstation.shorten_lease(account, rules.lease_s.value)?;
        }
        Ok(())
    }

    fn show_rules(&self) {
        if self.workstation.control().set_rules(self.workstation.rules_here(&self.directory, &self.id())) {
            self.workstation.tell_changed();
        }
    }
}

/// Returns at that moment; never where there is none.
async fn wait_until(moment: Option<Instant>) {
    match moment {
        Some(moment) => tokio::time::sleep_until(moment).await,
        None => std::future::pending().await,
    }
}

/// What chains to the root, and how many those are; a file that somebody changed is used up to there.
fn fold(mut directory: Directory, statements: Vec<Vec<u8>>) -> Result<(Directory, usize)> {
    let mut kept = 0;
    for statement in statements {
        let Ok(signed) = cbor::parse_canonical::<Signed>(&statement, STATEMENT_BYTES) else { break };
        if let Err(error) = directory.apply(&signed) {
            tracing::warn!(%error, "the machine's copy of the directory does not hold from here on");
            break;
        }
        kept += 1;
    }
    Ok((directory, kept))
}
