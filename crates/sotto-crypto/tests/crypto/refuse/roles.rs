//! Rights that nobody granted: roles by the wrong hand, of the wrong form, put back, and admins whose role was taken.

use sotto_crypto::{SigningKey, statement};
use sotto_protocol::directory::StatementError;
use sotto_protocol::role::{Permission, Role};
use sotto_protocol::statement::{Revocations, RoleGrant, Scope, Signed, Signer, Statement};
use sotto_protocol::{GrantId, OrgId};

use super::{Refused, refused};
use crate::clinic::{Clinic, DAY, MONDAY, Machine, Person, id, seed};

/// All of them.
pub fn all(c: &Clinic) -> Vec<Refused> {
    let mut list = by_the_wrong_hand(c);
    list.extend(of_the_wrong_form(c));
    list.extend(put_back(c));
    list.extend(admins_no_more(c));
    list.extend(half_admins(c));
    list
}

fn june(c: &Clinic, role: Role) -> RoleGrant {
    c.role(&c.june, 2, role)
}

fn by_the_wrong_hand(c: &Clinic) -> Vec<Refused> {
    let physician = Statement::RoleGrant(june(c, Role::Physician));
    let server = SigningKey::from_seed(seed("the server's own key"));
    let clerk_key = SigningKey::from_seed(seed("role clerk's admin key"));
    let clerk = GrantId::from_bytes(id("role clerk grant"));
    let mut narrow = c.grant();
    (narrow.grant, narrow.admin_key) = (clerk, clerk_key.verify_key());
    narrow.scopes = vec![Scope::Invite, Scope::Revoke, Scope::Enrol];
    let elsewhere = RoleGrant { org: OrgId::from_bytes(id("another clinic")), ..june(c, Role::Physician) };
    let late = RoleGrant { issued_at: MONDAY + 400 * DAY, ..june(c, Role::Physician) };
    vec![
        refused("a role that the server signs", statement::sign(&c.admin(), &physician, &server), StatementError::BadSignature),
        refused(
            "a role by the person who gets it",
            statement::sign(&c.june.signer(), &physician, &c.june.signing),
            StatementError::NotPermitted,
        ),
        refused(
            "a role by an invite",
            statement::sign(&Signer::Invite(c.june.invite), &physician, &c.june.invite_key),
            StatementError::NotPermitted,
        ),
        Refused {
            name: "a role by an admin without that scope",
            before: c.granted(&narrow),
            signed: statement::sign(&Signer::Admin(clerk), &physician, &clerk_key),
            error: StatementError::NotPermitted,
        },
        refused(
            "an admin who makes themselves a physician",
            c.by_admin(&Statement::RoleGrant(c.role(&c.nadia, 2, Role::Physician))),
            StatementError::NotPermitted,
        ),
        refused("a role after the grant ended", c.by_admin(&Statement::RoleGrant(late)), StatementError::Expired),
        refused("a role of another organisation", c.by_admin(&Statement::RoleGrant(elsewhere)), StatementError::UnknownSigner),
    ]
}

fn of_the_wrong_form(c: &Clinic) -> Vec<Refused> {
    let custom = |permissions: &[Permission]| {
        let grant = RoleGrant { permissions: permissions.to_vec(), ..june(c, Role::Custom) };
        c.by_admin(&Statement::RoleGrant(grant))
    };
    let listed = RoleGrant { permissions: vec![Permission::Clinical], ..june(c, Role::FrontDesk) };
    vec![
        refused("a role with a list it has no use for", c.by_admin(&Statement::RoleGrant(listed)), StatementError::Malformed),
        refused("a list out of order", custom(&[Permission::Staff, Permission::Clinical]), StatementError::Malformed),
        refused("a list with a repeat", custom(&[Permission::Staff, Permission::Staff]), StatementError::Malformed),
        refused("a reader who lets people in", custom(&[Permission::Clinical, Permission::People]), StatementError::NotPermitted),
        refused("a biller who lets machines in", custom(&[Permission::Billing, Permission::Workstations]), StatementError::NotPermitted),
        refused(
            "a mixture by the root",
            {
                let grant = RoleGrant { permissions: vec![Permission::Staff, Permission::People], ..june(c, Role::Custom) };
                c.by_root(&Statement::RoleGrant(grant))
            },
            StatementError::NotPermitted,
        ),
    ]
}

