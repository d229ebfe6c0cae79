//! Incidents that nobody may open, of machines that are not there or are missed already; and ends that nobody may assert.

use sotto_crypto::{SigningKey, statement};
use sotto_protocol::directory::StatementError;
use sotto_protocol::role::Role;
use sotto_protocol::statement::{
    Command, Incident, IncidentClosed, IncidentOutcome, IncidentReason, Revocations, Scope, Signed, Signer, Statement,
};
use sotto_protocol::{CommandId, GrantId, IncidentId, OrgId};

use super::{Refused, commands, refused};
use crate::clinic::{Clinic, DAY, MONDAY, Machine, id, seed};

/// All of them.
pub fn all(c: &Clinic) -> Vec<Refused> {
    let mut list = unsigned(c);
    list.extend(withdrawn(c));
    list.extend(unknown(c));
    list.extend(repeated(c));
    list.extend(ends(c));
    list
}

/// The station is missing.
pub fn missed(c: &Clinic, number: u8) -> Incident {
    let incident = IncidentId::from_bytes(id(&format!("incident {number}")));
    Incident { org: c.org, incident, workstation: c.station.workstation, reason: IncidentReason::Lost, issued_at: MONDAY + DAY }
}

/// How that ended.
pub fn closed(c: &Clinic, number: u8, outcome: IncidentOutcome) -> IncidentClosed {
    IncidentClosed { org: c.org, incident: missed(c, number).incident, outcome, issued_at: MONDAY + 2 * DAY }
}

fn open_by_admin(c: &Clinic, incident: Incident) -> Signed {
    c.by_admin(&Statement::Incident(incident))
}

fn close_by_admin(c: &Clinic, closed: IncidentClosed) -> Signed {
    c.by_admin(&Statement::IncidentClosed(closed))
}

/// By keys that may not.
fn unsigned(c: &Clinic) -> Vec<Refused> {
    let incident = Statement::Incident(missed(c, 1));
    let server = SigningKey::from_seed(seed("the server's own key"));
    let (narrow_key, narrow_grant) = (SigningKey::from_seed(seed("guard's admin key")), GrantId::from_bytes(id("guard grant")));
    let mut narrow = c.grant();
    (narrow.grant, narrow.admin_key) = (narrow_grant, narrow_key.verify_key());
    narrow.scopes = vec![Scope::Invite, Scope::Revoke, Scope::Enrol, Scope::Roles];
    let machine = Signer::Workstation(c.station.workstation);
    vec![
        refused("an incident that the server signs", statement::sign(&c.admin(), &incident, &server), StatementError::BadSignature),
        refused("an incident by a person", statement::sign(&c.omar.signer(), &incident, &c.omar.signing), StatementError::NotPermitted),
        refused("an incident by the machine itself", statement::sign(&machine, &incident, &c.station.key), StatementError::NotPermitted),
        Refused {
            name: "an incident by an admin without that scope",
            before: c.granted(&narrow),
            signed: statement::sign(&Signer::Admin(narrow_grant), &incident, &narrow_key),
            error: StatementError::NotPermitted,
        },
    ]
}

/// By an admin who is none any more.
fn withdrawn(c: &Clinic) -> Vec<Refused> {
    let out = Revocations { accounts: vec![(c.nadia.account, 1)], ..c.revocations(2, vec![c.june.device]) };
    let late = Incident { issued_at: MONDAY + 400 * DAY, ..missed(c, 1) };
    vec![
        Refused {
            name: "an incident by an admin whose account is revoked",
            before: vec![c.by_root(&Statement::Revocations(out))],
            signed: open_by_admin(c, missed(c, 1)),
            error: StatementError::NotPermitted,
        },
        Refused {
            name: "an incident by an admin whose role was taken",
            before: vec![c.by_root(&Statement::RoleGrant(c.role(&c.nadia, 9, Role::Nurse)))],
            signed: open_by_admin(c, missed(c, 1)),
            error: StatementError::NotPermitted,
        },
        refused("an incident after the grant ended", open_by_admin(c, late), StatementError::Expired),
    ]
}

