//! How does an organisation begin? A root is made on the first admin's workstation and printed before the server hears of it.

use serde_bytes::ByteBuf;
use sotto_crypto::invite::InviteCode;
use sotto_crypto::login::Login;
use sotto_crypto::profile::{seal_clinic, seal_profile, seal_workstation};
use sotto_crypto::root_sheet::{self, RootSecrets, SheetFacts, Splitting};
use sotto_crypto::statement::sign;
use sotto_crypto::{OsRandom, SealingPair, Secret32, SigningKey};
use sotto_protocol::api::Base64;
use sotto_protocol::key::{SealingKey, Suite};
use sotto_protocol::role::Role;
use sotto_protocol::statement::{
    AdminGrant, Invite, Policy, Profile, RoleGrant, Scope, Signer, Statement, WorkstationKind, WorkstationProfile, WorkstationToken,
};
use sotto_protocol::{AccountId, ErrorCode, GrantId, InviteId, OrgId, TokenId, WorkstationId, limits, verify};

use super::Workstation;
use super::enrol::{Enrolment, Founder};
use super::enrol_workstation::certify_machine;
use super::new_password::check_password;
use super::pending::{Founding, Kept as _, NewMachine, Pending};
use super::root_sheets::RootSheets;
use crate::error::{Attempt as _, ClientError, Result};
use crate::session::Core;
use crate::transport::tls;
use crate::view::{EnrolmentBegun, Password};

const HOUR_MS: u64 = 3_600_000;
const YEAR_MS: u64 = 366 * 24 * HOUR_MS;

/// The idle time before a shared workstation locks where a clinic chooses none, in seconds (ux.md).
pub const IDLE_LOCK_S: u32 = 120;

/// How long a shared workstation opens without the server where a clinic chooses nothing else, in seconds (security.md).
pub const LEASE_SHARED_S: u32 = 12 * 3_600;
/// The same for one person's workstation.
pub const LEASE_PRIVATE_S: u32 = 72 * 3_600;
/// The longest that a clinic may choose: a stolen machine that is never connected again stays openable for as long.
pub const LEASE_MAX_S: u32 = 30 * 24 * 3_600;

/// What an organisation is founded with.
#[derive(Debug, Clone)]
pub struct FoundOrg {
    /// The server, `https://host:port`.
    pub server: String,
    /// Its certificate authority, PEM.
    pub ca_pem: Vec<u8>,
    /// The code that `sotto-server init` printed.
    pub setup_code: String,
    /// What the clinic calls itself.
    pub clinic: String,
    /// The first admin's name.
    pub admin_name: String,
    /// What the first admin does.
    pub admin_title: String,
    /// What the first admin types to sign in.
    pub login: String,
    /// What this machine is to be called.
    pub workstation_name: String,
    /// The first policy's idle time before a shared workstation locks, in seconds; see [`IDLE_LOCK_S`].
    pub idle_lock_s: u32,
    /// The first policy's lease of the server's share on shared workstations, in seconds; 0 is never cached. See [`LEASE_SHARED_S`].
    pub lease_shared_s: u32,
    /// The same on private ones. See [`LEASE_PRIVATE_S`].
    pub lease_private_s: u32,
    /// On how many sheets the root's secrets are printed, and how many of them bring it back.
    pub splitting: Splitting,
    /// The first admin's password.
    pub password: Password,
}

impl Workstation {
    /// A founding that was begun here and not completed.
    fn find_founding(&self) -> Option<(AccountId, Pending)> {
        let folders = std::fs::read_dir(self.shared.home.path().join("accounts")).ok()?;
        folders.flatten().find_map(|folder| {
            let account = folder.file_name().to_str()?.parse().ok()?;
            Pending::load(&folder.path()).filter(|pending| pending.founding.is_some()).map(|pending| (account, pending))
        })
    }
}

