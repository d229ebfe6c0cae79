//! Attacks on how somebody becomes an administrator: keys that were not asked for, requests that do not hold.

use sotto_crypto::{SigningKey, statement};
use sotto_protocol::directory::StatementError;
use sotto_protocol::key::Suite;
use sotto_protocol::role::Role;
use sotto_protocol::statement::{AdminGrant, AdminRequest, Signed, Signer, Statement};
use sotto_protocol::{GrantId, OrgId};

use super::{Refused, refused};
use crate::clinic::{Clinic, DAY, MONDAY, Person, id, seed};

impl Clinic {
    /// Who asks for this grant, as the grant has it.
    pub fn request(&self, grant: &AdminGrant, issued_at: u64) -> AdminRequest {
        let AdminGrant { org, account, generation, grant, admin_key, .. } = *grant;
        AdminRequest { org, account, generation, grant, admin_key, issued_at }
    }

    /// Nadia asks for a further grant and gets it.
    pub fn granted(&self, grant: &AdminGrant) -> Vec<Signed> {
        let request = Statement::AdminRequest(self.request(grant, MONDAY + DAY));
        vec![statement::sign(&self.nadia.signer(), &request, &self.nadia.signing), self.by_root(&Statement::AdminGrant(grant.clone()))]
    }
}

/// All of them.
pub fn all(c: &Clinic) -> Vec<Refused> {
    let mut list = requests(c);
    list.extend(grants(c));
    list
}

/// June, who administers since a moment ago, asks.
fn junes_grant(c: &Clinic) -> AdminGrant {
    let admin_key = SigningKey::from_seed(seed("june's admin key")).verify_key();
    AdminGrant { grant: GrantId::from_bytes(id("june's grant")), account: c.june.account, generation: 1, admin_key, ..c.grant() }
}

fn june_administers(c: &Clinic) -> Signed {
    c.by_admin(&Statement::RoleGrant(c.role(&c.june, 2, Role::ItAdmin)))
}

fn by_june(c: &Clinic, request: &AdminRequest) -> Signed {
    statement::sign(&c.june.signer(), &Statement::AdminRequest(request.clone()), &c.june.signing)
}

fn requests(c: &Clinic) -> Vec<Refused> {
    let asks = c.request(&junes_grant(c), MONDAY + DAY);
    let administers = || vec![june_administers(c)];
    let with = |name, signed, error| Refused { name, before: administers(), signed, error };
    let asked = || vec![june_administers(c), by_june(c, &asks)];
    let again = AdminRequest { grant: GrantId::from_bytes(id("june's second grant")), ..asks.clone() };
    let elsewhere = AdminRequest { org: OrgId::from_bytes(id("another clinic")), ..asks.clone() };
    let next_keys = AdminRequest { generation: 2, ..asks.clone() };
    let omars = AdminRequest { account: c.omar.account, ..asks.clone() };
    let taken = AdminRequest { grant: c.grant().grant, ..asks.clone() };
    let mut out = c.revocations(2, vec![c.june.device]);
    out.accounts = vec![(c.june.account, 1)];
    let server = SigningKey::from_seed(seed("the server's own key"));
    let is = StatementError::NotPermitted;
    vec![
        refused("a request of somebody who does not administer", by_june(c, &asks), is),
        with("a request in another's name", by_june(c, &omars), is),
        with("a request for keys that are not there yet", by_june(c, &next_keys), is),
        with("a request by the admin", c.by_admin(&Statement::AdminRequest(asks.clone())), is),
        with("a request by the root", c.by_root(&Statement::AdminRequest(asks.clone())), is),
        with(
            "a request that the server signs",
            statement::sign(&c.june.signer(), &Statement::AdminRequest(asks.clone()), &server),
            StatementError::BadSignature,
        ),
        with("a request of another organisation", by_june(c, &elsewhere), StatementError::UnknownSigner),
        with("a request for a grant that is there", by_june(c, &taken), StatementError::Duplicate),
        Refused { name: "a request replayed", before: asked(), signed: by_june(c, &asks), error: StatementError::Duplicate },
        Refused { name: "a request not newer than the last", before: asked(), signed: by_june(c, &again), error: StatementError::Rollback },
        Refused {
            name: "a request of somebody who is out",
            before: vec![june_administers(c), c.by_admin(&Statement::Revocations(out))],
            signed: by_june(c, &asks),
            error: is,
        },
    ]
}

fn grants(c: &Clinic) -> Vec<Refused> {
    let grant = junes_grant(c);
    let asks = c.request(&grant, MONDAY + DAY);
    let asked = vec![june_administers(c), by_june(c, &asks)];
    let with = |name, signed, error| Refused { name, before: asked.clone(), signed, error };
    let root = |grant: AdminGrant| c.by_root(&Statement::AdminGrant(grant));
    let is = StatementError::NotPermitted;
    let thiefs = SigningKey::from_seed(seed("a thief's key")).verify_key();
    let newer_key = SigningKey::from_seed(seed("june's second admin key")).verify_key();
    let newer =
        AdminRequest { grant: GrantId::from_bytes(id("june's second grant")), admin_key: newer_key, issued_at: MONDAY + 2 * DAY, ..asks };
    let mut out = c.revocations(2, vec![c.june.device]);
    out.accounts = vec![(c.june.account, 1)];
    vec![
        refused("a grant that nobody asked for", root(grant.clone()), is),
        with("a grant by an admin for what was asked", c.by_admin(&Statement::AdminGrant(grant.clone())), is),
        with(
            "a grant that whoever asked signs",
            statement::sign(&c.june.signer(), &Statement::AdminGrant(grant.clone()), &c.june.signing),
            is,
        ),
        with(
            "a grant that the server signs as the root",
            statement::sign(&Signer::Root, &Statement::AdminGrant(grant.clone()), &SigningKey::from_seed(seed("the server's own key"))),
            StatementError::BadSignature,
        ),
        with("a grant for another key than was asked for", root(AdminGrant { admin_key: thiefs, ..grant.clone() }), is),
        with(
            "a grant under another id than was asked for",
            root(AdminGrant { grant: GrantId::from_bytes(id("other")), ..grant.clone() }),
            is,
        ),
        with("a grant for another generation", root(AdminGrant { generation: 2, ..grant.clone() }), is),
        with("a grant for another account", root(AdminGrant { account: c.omar.account, ..grant.clone() }), is),
        Refused {
            name: "a grant for an older request",
            before: [asked.clone(), vec![by_june(c, &newer)]].concat(),
            signed: root(grant.clone()),
            error: is,
        },
        Refused {
            name: "a grant for a generation that is out",
            before: [asked, vec![c.by_admin(&Statement::Revocations(out))]].concat(),
            signed: root(grant),
            error: is,
        },
    ]
}

/// Nadia's machine is stolen: her first generation is revoked, and she gets a second one by the root.
pub(super) fn enrolled_anew(c: &Clinic) -> Vec<Signed> {
    let mut out = c.revocations(2, vec![c.june.device]);
    out.accounts = vec![(c.nadia.account, 1)];
    let mut nadia = Person::new("nadia again", Suite::XWing, "Nadia Rahman", "RN, Triage");
    (nadia.account, nadia.generation) = (c.nadia.account, 2);
    vec![
        c.by_root(&Statement::Revocations(out)),
        c.by_root(&Statement::Invite(c.invite(&nadia))),
        c.sign_account_cert(&nadia, &c.account_cert(&nadia)),
    ]
}
