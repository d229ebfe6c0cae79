//! Machines handed over by who may not, to who is not there, or back to who had them before.

use serde_bytes::ByteBuf;
use sotto_crypto::profile::seal_location;
use sotto_crypto::{SigningKey, statement};
use sotto_protocol::directory::StatementError;
use sotto_protocol::key::Suite;
use sotto_protocol::role::Role;
use sotto_protocol::statement::{Custody, Revocations, Scope, Signed, Signer, Statement};
use sotto_protocol::{AccountId, GrantId, OrgId};

use super::{Refused, refused};
use crate::clinic::{Clinic, DAY, MONDAY, Machine, Person, id, rng, seed};

/// All of them.
pub fn all(c: &Clinic) -> Vec<Refused> {
    let mut list = unsigned(c);
    list.extend(withdrawn(c));
    list.extend(unknown(c));
    list.extend(repeated(c));
    list
}

/// The station goes to somebody.
pub fn handed(c: &Clinic, serial: u64, custodian: Option<AccountId>) -> Custody {
    let (workstation, mut rng) = (c.station.workstation, rng(&format!("custody {serial}")));
    let location = ByteBuf::from(seal_location(&c.directory_key, workstation, "Ward 3", &mut rng).unwrap());
    Custody { org: c.org, workstation, serial, custodian, location, issued_at: MONDAY + DAY }
}

fn by_admin(c: &Clinic, custody: Custody) -> Signed {
    c.by_admin(&Statement::Custody(custody))
}

/// By keys that may not.
fn unsigned(c: &Clinic) -> Vec<Refused> {
    let custody = Statement::Custody(handed(c, 1, Some(c.omar.account)));
    let server = SigningKey::from_seed(seed("the server's own key"));
    let (narrow_key, narrow_grant) = (SigningKey::from_seed(seed("porter's admin key")), GrantId::from_bytes(id("porter grant")));
    let mut narrow = c.grant();
    (narrow.grant, narrow.admin_key) = (narrow_grant, narrow_key.verify_key());
    narrow.scopes = vec![Scope::Invite, Scope::Revoke, Scope::Enrol, Scope::Roles];
    let machine = Signer::Workstation(c.station.workstation);
    vec![
        refused("a custody that the server signs", statement::sign(&c.admin(), &custody, &server), StatementError::BadSignature),
        refused(
            "a custody by the person who takes the machine",
            statement::sign(&c.omar.signer(), &custody, &c.omar.signing),
            StatementError::NotPermitted,
        ),
        refused("a custody by the machine itself", statement::sign(&machine, &custody, &c.station.key), StatementError::NotPermitted),
        Refused {
            name: "a custody by an admin without that scope",
            before: c.granted(&narrow),
            signed: statement::sign(&Signer::Admin(narrow_grant), &custody, &narrow_key),
            error: StatementError::NotPermitted,
        },
    ]
}

/// By an admin who is none any more.
fn withdrawn(c: &Clinic) -> Vec<Refused> {
    let custody = handed(c, 1, Some(c.omar.account));
    let out = Revocations { accounts: vec![(c.nadia.account, 1)], ..c.revocations(2, vec![c.june.device]) };
    let (now, end) = (custody.clone(), Custody { issued_at: MONDAY + 400 * DAY, ..custody.clone() });
    vec![
        Refused {
            name: "a custody by an admin whose account is revoked",
            before: vec![c.by_root(&Statement::Revocations(out))],
            signed: by_admin(c, now),
            error: StatementError::NotPermitted,
        },
        Refused {
            name: "a custody by an admin whose role was taken",
            before: vec![c.by_root(&Statement::RoleGrant(c.role(&c.nadia, 9, Role::Nurse)))],
            signed: by_admin(c, custody),
            error: StatementError::NotPermitted,
        },
        refused("a custody after the grant ended", by_admin(c, end), StatementError::Expired),
    ]
}

/// Of and to what is not there.
fn unknown(c: &Clinic) -> Vec<Refused> {
    let stranger = Person::new("wei", Suite::X25519, "Wei", "RN").account;
    let nowhere = Machine::new("nowhere", "", c.station.kind).workstation;
    let elsewhere = Custody { org: OrgId::from_bytes(id("another clinic")), ..handed(c, 1, None) };
    let left = Revocations { accounts: vec![(c.june.account, 1)], ..c.revocations(2, vec![c.june.device]) };
    let unknown_machine = Custody { workstation: nowhere, ..handed(c, 1, Some(c.omar.account)) };
    vec![
        refused("a custody of a machine that was never let in", by_admin(c, unknown_machine), StatementError::NotPermitted),
        refused("a custody of somebody who is nobody", by_admin(c, handed(c, 1, Some(stranger))), StatementError::NotPermitted),
        Refused {
            name: "a custody of somebody who left",
            before: vec![c.by_admin(&Statement::Revocations(left))],
            signed: by_admin(c, handed(c, 1, Some(c.june.account))),
            error: StatementError::NotPermitted,
        },
        refused("a custody of another organisation", by_admin(c, elsewhere), StatementError::UnknownSigner),
    ]
}

/// What held before, put back.
fn repeated(c: &Clinic) -> Vec<Refused> {
    let first = by_admin(c, handed(c, 3, Some(c.omar.account)));
    let given = vec![first.clone(), by_admin(c, handed(c, 4, None))];
    let after = |name, signed| Refused { name, before: given.clone(), signed, error: StatementError::Rollback };
    vec![
        after("a custody replayed", first),
        after("a custody of an equal serial", by_admin(c, handed(c, 4, Some(c.omar.account)))),
        after("a custody of a lower serial", by_admin(c, handed(c, 2, Some(c.omar.account)))),
        refused("a custody of serial 0", by_admin(c, handed(c, 0, None)), StatementError::Rollback),
    ]
}
