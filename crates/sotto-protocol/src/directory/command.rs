//! What machines were told to do: which commands stand, who agreed, what was receipted, and who is out by a wipe.

use std::collections::{HashMap, HashSet};

use super::check::{permitted, unused, within};
use super::{Directory, StatementError};
use crate::statement::{Action, Approval, Command, Receipt, Scope, Signer};
use crate::{AccountId, CommandId, DeviceId, WorkstationId};

/// A command as the chain knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IssuedCommand {
    /// The command.
    pub command: Command,
    /// The admin who gave it; `None` is the root.
    pub by: Option<AccountId>,
    /// Whether the machine's rules asked for a second admin when it was given.
    pub needs_approval: bool,
    /// Who agreed, where that was needed; `Some(None)` is the root.
    pub approved_by: Option<Option<AccountId>>,
    /// How many statements the directory had when the command began to hold; `None` while it waits for a second admin.
    pub holds_from: Option<u64>,
    /// What the machine signed when it was through with it.
    pub receipt: Option<Receipt>,
}

/// The part of a directory that is about commands.
#[derive(Debug, Clone, Default)]
pub(super) struct Commands {
    issued: HashMap<CommandId, IssuedCommand>,
    to: HashMap<WorkstationId, Vec<CommandId>>,
    devices: HashSet<DeviceId>,
    workstations: HashSet<WorkstationId>,
}

impl Commands {
    /// Whether a device is out by a wipe.
    pub(super) fn is_wiped(&self, device: &DeviceId) -> bool {
        self.devices.contains(device)
    }

    /// Whether a machine is out by a wipe.
    pub(super) fn is_workstation_wiped(&self, workstation: &WorkstationId) -> bool {
        self.workstations.contains(workstation)
    }
}

impl Directory {
    /// A command.
    #[must_use]
    pub fn command(&self, command: &CommandId) -> Option<&IssuedCommand> {
        self.commands.issued.get(command)
    }

    /// All commands, in no order.
    pub fn commands(&self) -> impl Iterator<Item = &IssuedCommand> {
        self.commands.issued.values()
    }

    /// The commands to a machine, oldest first.
    pub fn commands_to(&self, workstation: &WorkstationId) -> impl DoubleEndedIterator<Item = &IssuedCommand> {
        self.commands.to.get(workstation).into_iter().flatten().filter_map(|command| self.command(command))
    }

    /// The serial of the last command to a machine; 0 where there was none.
    #[must_use]
    pub fn command_serial(&self, workstation: &WorkstationId) -> u64 {
        self.commands_to(workstation).next_back().map_or(0, |issued| issued.command.serial)
    }

    pub(super) fn check_command(&self, signer: &Signer, s: &Command) -> Result<(), StatementError> {
        self.check_admin(signer, Scope::Fleet, s.issued_at)?;
        unused(self.commands.issued.contains_key(&s.command))?;
        permitted(self.workstation(&s.workstation).is_some())?;
        if self.head_at(s.directory.0) != Some(s.directory) {
            return Err(StatementError::OtherDirectory);
        }
        within(s.issued_at, 0, s.not_after)?;
        if s.serial > self.command_serial(&s.workstation) { Ok(()) } else { Err(StatementError::Rollback) }
    }

    pub(super) fn check_approval(&self, signer: &Signer, s: &Approval) -> Result<(), StatementError> {
        self.check_admin(signer, Scope::Fleet, s.issued_at)?;
        let issued = self.command(&s.command).ok_or(StatementError::NotPermitted)?;
        unused(issued.holds_from.is_some())?;
        // Two are two people: neither a second grant of the same one nor the root after itself.
        permitted(self.admin_of(signer) != issued.by)?;
        within(s.issued_at, 0, issued.command.not_after)
    }

    pub(super) fn check_receipt(&self, workstation: &WorkstationId, s: &Receipt) -> Result<(), StatementError> {
        let issued = self.command(&s.command).filter(|issued| issued.holds_from.is_some()).ok_or(StatementError::NotPermitted)?;
        permitted(s.workstation == *workstation && issued.command.workstation == *workstation)?;
        if !s.is_well_formed() {
            return Err(StatementError::Malformed);
        }
        unused(issued.receipt.is_some())
    }

    /// Takes in a checked command.
    pub(super) fn insert_command(&mut self, signer: &Signer, command: Command) {
        let needs_approval = command.action == Action::Wipe && self.settings_of(&command.workstation).two_person_wipe == Some(true);
        let (id, by) = (command.command, self.admin_of(signer));
        self.commands.to.entry(command.workstation).or_default().push(id);
        let issued = IssuedCommand { command, by, needs_approval, approved_by: None, holds_from: None, receipt: None };
        self.commands.issued.insert(id, issued);
        if !needs_approval {
            self.begin_command(&id);
        }
    }

    /// Takes in a checked approval.
    pub(super) fn insert_approval(&mut self, signer: &Signer, approval: &Approval) {
        let by = self.admin_of(signer);
        if let Some(issued) = self.commands.issued.get_mut(&approval.command) {
            issued.approved_by = Some(by);
        }
        self.begin_command(&approval.command);
    }

    /// Takes in a checked receipt.
    pub(super) fn insert_receipt(&mut self, receipt: Receipt) {
        if let Some(issued) = self.commands.issued.get_mut(&receipt.command) {
            issued.receipt = Some(receipt);
        }
    }

    /// From here on the command holds. What a wipe is about is out at once, whether or not the machine ever hears of it.
    fn begin_command(&mut self, command: &CommandId) {
        let version = self.head().0 + 1;
        let Some(issued) = self.commands.issued.get_mut(command) else { return };
        issued.holds_from = Some(version);
        let Command { action, workstation, account, .. } = issued.command;
        if action != Action::Wipe {
            return;
        }
        let about =
            |cert: &&crate::statement::DeviceCert| cert.workstation == workstation && account.is_none_or(|account| cert.account == account);
        self.commands.devices.extend(self.devices.values().filter(about).map(|cert| cert.device));
        if account.is_none() {
            self.commands.workstations.insert(workstation);
        }
    }

    /// The account that a signer administers with; `None` for the root.
    pub(super) fn admin_of(&self, signer: &Signer) -> Option<AccountId> {
        let Signer::Admin(grant) = signer else { return None };
        self.admins.grant(grant).map(|grant| grant.account)
    }
}
