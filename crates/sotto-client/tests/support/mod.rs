//! What do these tests stand on? A real server in this process, real homes in a temporary folder, and waits that end by themselves.
#![allow(dead_code, clippy::unwrap_used, clippy::expect_used, missing_docs, reason = "each test uses its part")]

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use sotto_client::view::{ErrorCode, Password, Priority, SendMessageRequest};
use sotto_client::{FoundOrg, KeyringChoice, Options, Result, Session, Workstation};
use sotto_protocol::{AccountId, EntryId, ThreadId};
use sotto_server::{Running, Server, ServerOptions, SystemClock, setup};

const PATIENCE: Duration = Duration::from_secs(60);

pub fn password() -> Password {
    Password::new("a long night on ward three".into())
}

/// A server with its folder, and what founding needs.
pub struct Clinic {
    folder: tempfile::TempDir,
    pub running: Running,
    setup_code: String,
    ca_pem: Vec<u8>,
}

impl Clinic {
    pub async fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("server");
        let made = setup::make_folder(&data, &["localhost".into(), "127.0.0.1".into()], &SystemClock).unwrap();
        let running = Server::start(ServerOptions::new(data)).await.unwrap();
        let ca_pem = std::fs::read(&made.ca).unwrap();
        Self { folder, running, setup_code: made.setup_code, ca_pem }
    }

    /// The server's folder.
    pub fn data(&self) -> PathBuf {
        self.folder.path().join("server")
    }

    /// The home of a person's workstation.
    pub fn home(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
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
            workstation_name: "Office".into(),
            idle_lock_s: sotto_client::IDLE_LOCK_S,
            password: password(),
        }
    }

    /// Founds the organisation; gives the admin's workstation and account.
    pub async fn found(&self) -> (Workstation, AccountId) {
        let office = open(&self.home("office"));
        let keep = |sheet: &sotto_client::RootRecovery| if sheet.sheet().contains("Testdale") { Ok(()) } else { Err(ErrorCode::Internal) };
        let admin = office.found_org(self.founding(self.running.addr), keep).await.unwrap();
        (office, admin)
    }

    /// Invites a person and enrols them on a workstation of their own.
    pub async fn enrol(&self, admin: &Session, name: &str) -> (Workstation, AccountId) {
        let invited = admin.invite(name, "RN", 72).await.unwrap();
        let workstation = open(&self.home(name));
        let account = workstation.enrol(&invited.code, &password(), "Ward 3").await.unwrap();
        assert_eq!(account, invited.account);
        (workstation, account)
    }
}

pub fn open(home: &Path) -> Workstation {
    Workstation::open(home, Options::new(KeyringChoice::InsecureFile)).unwrap()
}

/// The same server again, where it was.
pub async fn serve(data: PathBuf, address: SocketAddr) -> Running {
    Server::start(ServerOptions { listen: address, ..ServerOptions::new(data) }).await.unwrap()
}

pub async fn say(session: &Session, thread: ThreadId, text: &str) {
    try_say(session, thread, text).await.unwrap();
}

pub async fn try_say(session: &Session, thread: ThreadId, text: &str) -> Result<EntryId> {
    session.send_message(SendMessageRequest { thread, text: text.into(), priority: Priority::Concern }).await
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
