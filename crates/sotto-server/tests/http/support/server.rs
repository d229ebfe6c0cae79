//! What a test's server is: `sotto-server init`, started in this process, with an organisation founded on it.

use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, LazyLock};

use ring::signature::{Ed25519KeyPair, KeyPair};
use serde_bytes::ByteBuf;
use sotto_protocol::api::{Base64, DirectoryVersion, ErrorResponse, FoundRequest};
use sotto_protocol::key::{SealingKey, Signature, Suite, VerifyKey};
use sotto_protocol::role::Role;
use sotto_protocol::statement::{AdminGrant, Invite, Policy, Scope, Signed, Signer, Statement, signed_bytes};
use sotto_protocol::{AccountId, ErrorCode, GrantId, InviteId, OrgId, cbor, verify};
use sotto_server::{Clock, Limits, Running, Server, ServerOptions, SystemClock, setup};
use tempfile::TempDir;

use super::machine::Machine;
use super::person::Person;
use super::random;

/// When the process began, milliseconds since 1970: certificates must hold for the clock that TLS looks at too.
pub fn now() -> u64 {
    static START: LazyLock<u64> = LazyLock::new(|| SystemClock.now_ms());
    *START
}
const YEAR: u64 = 31_536_000_000;

/// A clock that stands still until it is set.
#[derive(Debug)]
pub struct FixedClock(AtomicU64);

impl Default for FixedClock {
    fn default() -> Self {
        Self(now().into())
    }
}

impl FixedClock {
    pub fn set(&self, now: u64) {
        self.0.store(now, Ordering::SeqCst);
    }
}

impl Clock for FixedClock {
    fn now_ms(&self) -> u64 {
        self.0.load(Ordering::SeqCst)
    }
}

/// A founded organisation and its server.
pub struct Clinic {
    pub server: Option<Running>,
    pub clock: Arc<FixedClock>,
    pub root: Ed25519KeyPair,
    pub admin: Ed25519KeyPair,
    pub grant: GrantId,
    /// Whose role the admin key signs by; nobody who ever sits at a machine, because an admin is in no thread.
    pub office: AccountId,
    pub org: OrgId,
    pub setup_code: String,
    first: (Invite, Ed25519KeyPair),
    /// The founder's machine; everybody is enrolled at it who is not elsewhere.
    pub machine: Machine,
    pub dir: TempDir,
    limits: Limits,
    /// The next serial of a role that is given by turns.
    pub serials: AtomicU64,
}

/// A folder as `init` makes it, and the setup code.
pub fn folder(clock: &dyn Clock) -> (TempDir, String) {
    let dir = tempfile::tempdir().unwrap();
    let made = setup::make_folder(dir.path(), &["localhost".to_owned(), "127.0.0.1".to_owned()], clock).unwrap();
    (dir, made.setup_code)
}

/// A client that trusts this folder's authority and nobody else.
pub fn pinned(dir: &Path) -> reqwest::ClientBuilder {
    // The second test in this process finds the provider installed.
    let _installed = rustls::crypto::ring::default_provider().install_default();
    let ca = reqwest::Certificate::from_pem(&std::fs::read(dir.join("ca.pem")).unwrap()).unwrap();
    reqwest::Client::builder().tls_certs_only([ca]).no_proxy()
}

impl Clinic {
    pub async fn found() -> Self {
        Self::found_with(Limits::default()).await
    }

    pub async fn found_with(limits: Limits) -> Self {
        let clinic = Self::start(limits).await;
        let statements = clinic.founding();
        let (status, _) = clinic.post_founding(&clinic.setup_code, &statements).await;
        assert_eq!(status, 200);
        clinic.clock.set(now() + 1);
        clinic
    }

    /// A server on which nothing is founded yet.
    pub async fn start(limits: Limits) -> Self {
        let clock = Arc::new(FixedClock::default());
        let (dir, setup_code) = folder(clock.as_ref());
        let (root, admin) = (random::key(), random::key());
        let org = verify::org_id(&public(&root));
        let (grant, office) = (GrantId::from_bytes(random::bytes()), AccountId::from_bytes(random::bytes()));
        let first = make_invite(org, AccountId::from_bytes(random::bytes()), 1);
        let machine = Machine::make();
        let mut clinic = Self {
            server: None,
            clock,
            root,
            admin,
            grant,
            office,
            org,
            setup_code,
            first,
            machine,
            dir,
            limits,
            serials: AtomicU64::new(2),
        };
        clinic.restart().await;
        clinic
    }

    /// Stops the server, if it runs, and starts it again on the same folder.
    pub async fn restart(&mut self) {
        self.stop().await;
        let clock = Arc::clone(&self.clock) as Arc<dyn Clock>;
        let options = ServerOptions { clock, limits: self.limits, ..ServerOptions::new(self.dir.path().to_owned()) };
        self.server = Some(Server::start(options).await.unwrap());
    }

    pub async fn stop(&mut self) {
        if let Some(server) = self.server.take() {
            server.shutdown().await;
        }
    }

    pub fn url(&self, target: &str) -> String {
        format!("https://localhost:{}{target}", self.server.as_ref().unwrap().addr.port())
    }