/// Of what is not there.
fn unknown(c: &Clinic) -> Vec<Refused> {
    let nowhere = Machine::new("nowhere", "", c.station.kind).workstation;
    let unknown_machine = Incident { workstation: nowhere, ..missed(c, 1) };
    let elsewhere = Incident { org: OrgId::from_bytes(id("another clinic")), ..missed(c, 1) };
    vec![
        refused("an incident of a machine that was never let in", open_by_admin(c, unknown_machine), StatementError::NotPermitted),
        refused("an incident of another organisation", open_by_admin(c, elsewhere), StatementError::UnknownSigner),
        refused(
            "the end of an incident that nobody opened",
            close_by_admin(c, closed(c, 1, IncidentOutcome::Found)),
            StatementError::NotPermitted,
        ),
    ]
}

/// What was reported before.
fn repeated(c: &Clinic) -> Vec<Refused> {
    let first = open_by_admin(c, missed(c, 1));
    let over = vec![first.clone(), close_by_admin(c, closed(c, 1, IncidentOutcome::Found))];
    let other_machine = Incident { workstation: c.office.workstation, ..missed(c, 1) };
    let after = |name, signed| Refused { name, before: vec![first.clone()], signed, error: StatementError::Duplicate };
    vec![
        after("an incident replayed", first.clone()),
        after("an incident of a machine that is missed already", open_by_admin(c, missed(c, 2))),
        after("an incident's id for another machine", open_by_admin(c, other_machine)),
        Refused {
            name: "an incident that is over replayed",
            before: over.clone(),
            signed: first.clone(),
            error: StatementError::Duplicate,
        },
        Refused {
            name: "a second end of an incident",
            before: over,
            signed: close_by_admin(c, closed(c, 1, IncidentOutcome::WrittenOff)),
            error: StatementError::Duplicate,
        },
    ]
}

/// Ends that rest on nothing.
fn ends(c: &Clinic) -> Vec<Refused> {
    let opened = open_by_admin(c, missed(c, 1));
    let wiped = closed(c, 1, IncidentOutcome::Wiped);
    let order = commands::wipe(c, 1);
    let told = c.by_admin(&Statement::Command(order.clone()));
    // What one person had there is not the machine.
    let part = Command { account: Some(c.omar.account), command: CommandId::from_bytes(id("part")), ..order.clone() };
    let receipt = Statement::Receipt(commands::receipt(c, &part));
    let receipt = statement::sign(&Signer::Workstation(c.station.workstation), &receipt, &c.station.key);
    let by_omar = statement::sign(&c.omar.signer(), &Statement::IncidentClosed(closed(c, 1, IncidentOutcome::Found)), &c.omar.signing);
    let late = IncidentClosed { issued_at: MONDAY + 400 * DAY, ..closed(c, 1, IncidentOutcome::Found) };
    let after = |name, before: Vec<Signed>, signed, error| Refused { name, before, signed, error };
    vec![
        after(
            "an incident closed as wiped without a wipe",
            vec![opened.clone()],
            close_by_admin(c, wiped.clone()),
            StatementError::NotPermitted,
        ),
        after(
            "an incident closed as wiped without a receipt",
            vec![opened.clone(), told],
            close_by_admin(c, wiped.clone()),
            StatementError::NotPermitted,
        ),
        after(
            "an incident closed as wiped on one person's wipe",
            vec![opened.clone(), c.by_admin(&Statement::Command(part)), receipt],
            close_by_admin(c, wiped),
            StatementError::NotPermitted,
        ),
        after("an incident closed by a person", vec![opened.clone()], by_omar, StatementError::NotPermitted),
        after("an incident closed after the grant ended", vec![opened], close_by_admin(c, late), StatementError::Expired),
    ]
}
