//! A made-up clinic with fixed keys: a root, an admin, two machines, three people with a device each, a policy and revocations.

use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng as _;
use serde_bytes::ByteBuf;
use sotto_crypto::{SealingPair, Secret32, SigningKey, profile, statement};
use sotto_protocol::directory::Directory;
use sotto_protocol::key::Suite;
use sotto_protocol::role::Role;
use sotto_protocol::statement::{
    AccountCert, AdminGrant, DeviceCert, Invite, Policy, Profile, Revocations, RoleGrant, Scope, Signed, Signer, Statement,
    WorkstationCert, WorkstationKind, WorkstationProfile, WorkstationToken,
};
use sotto_protocol::verify::{org_id, sha256};
use sotto_protocol::{AccountId, DeviceId, GrantId, InviteId, OrgId, TokenId, WorkstationId};

/// Monday 2026-11-02, 08:00 UTC.
pub const MONDAY: u64 = 1_793_606_400_000;
/// A day in milliseconds.
pub const DAY: u64 = 86_400_000;

/// 32 bytes that a name stands for.
pub fn seed(name: &str) -> Secret32 {
    Secret32::from_bytes(*sha256(&[b"a made-up clinic: ", name.as_bytes()]).as_bytes())
}

/// 16 bytes that a name stands for.
pub fn id(name: &str) -> [u8; 16] {
    seed(name).as_bytes()[..16].try_into().unwrap()
}

/// A generator that a name stands for.
pub fn rng(name: &str) -> ChaCha20Rng {
    ChaCha20Rng::from_seed(*seed(name).as_bytes())
}

/// A person with all keys.
pub struct Person {
    pub account: AccountId,
    pub generation: u32,
    pub device: DeviceId,
    pub invite: InviteId,
    pub invite_key: SigningKey,
    pub signing: SigningKey,
    pub sealing: SealingPair,
    pub device_key: SigningKey,
    pub profile: Profile,
}

impl Person {
    pub fn new(word: &str, suite: Suite, name: &str, title: &str) -> Self {
        let key = |what: &str| SigningKey::from_seed(seed(&format!("{word} {what}")));
        Self {
            account: AccountId::from_bytes(id(&format!("{word} account"))),
            generation: 1,
            device: DeviceId::from_bytes(id(&format!("{word} device"))),
            invite: InviteId::from_bytes(id(&format!("{word} invite"))),
            invite_key: key("invite key"),
            signing: key("signing key"),
            sealing: SealingPair::generate(suite, &mut rng(&format!("{word} sealing pair"))),
            device_key: key("device key"),
            profile: Profile { name: name.into(), title: title.into() },
        }
    }

    pub fn signer(&self) -> Signer {
        Signer::Account(self.account, self.generation)
    }
}

/// A machine with all keys.
pub struct Machine {
    pub workstation: WorkstationId,
    pub kind: WorkstationKind,
    pub token: TokenId,
    pub token_key: SigningKey,
    pub key: SigningKey,
    pub profile: WorkstationProfile,
}

impl Machine {
    pub fn new(name: &str, location: &str, kind: WorkstationKind) -> Self {
        let key = |what: &str| SigningKey::from_seed(seed(&format!("{name} {what}")));
        Self {
            workstation: WorkstationId::from_bytes(id(&format!("{name} workstation"))),
            kind,
            token: TokenId::from_bytes(id(&format!("{name} token"))),
            token_key: key("token key"),
            key: key("workstation key"),
            profile: WorkstationProfile { name: name.into(), location: location.into() },
        }
    }
}

/// The clinic.
pub struct Clinic {
    pub org: OrgId,
    pub root: SigningKey,
    pub directory_key: Secret32,
    pub archive: SealingPair,
    pub grant: GrantId,
    pub admin_key: SigningKey,
    /// Where everybody signs in.
    pub station: Machine,
    /// Omar's own machine; nobody has a device there yet.
    pub office: Machine,
    /// The admin.
    pub nadia: Person,
    /// A physician; the X25519 suite.
    pub omar: Person,
    /// The front desk, whose device was lost.
    pub june: Person,
}