    pub fn ops_url(&self, target: &str) -> String {
        format!("http://{}{target}", self.server.as_ref().unwrap().ops_addr)
    }

    pub fn client(&self) -> reqwest::Client {
        pinned(self.dir.path()).build().unwrap()
    }

    /// The first policy, the admin's grant and role, the first person's role and invite, and the first machine's token and certificate.
    pub fn founding(&self) -> Vec<Signed> {
        let archive_key = SealingKey { suite: Suite::X25519, key: ByteBuf::from([4; 32]) };
        let policy = Policy {
            org: self.org,
            version: 1,
            issued_at: now(),
            name: ByteBuf::from([1; 40]),
            archive_key,
            history_for_new_members: true,
            epoch_max_age_ms: YEAR,
            epoch_max_events: 10_000,
            idle_lock_shared_s: 120,
            idle_lock_private_s: 300,
            fade_s: 15,
            lease_shared_s: 43_200,
            lease_private_s: 259_200,
            session_s: 43_200,
        };
        let grant = AdminGrant {
            org: self.org,
            grant: self.grant,
            account: self.office,
            generation: 1,
            admin_key: public(&self.admin),
            scopes: Scope::ALL.to_vec(),
            not_before: now() - YEAR,
            not_after: now() + YEAR,
        };
        let token = self.machine.token(self.org);
        let by_root = [
            Statement::Policy(policy),
            Statement::AdminGrant(grant),
            Statement::RoleGrant(self.role(self.office, 1, Role::ItAdmin)),
            Statement::RoleGrant(self.role(self.first.0.account, 1, Role::Physician)),
            Statement::Invite(self.first.0.clone()),
            Statement::WorkstationToken(token),
        ];
        let mut statements: Vec<Signed> = by_root.iter().map(|statement| sign(&self.root, Signer::Root, statement)).collect();
        statements.push(self.machine.cert(self.org));
        statements
    }

    pub async fn post_founding(&self, code: &str, statements: &[Signed]) -> (u16, Option<ErrorCode>) {
        let root = Base64(self.root.public_key().as_ref().to_vec());
        let request = FoundRequest { setup_code: code.to_owned(), root, statements: statements.iter().map(Into::into).collect() };
        let sent = self.client().post(self.url("/v1/org")).header("sotto-version", "1").json(&request).send().await.unwrap();
        let status = sent.status().as_u16();
        (status, sent.json::<ErrorResponse>().await.ok().map(|error| error.code))
    }

    /// An invite by the admin, and the key that uses it.
    pub fn invite(&self, account: AccountId, generation: u32) -> (Invite, Signed, Ed25519KeyPair) {
        let (invite, key) = make_invite(self.org, account, generation);
        let signed = sign(&self.admin, Signer::Admin(self.grant), &Statement::Invite(invite.clone()));
        (invite, signed, key)
    }

    /// Whoever the founding's invite is for.
    pub async fn first_person(&self) -> Person {
        Person::enrol(self, &self.first.0, &self.first.1).await.unwrap()
    }

    /// Another machine, let in through `by`'s device.
    pub async fn machine(&self, by: &Person) -> Machine {
        let machine = Machine::make();
        let token = Statement::WorkstationToken(machine.token(self.org));
        by.post_statement(self, &sign(&self.admin, Signer::Admin(self.grant), &token)).await.unwrap();
        machine.post_cert(self, &machine.cert(self.org)).await.unwrap();
        machine
    }

    /// So many people with devices.
    pub async fn people<const N: usize>(&self) -> [Person; N] {
        let mut people = vec![self.first_person().await];
        while people.len() < N {
            people.push(self.person(&people[0]).await);
        }
        people.try_into().ok().unwrap()
    }
}

fn make_invite(org: OrgId, account: AccountId, generation: u32) -> (Invite, Ed25519KeyPair) {
    let key = random::key();
    let invite = Invite {
        org,
        invite: InviteId::from_bytes(random::bytes()),
        account,
        generation,
        invite_key: public(&key),
        profile: ByteBuf::from([2; 60]),
        not_before: now(),
        not_after: now() + YEAR,
    };
    (invite, key)
}

pub fn public(key: &Ed25519KeyPair) -> VerifyKey {
    VerifyKey::try_from(key.public_key().as_ref()).unwrap()
}

pub fn sign_bytes(key: &Ed25519KeyPair, bytes: &[u8]) -> Signature {
    Signature::try_from(key.sign(bytes).as_ref()).unwrap()
}

pub fn sign(key: &Ed25519KeyPair, signer: Signer, statement: &Statement) -> Signed {
    let statement = cbor::encode(statement);
    let signature = sign_bytes(key, &signed_bytes(&signer, &statement));
    Signed { statement: ByteBuf::from(statement), signer, signature }
}

/// What a control-plane answer says.
pub async fn version(sent: reqwest::Response) -> Result<u64, ErrorCode> {
    if sent.status().is_success() {
        Ok(sent.json::<DirectoryVersion>().await.unwrap().version)
    } else {
        Err(sent.json::<ErrorResponse>().await.unwrap().code)
    }
}
