//! Which machines were reported lost or stolen, and how did each end? What was reported stays in the register for good.

use super::check::{permitted, unused};
use super::{Directory, IssuedCommand, StatementError};
use crate::statement::{Action, CommandOutcome, Incident, IncidentClosed, IncidentOutcome, Scope, Signer};
use crate::{AccountId, IncidentId, WorkstationId};

/// How an incident ended, as the chain knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IncidentEnd {
    /// What was asserted.
    pub closed: IncidentClosed,
    /// The admin who closed it; `None` is the root.
    pub by: Option<AccountId>,
    /// How many statements the directory had with it: which device came later, whatever the clocks of those who signed say.
    pub since: u64,
    /// How many commands the machine had been given by then.
    commands: usize,
}

/// An incident as the chain knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportedIncident {
    /// What was reported.
    pub incident: Incident,
    /// The admin who reported it; `None` is the root.
    pub by: Option<AccountId>,
    /// How it ended; `None` while it is open.
    pub end: Option<IncidentEnd>,
    /// How many commands the machine had been given before.
    commands: usize,
}

/// The register: every incident, oldest first. There are few: each is a machine that somebody missed.
#[derive(Debug, Clone, Default)]
pub(super) struct Incidents(Vec<ReportedIncident>);

impl Incidents {
    fn of(&self, incident: &IncidentId) -> Option<&ReportedIncident> {
        self.0.iter().find(|one| one.incident.incident == *incident)
    }

    /// The incident of a machine that is open; there is one at most.
    fn open(&self, workstation: &WorkstationId) -> Option<&ReportedIncident> {
        self.0.iter().find(|one| one.end.is_none() && one.incident.workstation == *workstation)
    }

    /// Whether an incident is new, of a machine that is not missed already.
    fn check(&self, s: &Incident) -> Result<(), StatementError> {
        unused(self.of(&s.incident).is_some())?;
        unused(self.open(&s.workstation).is_some())
    }

    /// Whether what ends is open.
    fn check_closed(&self, s: &IncidentClosed) -> Result<&ReportedIncident, StatementError> {
        let reported = self.of(&s.incident).ok_or(StatementError::NotPermitted)?;
        unused(reported.end.is_some())?;
        Ok(reported)
    }

    /// Takes in a checked incident; the machine had been given that many commands before.
    fn insert(&mut self, incident: Incident, by: Option<AccountId>, commands: usize) {
        self.0.push(ReportedIncident { incident, by, end: None, commands });
    }

    /// Takes in a checked end.
    fn close(&mut self, end: IncidentEnd) {
        if let Some(reported) = self.0.iter_mut().find(|one| one.incident.incident == end.closed.incident) {
            reported.end = Some(end);
        }
    }
}

impl Directory {
    /// Every incident, oldest first.
    pub fn incidents(&self) -> impl DoubleEndedIterator<Item = &ReportedIncident> {
        self.incidents.0.iter()
    }

    /// An incident.
    #[must_use]
    pub fn incident(&self, incident: &IncidentId) -> Option<&ReportedIncident> {
        self.incidents.of(incident)
    }

    /// The incident of a machine that is open.
    #[must_use]
    pub fn open_incident(&self, workstation: &WorkstationId) -> Option<&ReportedIncident> {
        self.incidents.open(workstation)
    }

    /// What the machine was told while the incident was open, oldest first; and a wipe of the whole machine whenever it was told, since
    /// nothing takes that back.
    pub fn incident_commands<'a>(&'a self, reported: &'a ReportedIncident) -> impl Iterator<Item = &'a IssuedCommand> {
        let while_open = reported.commands..reported.end.as_ref().map_or(usize::MAX, |end| end.commands);
        self.commands_to(&reported.incident.workstation)
            .enumerate()
            .filter(move |(place, issued)| while_open.contains(place) || is_whole_wipe(issued))
            .map(|(_, issued)| issued)
    }

