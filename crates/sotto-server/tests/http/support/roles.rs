//! What the clinic's admin does about roles: invites somebody as something, and changes it.

use std::sync::atomic::Ordering;

use sotto_protocol::entry::ThreadClass;
use sotto_protocol::role::{Permission, Role};
use sotto_protocol::statement::{RoleGrant, Signer, Statement};
use sotto_protocol::{AccountId, ErrorCode};

use super::person::Person;
use super::random;
use super::server::{Clinic, now, sign};

impl Clinic {
    /// A role.
    pub fn role(&self, account: AccountId, serial: u64, role: Role) -> RoleGrant {
        RoleGrant { org: self.org, account, serial, role, permissions: Vec::new(), issued_at: now() }
    }

    /// Has the admin set somebody's role, through `by`'s device.
    pub async fn set_role(&self, by: &Person, account: AccountId, serial: u64, role: Role) -> Result<u64, ErrorCode> {
        let grant = Statement::RoleGrant(self.role(account, serial, role));
        by.post_statement(self, &sign(&self.admin, Signer::Admin(self.grant), &grant)).await
    }

    /// Has the root set somebody's role, through `by`'s device.
    pub async fn set_role_by_root(&self, by: &Person, account: AccountId, serial: u64, role: Role) -> Result<u64, ErrorCode> {
        let grant = Statement::RoleGrant(self.role(account, serial, role));
        by.post_statement(self, &sign(&self.root, Signer::Root, &grant)).await
    }

    /// Has the admin give `person` a role of their own that opens threads of this class and no other.
    pub async fn open(&self, person: &Person, class: ThreadClass) {
        let serial = self.serials.fetch_add(1, Ordering::SeqCst);
        let grant = RoleGrant { permissions: vec![Permission::of(class)], ..self.role(person.account, serial, Role::Custom) };
        let signed = sign(&self.admin, Signer::Admin(self.grant), &Statement::RoleGrant(grant));
        person.post_statement(self, &signed).await.unwrap();
    }

    /// Another physician, invited through `by`'s device.
    pub async fn person(&self, by: &Person) -> Person {
        self.person_as(by, Role::Physician).await
    }

    /// Another person of this role, invited through `by`'s device.
    pub async fn person_as(&self, by: &Person, role: Role) -> Person {
        let (invite, signed, key) = self.invite(AccountId::from_bytes(random::bytes()), 1);
        self.set_role(by, invite.account, 1, role).await.unwrap();
        by.post_statement(self, &signed).await.unwrap();
        Person::enrol(self, &invite, &key).await.unwrap()
    }
}
