//! How the demo clinic comes to be: an organisation, workstations and vaults by the real server and the real client, in the past.
//!
//! Server and clients share a clock that begins a week ago and is moved to each message's time, so that the messages are as old as they say.

use std::collections::HashMap;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context as _, Result};
use sotto_client::clock::{Clock as _, SystemClock};
use sotto_client::view::{EnrolmentBegun, InviteRequest, MakeWorkstationTokenRequest, Password, WorkstationKind};
use sotto_client::{FoundOrg, KeyringChoice, Options, Session, Workstation};
use sotto_crypto::vault_key::KdfParams;
use sotto_server::{Running, Server, ServerOptions, setup};
use sotto_store::{Home, WorkstationFile};

use super::{Colleague, DemoClinic, HERE, SPARE, failed, populate};
use crate::clock::FakeClock;
use crate::synthetic::{PASSWORD, Staff, SyntheticClinic};
use crate::totp;

/// Before the oldest message.
const BEGINNING_MS: u64 = 8 * 86_400_000;
/// Who founds the organisation and invites the others.
const ADMIN: &str = "kai";
/// How long invites and tokens are good for.
const DAYS: u32 = 1;

/// What a clinic is made like.
#[derive(Debug, Clone)]
pub struct Rules {
    /// How long a shared workstation is left alone before it locks, in seconds.
    pub idle_lock_s: u32,
    /// How long a shared workstation opens without the server, in seconds; 0 is never.
    pub lease_shared_s: u32,
    /// The keys of those who work there, beside the administrator; empty for everybody.
    pub only: Vec<String>,
}

impl Default for Rules {
    fn default() -> Self {
        Self { idle_lock_s: sotto_client::IDLE_LOCK_S, lease_shared_s: sotto_client::LEASE_SHARED_S, only: Vec::new() }
    }
}

/// Somebody at work while the clinic is made.
pub struct AtWork {
    /// Who.
    pub staff: Staff,
    /// Their open session.
    pub session: Session,
}

struct Making<'a> {
    folder: &'a Path,
    keyring: KeyringChoice,
    rules: &'a Rules,
    clock: FakeClock,
    password: Password,
    workstations: HashMap<String, Workstation>,
    people: Vec<Colleague>,
}

/// Makes the clinic in `folder`, which must be empty or absent, by these rules. `tell` hears what is being done.
///
/// # Errors
/// Where server, client, keyring or disk refuses.
pub async fn make(folder: &Path, keyring: KeyringChoice, rules: &Rules, tell: &dyn Fn(&str)) -> Result<DemoClinic> {
    let mut synthetic = SyntheticClinic::load()?;
    if !rules.only.is_empty() {
        synthetic.keep_only(|key| key == ADMIN || rules.only.iter().any(|one| one == key));
    }
    let clock = FakeClock::default();
    clock.set_wall_ms(SystemClock.wall_ms().saturating_sub(BEGINNING_MS));
    std::fs::create_dir_all(folder).with_context(|| format!("could not make {}", folder.display()))?;
    tell("Making the server's keys and starting it");
    let (server, setup_code) = start(&folder.join("server"), &clock).await?;
    let password = Password::new(PASSWORD.to_owned());
    let mut making = Making { folder, keyring, rules, clock: clock.clone(), password, workstations: HashMap::new(), people: Vec::new() };
    let at_work = making.enrol_all(&synthetic, &server, &setup_code, tell).await?;
    tell(&format!("Writing {} threads", synthetic.threads.len()));
    populate::populate(&synthetic, &at_work, &clock).await?;
    tell("Locking every workstation");
    clock.set_wall_ms(SystemClock.wall_ms());
    for person in at_work.values() {
        person.session.lock().await.map_err(failed)?;
    }
    let clinic = DemoClinic { port: server.addr.port(), os_keyring: keyring == KeyringChoice::Os, people: making.people };
    drop((at_work, making.workstations));
    server.shutdown().await;
    show_tiles(&folder.join(HERE))?;
    clinic.store(folder)?;
    Ok(clinic)
}

async fn start(folder: &Path, clock: &FakeClock) -> Result<(Running, String)> {
    let made = setup::make_folder(folder, &["127.0.0.1".to_owned(), "localhost".to_owned()], clock)
        .context("could not make the server's folder")?;
    // A port that was free a moment ago; the workstations will know it for good.
    let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).and_then(|s| s.local_addr()).context("could not find a free port")?.port();
    let listen = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    let options = ServerOptions { listen, clock: Arc::new(clock.clone()), ..ServerOptions::new(folder.to_path_buf()) };
    Ok((Server::start(options).await.context("could not start the server")?, made.setup_code))
}

