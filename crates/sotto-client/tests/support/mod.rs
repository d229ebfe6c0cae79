//! What do these tests stand on? A real server in this process, real homes in a temporary folder, and waits that end by themselves.
#![allow(dead_code, clippy::unwrap_used, clippy::expect_used, missing_docs, reason = "each test uses its part")]

use std::collections::HashMap;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use sotto_client::clock::{Clock, SystemClock};
use sotto_client::view::{
    ErrorCode, InviteRequest, MakeWorkstationTokenRequest, Password, Priority, RecoveryCodes, Role, SendMessageRequest, TotpSetup,
    WorkstationKind,
};
use sotto_client::{FoundOrg, KeyringChoice, Options, Result, Session, Workstation};
use sotto_crypto::totp::TotpSecret;
use sotto_crypto::vault_key::KdfParams;
use sotto_crypto::workstation_token::WorkstationTokenCode;
use sotto_protocol::{AccountId, EntryId, ThreadId};
use sotto_server::{Running, Server, ServerOptions, setup};

const PATIENCE: Duration = Duration::from_secs(60);

pub fn password() -> Password {
    Password::new("a long night on ward three".into())
}

/// The machine's time and what has been let pass besides; server and workstations show the same.
#[derive(Clone, Default)]
pub struct Later(Arc<AtomicU64>);

impl Later {
    pub fn pass(&self, time: Duration) {
        self.0.fetch_add(u64::try_from(time.as_millis()).unwrap(), Ordering::SeqCst);
    }
}

impl Clock for Later {
    fn wall_ms(&self) -> u64 {
        SystemClock.wall_ms() + self.0.load(Ordering::SeqCst)
    }

    fn monotonic(&self) -> Duration {
        SystemClock.monotonic() + Duration::from_millis(self.0.load(Ordering::SeqCst))
    }
}

impl sotto_server::Clock for Later {
    fn now_ms(&self) -> u64 {
        self.wall_ms()
    }
}

/// A server with its folder, what founding needs, and everybody's authenticator app.
pub struct Clinic {
    folder: tempfile::TempDir,
    pub running: Running,
    pub clock: Later,
    setup_code: String,
    ca_pem: Vec<u8>,
    /// The texts of the root's sheets.
    pub sheets: Mutex<Vec<String>>,
    apps: Mutex<HashMap<AccountId, TotpSecret>>,
    codes: Mutex<HashMap<AccountId, RecoveryCodes>>,
}