/// The secrets of a new organisation.
struct Roots {
    root: SigningKey,
    archive: SealingPair,
    directory: Secret32,
    admin: (GrantId, SigningKey),
    invite: (InviteId, SigningKey),
    account: AccountId,
    token: (TokenId, SigningKey),
    machine: (WorkstationId, SigningKey),
    /// What every enrolled machine has and the server has not.
    workstation_secret: Secret32,
}

impl Workstation {
    /// Founds the organisation, enrols this machine and begins to enrol its first admin; [`Self::finish_enrol`] ends it. `keep_sheets` gets
    /// the root's sheets before the server hears of anything; if it fails, nothing was founded. After a crash, the same call goes
    /// on with what was begun and keeps no second set.
    ///
    /// # Errors
    /// `not_permitted` for a wrong setup code, `conflict` if the server has an organisation, `already_enrolled` if this workstation has
    /// one, `server_certificate` for a file that holds none, `login_malformed`, the error of `keep_sheets`, and those of enrolment.
    pub async fn found_org(
        &self,
        found: FoundOrg,
        keep_sheets: impl FnOnce(&RootSheets) -> std::result::Result<(), ErrorCode> + Send,
    ) -> Result<EnrolmentBegun> {
        check_password(&found.password, &[&found.login, &found.admin_name])?;
        if let Some((account, pending)) = self.find_founding() {
            let resumed = self.resume_founding(account, pending, found.password, found.setup_code).await;
            return resumed.attempting("found the organisation");
        }
        if self.file().is_some() {
            return Err(ClientError::new(ErrorCode::AlreadyEnrolled, "found an organisation on this workstation"));
        }
        let login = Login::parse(&found.login).map_err(|_| ClientError::new(ErrorCode::LoginMalformed, "take the login name"))?;
        let ca_der = tls::parse_pem(&found.ca_pem)?;
        let roots = make_roots();
        let machine = NewMachine {
            server: found.server.clone(),
            ca_der: Base64(ca_der.clone()),
            root: Base64(roots.root.verify_key().as_bytes().to_vec()),
            workstation: roots.machine.0,
            kind: WorkstationKind::Shared,
            token: roots.token.0,
        };
        let statements = found_statements(&roots, &found, &machine, self.shared.clock.wall_ms())?;
        let code = InviteCode {
            server: found.server.clone(),
            ca_der,
            root: roots.root.verify_key(),
            directory_key: roots.directory.clone(),
            invite: roots.invite.0,
            account: roots.account,
            generation: 1,
            seed: roots.invite.1.seed().clone(),
            login,
        };
        keep_sheets(&print_sheets(&roots, &found)).map_err(|code| ClientError::new(code, "keep the root's sheets"))?;
        self.store_machine_keys(roots.machine.0, &roots.machine.1, &roots.workstation_secret)?;
        let founding = Founding { machine, statements };
        let founder = Founder { founding, setup_code: found.setup_code, root: roots.root, admin: roots.admin };
        let enrolment = Enrolment { code, password: found.password, founder: Some(founder) };
        self.begin_to_the_end(enrolment).await.attempting("found the organisation")
    }
}

fn make_roots() -> Roots {
    let mut rng = OsRandom::new();
    Roots {
        root: SigningKey::generate(&mut rng),
        archive: SealingPair::generate(Suite::XWing, &mut rng),
        directory: Secret32::generate(&mut rng),
        admin: (Core::make_id(GrantId::from_bytes), SigningKey::generate(&mut rng)),
        invite: (Core::make_id(InviteId::from_bytes), SigningKey::generate(&mut rng)),
        account: Core::make_id(AccountId::from_bytes),
        token: (Core::make_id(TokenId::from_bytes), SigningKey::generate(&mut rng)),
        machine: (Core::make_id(WorkstationId::from_bytes), SigningKey::generate(&mut rng)),
        workstation_secret: Secret32::generate(&mut rng),
    }
}