    /// Whether a machine signed that it is wiped: the only ground on which an incident ends so.
    #[must_use]
    pub fn wipe_is_receipted(&self, workstation: &WorkstationId) -> bool {
        let done = |issued: &IssuedCommand| issued.receipt.as_ref().is_some_and(|receipt| receipt.outcome == CommandOutcome::Done);
        self.commands_to(workstation).any(|issued| is_whole_wipe(issued) && done(issued))
    }

    pub(super) fn check_incident(&self, signer: &Signer, s: &Incident) -> Result<(), StatementError> {
        self.check_admin(signer, Scope::Fleet, s.issued_at)?;
        permitted(self.workstation(&s.workstation).is_some())?;
        self.incidents.check(s)
    }

    pub(super) fn check_incident_closed(&self, signer: &Signer, s: &IncidentClosed) -> Result<(), StatementError> {
        self.check_admin(signer, Scope::Fleet, s.issued_at)?;
        let reported = self.incidents.check_closed(s)?;
        // "Wiped" is what a receipt says, and nothing else.
        permitted(s.outcome != IncidentOutcome::Wiped || self.wipe_is_receipted(&reported.incident.workstation))
    }

    /// Takes in a checked incident.
    pub(super) fn insert_incident(&mut self, signer: &Signer, incident: Incident) {
        let (by, commands) = (self.admin_of(signer), self.commands_to(&incident.workstation).count());
        self.incidents.insert(incident, by, commands);
    }

    /// Takes in a checked end.
    pub(super) fn insert_incident_closed(&mut self, signer: &Signer, closed: IncidentClosed) {
        let (by, since) = (self.admin_of(signer), self.head().0 + 1);
        let workstation = self.incident(&closed.incident).map(|reported| reported.incident.workstation);
        let commands = workstation.map_or(0, |workstation| self.commands_to(&workstation).count());
        self.incidents.close(IncidentEnd { closed, by, since, commands });
    }
}

fn is_whole_wipe(issued: &IssuedCommand) -> bool {
    issued.command.action == Action::Wipe && issued.command.account.is_none()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::OrgId;
    use crate::statement::IncidentReason;

    const ORG: OrgId = OrgId::from_bytes([1; 16]);
    const CART: WorkstationId = WorkstationId::from_bytes([4; 16]);
    const LAPTOP: WorkstationId = WorkstationId::from_bytes([5; 16]);

    fn missed(byte: u8, workstation: WorkstationId) -> Incident {
        Incident { org: ORG, incident: IncidentId::from_bytes([byte; 16]), workstation, reason: IncidentReason::Lost, issued_at: 7 }
    }

    fn found(byte: u8) -> IncidentClosed {
        IncidentClosed { org: ORG, incident: IncidentId::from_bytes([byte; 16]), outcome: IncidentOutcome::Found, issued_at: 8 }
    }

    #[test]
    fn a_machine_is_missed_once_at_a_time_and_what_was_reported_stays() {
        let mut register = Incidents::default();
        assert_eq!(register.check(&missed(1, CART)), Ok(()));
        register.insert(missed(1, CART), None, 3);
        assert_eq!(register.check(&missed(1, LAPTOP)), Err(StatementError::Duplicate), "an id is used once");
        assert_eq!(register.check(&missed(2, CART)), Err(StatementError::Duplicate), "it is missed already");
        assert_eq!(register.check(&missed(2, LAPTOP)), Ok(()), "another machine has its own");

        assert_eq!(register.check_closed(&found(9)).map(drop), Err(StatementError::NotPermitted), "nobody reported that");
        assert_eq!(register.check_closed(&found(1)).map(|one| one.incident.workstation), Ok(CART));
        register.close(IncidentEnd { closed: found(1), by: None, since: 9, commands: 5 });
        assert_eq!(register.check_closed(&found(1)).map(drop), Err(StatementError::Duplicate), "it ends once");
        assert_eq!(register.open(&CART), None);
        assert_eq!(register.check(&missed(1, CART)), Err(StatementError::Duplicate), "and does not begin again");
        assert_eq!(register.check(&missed(3, CART)), Ok(()), "it can be missed again");
        register.insert(missed(3, CART), None, 5);
        let ended: Vec<bool> = register.0.iter().map(|one| one.end.is_some()).collect();
        assert_eq!(ended, [true, false]);
    }
}