fn put_back(c: &Clinic) -> Vec<Refused> {
    let narrowed = c.by_admin(&Statement::RoleGrant(c.role(&c.omar, 2, Role::FrontDesk)));
    let first = c.by_admin(&Statement::RoleGrant(c.role(&c.omar, 1, Role::Physician)));
    vec![
        Refused { name: "an older role put back", before: vec![narrowed.clone()], signed: first, error: StatementError::Rollback },
        Refused {
            name: "another role under the same serial",
            before: vec![narrowed],
            signed: c.by_admin(&Statement::RoleGrant(c.role(&c.omar, 2, Role::Physician))),
            error: StatementError::Rollback,
        },
        refused(
            "a first role with serial 0",
            c.by_admin(&Statement::RoleGrant(c.role(&newcomer(), 0, Role::Nurse))),
            StatementError::Rollback,
        ),
    ]
}

fn newcomer() -> Person {
    Person::new("wei", sotto_protocol::key::Suite::X25519, "Wei Zhang", "RN")
}

fn lab() -> Machine {
    Machine::new("WS 12", "Lab", sotto_protocol::statement::WorkstationKind::Shared)
}

/// Nadia is a nurse from now on; her admin key and its grant are as good as ever.
fn admins_no_more(c: &Clinic) -> Vec<Refused> {
    let nurse = c.by_root(&Statement::RoleGrant(c.role(&c.nadia, 2, Role::Nurse)));
    let after = |name, statement: &Statement| Refused {
        name,
        before: vec![nurse.clone()],
        signed: c.by_admin(statement),
        error: StatementError::NotPermitted,
    };
    vec![
        after("an invite by an admin whose role was taken", &Statement::Invite(c.invite(&newcomer()))),
        after("a role by an admin whose role was taken", &Statement::RoleGrant(june(c, Role::Physician))),
        after("a token by an admin whose role was taken", &Statement::WorkstationToken(c.token(&lab()))),
        after("revocations by an admin whose role was taken", &Statement::Revocations(c.revocations(2, vec![c.june.device]))),
    ]
}

/// Nadia administers people only, or machines only.
fn half_admins(c: &Clinic) -> Vec<Refused> {
    let only = |permission| {
        let grant = RoleGrant { permissions: vec![permission], ..c.role(&c.nadia, 2, Role::Custom) };
        c.by_root(&Statement::RoleGrant(grant))
    };
    let (people, machines) = (only(Permission::People), only(Permission::Workstations));
    let list = |accounts, devices, workstations| Revocations { accounts, workstations, ..c.revocations(2, devices) };
    let after = |name, before: &Signed, statement: Statement| Refused {
        name,
        before: vec![before.clone()],
        signed: c.by_admin(&statement),
        error: StatementError::NotPermitted,
    };
    let (lost, omar) = (c.june.device, c.omar.device);
    vec![
        after("a token by who administers people only", &people, Statement::WorkstationToken(c.token(&lab()))),
        after(
            "a machine shut out by who administers people only",
            &people,
            Statement::Revocations(list(Vec::new(), vec![lost], vec![c.office.workstation])),
        ),
        after("an invite by who administers machines only", &machines, Statement::Invite(c.invite(&newcomer()))),
        after("a role by who administers machines only", &machines, Statement::RoleGrant(june(c, Role::Physician))),
        after(
            "a person shut out by who administers machines only",
            &machines,
            Statement::Revocations(list(vec![(c.omar.account, 1)], vec![lost], Vec::new())),
        ),
        after(
            "a device shut out by who administers machines only",
            &machines,
            Statement::Revocations(list(Vec::new(), vec![lost, omar], Vec::new())),
        ),
    ]
}