impl Clinic {
    pub fn new() -> Self {
        let root = SigningKey::from_seed(seed("root"));
        Self {
            org: org_id(&root.verify_key()),
            directory_key: seed("directory key"),
            archive: SealingPair::generate(Suite::XWing, &mut rng("archive")),
            grant: GrantId::from_bytes(id("grant")),
            admin_key: SigningKey::from_seed(seed("admin key")),
            station: Machine::new("WS 4", "Nurses' station", WorkstationKind::Shared),
            office: Machine::new("WS 9", "Dr. Haddad's office", WorkstationKind::Private),
            nadia: Person::new("nadia", Suite::XWing, "Nadia Rahman", "RN, Triage"),
            omar: Person::new("omar", Suite::X25519, "Omar Haddad", "Physician"),
            june: Person::new("june", Suite::XWing, "June Castellano", "Front desk"),
            root,
        }
    }

    pub fn admin(&self) -> Signer {
        Signer::Admin(self.grant)
    }

    pub fn by_root(&self, statement: &Statement) -> Signed {
        statement::sign(&Signer::Root, statement, &self.root)
    }

    pub fn by_admin(&self, statement: &Statement) -> Signed {
        statement::sign(&self.admin(), statement, &self.admin_key)
    }

    pub fn grant(&self) -> AdminGrant {
        AdminGrant {
            org: self.org,
            grant: self.grant,
            account: self.nadia.account,
            generation: self.nadia.generation,
            admin_key: self.admin_key.verify_key(),
            scopes: Scope::ALL.to_vec(),
            not_before: MONDAY,
            not_after: MONDAY + 365 * DAY,
        }
    }

    pub fn policy(&self, version: u64) -> Policy {
        let name = profile::seal_clinic(&self.directory_key, self.org, "Harbour Street Clinic", &mut rng("clinic name"));
        Policy {
            org: self.org,
            version,
            issued_at: MONDAY,
            name: ByteBuf::from(name.unwrap()),
            archive_key: self.archive.public().clone(),
            history_for_new_members: true,
            epoch_max_age_ms: 30 * DAY,
            epoch_max_events: 10_000,
            idle_lock_shared_s: 120,
            idle_lock_private_s: 300,
            fade_s: 5,
            lease_shared_s: 43_200,
            lease_private_s: 259_200,
            session_s: 43_200,
        }
    }

    pub fn invite(&self, person: &Person) -> Invite {
        let mut rng = rng(&format!("{} profile", person.profile.name));
        let sealed = profile::seal_profile(&self.directory_key, person.account, &person.profile, &mut rng).unwrap();
        Invite {
            org: self.org,
            invite: person.invite,
            account: person.account,
            generation: person.generation,
            invite_key: person.invite_key.verify_key(),
            profile: ByteBuf::from(sealed),
            not_before: MONDAY,
            not_after: MONDAY + 3 * DAY,
        }
    }

    pub fn role(&self, person: &Person, serial: u64, role: Role) -> RoleGrant {
        RoleGrant { org: self.org, account: person.account, serial, role, permissions: Vec::new(), issued_at: MONDAY }
    }

    pub fn token(&self, machine: &Machine) -> WorkstationToken {
        let mut rng = rng(&format!("{} profile", machine.profile.name));
        let sealed = profile::seal_workstation(&self.directory_key, machine.token, &machine.profile, &mut rng).unwrap();
        WorkstationToken {
            org: self.org,
            token: machine.token,
            token_key: machine.token_key.verify_key(),
            kind: machine.kind,
            profile: ByteBuf::from(sealed),
            not_before: MONDAY,
            not_after: MONDAY + 3 * DAY,
        }
    }

    pub fn workstation_cert(&self, machine: &Machine) -> WorkstationCert {
        WorkstationCert {
            org: self.org,
            token: machine.token,
            workstation: machine.workstation,
            workstation_key: machine.key.verify_key(),
            kind: machine.kind,
            issued_at: MONDAY + 1_800_000,
        }
    }