impl Making<'_> {
    async fn enrol_all(
        &mut self,
        synthetic: &SyntheticClinic,
        server: &Running,
        setup_code: &str,
        tell: &dyn Fn(&str),
    ) -> Result<HashMap<String, AtWork>> {
        let admin = synthetic.find(ADMIN).context("the clinic has an admin")?;
        tell(&format!("Founding {} as {}", synthetic.name, admin.name));
        let founder = self.found(synthetic, admin, server, setup_code).await?;
        let mut at_work = HashMap::new();
        for staff in synthetic.staff.iter().filter(|staff| staff.key != ADMIN) {
            tell(&format!("Enrolling {}", staff.name));
            let workstation = self.let_in(&founder.session, &folder_of(staff), &name_of_workstation(staff)).await?;
            let invite = founder.session.invite(invite_of(staff)).await.map_err(failed)?;
            let begun = workstation.begin_enrol(invite.text.expose(), &self.password).await.map_err(failed)?;
            at_work.insert(staff.key.clone(), self.confirm(staff, &workstation, begun).await?);
        }
        self.let_in(&founder.session, SPARE, "Triage 2").await?;
        at_work.insert(ADMIN.to_owned(), founder);
        Ok(at_work)
    }

    async fn found(&mut self, synthetic: &SyntheticClinic, admin: &Staff, server: &Running, setup_code: &str) -> Result<AtWork> {
        let ca_pem = std::fs::read(self.folder.join("server").join(setup::CA)).context("could not read the server's authority")?;
        let found = FoundOrg {
            server: format!("https://{}", server.addr),
            ca_pem,
            setup_code: setup_code.to_owned(),
            clinic: synthetic.name.clone(),
            admin_name: admin.name.clone(),
            admin_title: admin.title.clone(),
            login: admin.key.clone(),
            workstation_name: name_of_workstation(admin),
            idle_lock_s: self.rules.idle_lock_s,
            lease_shared_s: self.rules.lease_shared_s,
            lease_private_s: sotto_client::LEASE_PRIVATE_S,
            splitting: sotto_client::Splitting::USUAL,
            password: self.password.clone(),
        };
        let workstation = self.workstation(&folder_of(admin))?;
        let keep = |sheets: &sotto_client::RootSheets| {
            let mut numbered = (1..).zip(sheets.texts());
            let write = |(number, text)| std::fs::write(self.folder.join(format!("root-sheet-{number}-of-the-demo.txt")), text);
            numbered.try_for_each(write).map_err(|_| sotto_protocol::ErrorCode::DiskFull)
        };
        let begun = workstation.found_org(found, keep).await.map_err(failed)?;
        self.confirm(admin, &workstation, begun).await
    }

    /// Confirms the second factor as the person's app would.
    async fn confirm(&mut self, staff: &Staff, workstation: &Workstation, begun: EnrolmentBegun) -> Result<AtWork> {
        let secret = begun.totp.secret_text.expose();
        let code = totp::code(secret, self.clock.wall_ms() / 1_000)?;
        let enrolled = workstation.finish_enrol(begun.account, &code).await.map_err(failed)?;
        self.people.push(Colleague {
            key: staff.key.clone(),
            name: staff.name.clone(),
            title: staff.title.clone(),
            account: begun.account,
            workstation: folder_of(staff),
            login: begun.login,
            totp: secret.to_owned(),
            recovery: enrolled.codes.codes.iter().map(|code| code.expose().to_owned()).collect(),
        });
        Ok(AtWork { staff: staff.clone(), session: enrolled.session })
    }

    /// The workstation in that folder, let in if it is not yet.
    async fn let_in(&mut self, admin: &Session, folder: &str, name: &str) -> Result<Workstation> {
        let workstation = self.workstation(folder)?;
        if !workstation.view().enrolled {
            let kind = WorkstationKind::Shared;
            let request = MakeWorkstationTokenRequest { name: name.to_owned(), location: "Ground floor".to_owned(), kind, days: DAYS };
            let token = admin.make_workstation_token(request).await.map_err(failed)?;
            workstation.enrol_workstation(token.text.expose()).await.map_err(failed)?;
        }
        Ok(workstation)
    }

    fn workstation(&mut self, folder: &str) -> Result<Workstation> {
        if let Some(open) = self.workstations.get(folder) {
            return Ok(open.clone());
        }
        let options = Options { clock: Arc::new(self.clock.clone()), recovery_cost: KdfParams::FLOOR, ..Options::new(self.keyring) };
        let opened = Workstation::open(&self.folder.join(folder), options).map_err(failed)?;
        self.workstations.insert(folder.to_owned(), opened.clone());
        Ok(opened)
    }
}

fn invite_of(staff: &Staff) -> InviteRequest {
    let (role, permissions) = (staff.role, staff.permissions.clone());
    InviteRequest { name: staff.name.clone(), title: staff.title.clone(), login: staff.key.clone(), role, permissions, days: DAYS }
}

/// The shared workstation shows everybody's tiles, as after "switch user": whoever was locked last is not waited for.
fn show_tiles(home: &Path) -> Result<()> {
    let home = Home::open(home).context("could not open the shared workstation")?;
    let mut file = WorkstationFile::load(&home)?.context("the shared workstation has no people")?;
    file.locked = None;
    file.store(&home).context("could not write the shared workstation's file")
}

fn folder_of(staff: &Staff) -> String {
    if staff.here { HERE.to_owned() } else { format!("workstation-{}", staff.key) }
}

fn name_of_workstation(staff: &Staff) -> String {
    if staff.here { "Triage 1".to_owned() } else { format!("Desk of {}", staff.name) }
}