impl Clinic {
    pub async fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let (data, clock) = (folder.path().join("server"), Later::default());
        let made = setup::make_folder(&data, &["localhost".into(), "127.0.0.1".into()], &clock).unwrap();
        let running = Server::start(ServerOptions { clock: Arc::new(clock.clone()), ..ServerOptions::new(data) }).await.unwrap();
        let ca_pem = std::fs::read(&made.ca).unwrap();
        let (sheets, apps, codes) = Default::default();
        Self { folder, running, clock, setup_code: made.setup_code, ca_pem, sheets, apps, codes }
    }

    /// The server's folder.
    pub fn data(&self) -> PathBuf {
        self.folder.path().join("server")
    }

    /// The home of a person's workstation.
    pub fn home(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Opens the home of that name.
    pub fn open(&self, name: &str) -> Workstation {
        open(&self.home(name), &self.clock)
    }

    /// What the organisation is founded with, over this address of the server.
    pub fn founding(&self, address: SocketAddr) -> FoundOrg {
        FoundOrg {
            server: format!("https://{address}"),
            ca_pem: self.ca_pem.clone(),
            setup_code: self.setup_code.clone(),
            clinic: "Testdale Clinic".into(),
            admin_name: "Ida Admin".into(),
            admin_title: "Administrator".into(),
            login: "ida.admin".into(),
            workstation_name: "Office".into(),
            idle_lock_s: sotto_client::IDLE_LOCK_S,
            lease_shared_s: sotto_client::LEASE_SHARED_S,
            lease_private_s: sotto_client::LEASE_PRIVATE_S,
            splitting: sotto_client::Splitting::USUAL,
            password: password(),
        }
    }

    /// Founds the organisation; gives the admin's workstation and account.
    pub async fn found(&self) -> (Workstation, AccountId) {
        let office = self.open("office");
        let keep = |sheets: &sotto_client::RootSheets| {
            self.sheets.lock().unwrap().extend(sheets.texts().map(str::to_owned));
            Ok(())
        };
        let begun = office.found_org(self.founding(self.running.addr), keep).await.unwrap();
        self.confirm(&office, begun.account, &begun.totp).await;
        (office, begun.account)
    }

    /// Confirms the second factor and locks the session that this opens.
    pub async fn confirm(&self, workstation: &Workstation, account: AccountId, totp: &TotpSetup) {
        self.apps.lock().unwrap().insert(account, scan(totp));
        let enrolled = workstation.finish_enrol(account, &self.code(account)).await.unwrap();
        enrolled.session.lock().await.unwrap();
        self.codes.lock().unwrap().insert(account, enrolled.codes);
    }

    /// A code of an app that has just scanned this; not shown before.
    pub fn code_of(&self, totp: &TotpSetup) -> String {
        self.clock.pass(Duration::from_secs(30));
        scan(totp).code(self.clock.wall_ms() / 1_000)
    }

    /// What the person's app shows now.
    pub fn shown(&self, account: AccountId) -> String {
        self.apps.lock().unwrap()[&account].code(self.clock.wall_ms() / 1_000)
    }

    /// A code that was not shown before: waits for the next one, which costs the test nothing.
    pub fn code(&self, account: AccountId) -> String {
        self.clock.pass(Duration::from_secs(30));
        self.shown(account)
    }

    /// A recovery code from the person's sheet.
    pub fn recovery_code(&self, account: AccountId, place: usize) -> String {
        self.codes.lock().unwrap()[&account].codes[place].expose().to_owned()
    }

    /// Lets a machine of that name in.
    pub async fn let_in(&self, admin: &Session, name: &str) -> Workstation {
        let request = MakeWorkstationTokenRequest { name: name.into(), location: "Ward 3".into(), kind: WorkstationKind::Shared, days: 1 };
        let token = admin.make_workstation_token(request).await.unwrap();
        let workstation = self.open(name);
        workstation.enrol_workstation(token.text.expose()).await.unwrap();
        workstation
    }

    /// Lets a machine in that reaches the server at this address instead of its own.
    pub async fn let_in_over(&self, admin: &Session, name: &str, address: SocketAddr) -> Workstation {
        let request = MakeWorkstationTokenRequest { name: name.into(), location: String::new(), kind: WorkstationKind::Shared, days: 1 };
        let token = admin.make_workstation_token(request).await.unwrap();
        let mut code = WorkstationTokenCode::parse(token.text.expose()).unwrap();
        code.server = format!("https://{address}");
        let workstation = self.open(name);
        workstation.enrol_workstation(&code.encode()).await.unwrap();
        workstation
    }

    /// Invites a nurse.
    pub async fn invite(&self, admin: &Session, name: &str) -> (String, AccountId) {
        self.invite_as(admin, name, Role::Nurse).await
    }

    /// Invites a person of this role.
    pub async fn invite_as(&self, admin: &Session, name: &str, role: Role) -> (String, AccountId) {
        let (title, permissions) = ("RN".into(), Vec::new());
        let request = InviteRequest { name: name.into(), title, login: login(name), role, permissions, days: 3 };
        let invite = admin.invite(request).await.unwrap();
        (invite.text.expose().to_owned(), invite.account)
    }

    /// Invites a nurse, enrols them on that workstation and signs them in: an admin writes to nobody.
    pub async fn colleague(&self, admin: &Session, workstation: &Workstation, name: &str) -> (AccountId, Session) {
        let account = self.enrol_at(admin, workstation, name).await;
        (account, workstation.sign_in(account, &password()).await.unwrap())
    }

    /// Invites a person and enrols them on that workstation.
    pub async fn enrol_at(&self, admin: &Session, workstation: &Workstation, name: &str) -> AccountId {
        let (invite, account) = self.invite(admin, name).await;
        let begun = workstation.begin_enrol(&invite, &password()).await.unwrap();
        assert_eq!((begun.account, begun.name.as_str(), begun.login), (account, name, login(name)));
        self.confirm(workstation, account, &begun.totp).await;
        account
    }

    /// Invites a person and enrols them on a workstation of their own.
    pub async fn enrol(&self, admin: &Session, name: &str) -> (Workstation, AccountId) {
        let workstation = self.let_in(admin, name).await;
        let account = self.enrol_at(admin, &workstation, name).await;
        (workstation, account)
    }
}