/// The first policy, the admin's grant, role and invite and the token of the first machine, signed by the root; and that machine's certificate.
fn found_statements(roots: &Roots, found: &FoundOrg, machine: &NewMachine, now: u64) -> Result<Vec<Base64>> {
    let org = verify::org_id(&roots.root.verify_key());
    let too_large = |_| ClientError::new(ErrorCode::TooLarge, "take the names");
    let mut rng = OsRandom::new();
    let clinic = seal_clinic(&roots.directory, org, &found.clinic, &mut rng).map_err(too_large)?;
    let profile = Profile { name: found.admin_name.clone(), title: found.admin_title.clone() };
    let profile = seal_profile(&roots.directory, roots.account, &profile, &mut rng).map_err(too_large)?;
    // A little before now: the server's clock may be behind.
    let since = now.saturating_sub(limits::CLOCK_SKEW_MS);
    let grant = AdminGrant {
        org,
        grant: roots.admin.0,
        account: roots.account,
        generation: 1,
        admin_key: roots.admin.1.verify_key(),
        scopes: Scope::ALL.to_vec(),
        not_before: since,
        not_after: now.saturating_add(10 * YEAR_MS),
    };
    let invite = Invite {
        org,
        invite: roots.invite.0,
        account: roots.account,
        generation: 1,
        invite_key: roots.invite.1.verify_key(),
        profile: ByteBuf::from(profile),
        not_before: since,
        not_after: now.saturating_add(24 * HOUR_MS),
    };
    // Whoever founds administers, and reads no thread.
    let (account, permissions) = (roots.account, Vec::new());
    let role = RoleGrant { org, account, serial: 1, role: Role::ItAdmin, permissions, issued_at: now };
    let policy = first_policy(org, clinic, roots.archive.public().clone(), found, now);
    let profile = WorkstationProfile { name: found.workstation_name.trim().to_owned(), location: String::new() };
    let token = WorkstationToken {
        org,
        token: machine.token,
        token_key: roots.token.1.verify_key(),
        kind: machine.kind,
        profile: ByteBuf::from(seal_workstation(&roots.directory, machine.token, &profile, &mut rng).map_err(too_large)?),
        not_before: since,
        not_after: now.saturating_add(24 * HOUR_MS),
    };
    let all = [
        Statement::Policy(policy),
        Statement::AdminGrant(grant),
        Statement::RoleGrant(role),
        Statement::Invite(invite),
        Statement::WorkstationToken(token),
    ];
    let mut statements: Vec<_> = all.iter().map(|statement| Base64::from(&sign(&Signer::Root, statement, &roots.root))).collect();
    statements.push(certify_machine(machine, org, &roots.machine.1, &roots.token.1, now));
    Ok(statements)
}

/// The defaults of ux.md and security.md; an admin changes them by a policy with a higher version.
fn first_policy(org: OrgId, name: Vec<u8>, archive_key: SealingKey, found: &FoundOrg, now: u64) -> Policy {
    Policy {
        org,
        version: 1,
        issued_at: now,
        name: ByteBuf::from(name),
        archive_key,
        history_for_new_members: true,
        epoch_max_age_ms: 30 * 24 * HOUR_MS,
        epoch_max_events: 10_000,
        idle_lock_shared_s: found.idle_lock_s,
        idle_lock_private_s: found.idle_lock_s.max(300),
        fade_s: 5,
        lease_shared_s: found.lease_shared_s.min(LEASE_MAX_S),
        lease_private_s: found.lease_private_s.min(LEASE_MAX_S),
        session_s: 12 * 3_600,
    }
}

fn print_sheets(roots: &Roots, found: &FoundOrg) -> RootSheets {
    let secrets = RootSecrets { root: roots.root.clone(), directory_key: roots.directory.clone(), archive: roots.archive.clone() };
    let facts = SheetFacts { clinic: &found.clinic, server: &found.server };
    let sheets = root_sheet::split(&secrets, found.splitting, &mut OsRandom::new());
    RootSheets::new(sheets.iter().map(|sheet| sheet.print(facts)).collect())
}