    pub fn sign_workstation_cert(&self, machine: &Machine, cert: &WorkstationCert) -> Signed {
        statement::sign(&Signer::Token(machine.token), &Statement::WorkstationCert(cert.clone()), &machine.token_key)
    }

    pub fn account_cert(&self, person: &Person) -> AccountCert {
        AccountCert {
            org: self.org,
            account: person.account,
            generation: person.generation,
            invite: person.invite,
            signing_key: person.signing.verify_key(),
            sealing_key: person.sealing.public().clone(),
            issued_at: MONDAY + 3_600_000,
        }
    }

    pub fn sign_account_cert(&self, person: &Person, cert: &AccountCert) -> Signed {
        statement::sign(&Signer::Invite(person.invite), &Statement::AccountCert(cert.clone()), &person.invite_key)
    }

    pub fn device_cert(&self, person: &Person) -> DeviceCert {
        DeviceCert {
            org: self.org,
            account: person.account,
            generation: person.generation,
            device: person.device,
            workstation: self.station.workstation,
            device_key: person.device_key.verify_key(),
            not_before: MONDAY + 3_600_000,
            not_after: MONDAY + 365 * DAY,
        }
    }

    pub fn sign_device_cert(&self, person: &Person, cert: &DeviceCert) -> Signed {
        statement::sign(&person.signer(), &Statement::DeviceCert(cert.clone()), &person.signing)
    }

    pub fn revocations(&self, version: u64, devices: Vec<DeviceId>) -> Revocations {
        Revocations { org: self.org, version, issued_at: MONDAY + DAY, accounts: Vec::new(), devices, workstations: Vec::new() }
    }

    /// Every statement of the clinic, in the order in which a server accepted them, each with what it is.
    pub fn statements(&self) -> Vec<(&'static str, Signed)> {
        let enrol = |p: &Person| (self.sign_account_cert(p, &self.account_cert(p)), self.sign_device_cert(p, &self.device_cert(p)));
        let (nadia, omar, june) = (enrol(&self.nadia), enrol(&self.omar), enrol(&self.june));
        vec![
            ("policy 1, by the root", self.by_root(&Statement::Policy(self.policy(1)))),
            ("Nadia's admin grant, by the root", self.by_root(&Statement::AdminGrant(self.grant()))),
            ("Nadia's role, by the root", self.by_root(&Statement::RoleGrant(self.role(&self.nadia, 1, Role::ItAdmin)))),
            ("Nadia's invite, by the root", self.by_root(&Statement::Invite(self.invite(&self.nadia)))),
            ("the station's token, by the root", self.by_root(&Statement::WorkstationToken(self.token(&self.station)))),
            ("the station, by its token", self.sign_workstation_cert(&self.station, &self.workstation_cert(&self.station))),
            ("Nadia's account, by her invite", nadia.0),
            ("Nadia's device, by her account", nadia.1),
            ("Omar's role, by the admin", self.by_admin(&Statement::RoleGrant(self.role(&self.omar, 1, Role::Physician)))),
            ("Omar's invite, by the admin", self.by_admin(&Statement::Invite(self.invite(&self.omar)))),
            ("June's role, by the admin", self.by_admin(&Statement::RoleGrant(self.role(&self.june, 1, Role::FrontDesk)))),
            ("June's invite, by the admin", self.by_admin(&Statement::Invite(self.invite(&self.june)))),
            ("Omar's account, X25519", omar.0),
            ("Omar's device", omar.1),
            ("June's account", june.0),
            ("June's device", june.1),
            ("the office's token, by the admin", self.by_admin(&Statement::WorkstationToken(self.token(&self.office)))),
            ("the office, by its token", self.sign_workstation_cert(&self.office, &self.workstation_cert(&self.office))),
            ("June's device is lost", self.by_admin(&Statement::Revocations(self.revocations(1, vec![self.june.device])))),
        ]
    }

    /// The directory after all of them.
    pub fn directory(&self) -> Directory {
        let mut directory = Directory::new(self.root.verify_key());
        for (what, signed) in self.statements() {
            directory.apply(&signed).unwrap_or_else(|error| panic!("{what}: {error}"));
        }
        directory
    }
}