/// Opens a home, on a system that says that it does not lock its screen.
pub fn open(home: &Path, clock: &Later) -> Workstation {
    let keyring = KeyringChoice::InsecureFile;
    let (clock, recovery_cost) = (Arc::new(clock.clone()), KdfParams::FLOOR);
    let options = Options { clock, recovery_cost, screen_lock: || Some(false), ..Options::new(keyring) };
    Workstation::open(home, options).unwrap()
}

/// The same server again, where it was.
pub async fn serve(clock: Later, data: PathBuf, listen: SocketAddr) -> Running {
    Server::start(ServerOptions { listen, clock: Arc::new(clock), ..ServerOptions::new(data) }).await.unwrap()
}

/// What a person of that name types to sign in.
pub fn login(name: &str) -> String {
    name.to_lowercase().replace(' ', ".")
}

/// What an app makes of the text below the QR code: base32 (RFC 4648).
pub fn scan(totp: &TotpSetup) -> TotpSecret {
    let digits = totp.secret_text.expose().bytes().filter(|byte| *byte != b' ');
    let bits: Vec<bool> = digits
        .flat_map(|digit| {
            let value = if digit.is_ascii_digit() { digit - b'2' + 26 } else { digit - b'A' };
            (0..5).rev().map(move |bit| value >> bit & 1 == 1)
        })
        .collect();
    let bytes: Vec<u8> = bits.chunks_exact(8).map(|bits| bits.iter().fold(0, |byte, bit| byte << 1 | u8::from(*bit))).collect();
    TotpSecret::from_slice(&bytes).unwrap()
}

/// A copy of a folder, to be put back as a power cut would have left it.
pub fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let to = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() { copy(&entry.path(), &to) } else { std::fs::copy(entry.path(), &to).map(drop).unwrap() }
    }
}

pub async fn say(session: &Session, thread: ThreadId, text: &str) {
    try_say(session, thread, text).await.unwrap();
}

pub async fn try_say(session: &Session, thread: ThreadId, text: &str) -> Result<EntryId> {
    session.send_message(SendMessageRequest { thread, text: text.into(), priority: Priority::Concern, answers: Vec::new() }).await
}

/// Waits until `check` finds something, looking again after each event of the session.
pub async fn until<T>(session: &Session, mut check: impl AsyncFnMut() -> Option<T>) -> T {
    let mut events = session.events();
    let waiting = async {
        loop {
            if let Some(found) = check().await {
                return found;
            }
            // Told, or after a while all the same: an event before the subscription is no loss.
            let _ = tokio::time::timeout(Duration::from_millis(500), events.recv()).await;
        }
    };
    tokio::time::timeout(PATIENCE, waiting).await.expect("waited in vain")
}

/// Whether it was allowed: what else may be wrong with it is another matter.
pub fn allowed<T>(result: Result<T>) -> bool {
    match result.map_err(|error| error.code) {
        Ok(_) | Err(ErrorCode::Malformed) => true,
        Err(ErrorCode::NotPermitted | ErrorCode::NotFound | ErrorCode::NotAMember | ErrorCode::MemberNotPermitted) => false,
        Err(other) => panic!("{other} is no answer about a right"),
    }
}

/// Of a command on people or machines: what it was to be done to does not exist, which only who may is told.
pub fn administered<T>(result: Result<T>) -> bool {
    !matches!(result.map_err(|error| error.code), Err(ErrorCode::NotPermitted))
}

/// The names of the window's commands, as the shell registers them.
pub fn window_commands() -> Vec<String> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../src-tauri/src/commands/mod.rs");
    let text = std::fs::read_to_string(file).unwrap();
    let handler = text.split("generate_handler![").nth(1).unwrap().split(']').next().unwrap();
    let names = handler.split(',').filter_map(|line| line.trim().rsplit("::").next()).filter(|name| !name.is_empty());
    names.map(str::to_owned).collect()
}
