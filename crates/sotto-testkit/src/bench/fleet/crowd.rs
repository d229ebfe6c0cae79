//! Who are the five thousand? Machines with real keys and certificates that hold the client's own control connection, each with its own TLS;
//! they have no vault and fold nothing.

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail, ensure};
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use sotto_client::clock::SystemClock;
use sotto_client::transport::{FrameStream, Http, WorkstationSigner, tls};
use sotto_crypto::random::make_bytes;
use sotto_crypto::{OsRandom, SigningKey};
use sotto_protocol::api::{Diagnostics, Report, StatementRequest, WorkstationRequest};
use sotto_protocol::feed::Frame;
use sotto_protocol::statement::Settings;
use sotto_protocol::{GroupId, WorkstationId};
use tokio::sync::{Semaphore, mpsc};
use tokio::task::JoinSet;

use super::super::enrol::Desk;
use super::super::population::Population;
use crate::server::TestServer;

/// How many there are.
pub const MACHINES: usize = 5_000;
/// Whose devices bring the statements: one may make so many requests a second.
const PEOPLE: usize = 20;
/// How many are let in, and how many connect, at once.
const AT_ONCE: usize = 64;
/// Open files of either side: a control connection and one for requests of each machine, and what else a process has.
const FILES: u64 = 2 * MACHINES as u64 + 500;
/// How long a change may take before it counts as not happening.
const PATIENCE: Duration = Duration::from_secs(120);

/// A server with its machines.
pub struct Crowd {
    /// The server's process.
    pub server: TestServer,
    desk: Arc<Desk>,
    population: Arc<Population>,
    machines: Vec<WorkstationSigner>,
    group: GroupId,
    /// What the machines say of themselves.
    told: (mpsc::UnboundedSender<Told>, mpsc::UnboundedReceiver<Told>),
    listening: JoinSet<()>,
}

/// What one machine says of itself.
enum Told {
    Heard { at: Instant, statements: Vec<Vec<u8>> },
    Reported(Instant),
    Broke(String),
}

/// How long a change took.
#[derive(Debug, Clone, Copy)]
pub struct Change {
    /// Until every machine had it.
    pub heard: Duration,
    /// Until the server had taken every machine's report after it.
    pub reported: Duration,
}

impl Crowd {
    /// Founds an organisation on a fresh server and lets everybody in, by the routes that real machines use.
    ///
    /// # Errors
    /// Where the server refuses, or the system allows too few open files.
    pub async fn gather(folder: &Path) -> Result<Self> {
        allow_files()?;
        let server = TestServer::create(folder).await?;
        let ca_der = tls::parse_pem(&server.ca_pem()?).map_err(|error| anyhow::anyhow!("{error}"))?;
        let desk = Arc::new(Desk::new(server.url(), ca_der));
        let population = Arc::new(Population::found(&desk, server.setup_code(), PEOPLE).await?);
        let mut entering = JoinSet::new();
        for door in 0..AT_ONCE {
            let (desk, population) = (desk.clone(), population.clone());
            entering.spawn(async move {
                let mut machines = Vec::new();
                for number in (door..MACHINES).step_by(AT_ONCE) {
                    machines.push(let_in(&desk, &population, number).await?);
                }
                anyhow::Ok(machines)
            });
        }
        let mut machines = Vec::new();
        while let Some(entered) = entering.join_next().await {
            machines.extend(entered.context("a machine's way in ended early")??);
        }
        let group = GroupId::from_bytes(make_bytes(&mut OsRandom::new()));
        Ok(Self { server, desk, population, machines, group, told: mpsc::unbounded_channel(), listening: JoinSet::new() })
    }

    /// Connects all, as machines that know the directory; returns the time until each has heard that it is up to date.
    ///
    /// # Errors
    /// Where one is not let in.
    pub async fn connect(&mut self) -> Result<Duration> {
        let version = self.version().await?;
        let (room, started) = (Arc::new(Semaphore::new(AT_ONCE)), Instant::now());
        for signer in self.machines.clone() {
            let (http, room, tell) = (self.http()?, room.clone(), self.told.0.clone());
            self.listening.spawn(async move {
                let stream = {
                    let _place = room.acquire().await;
                    open(&http, &signer, version).await
                };
                let ended = match stream {
                    Ok(stream) => {
                        tell.send(Told::Heard { at: Instant::now(), statements: Vec::new() }).ok();
                        listen(stream, &http, &signer, &tell).await
                    }
                    Err(error) => error,
                };
                tell.send(Told::Broke(ended.to_string())).ok();
            });
        }
        let mut last = started;
        for _ in 0..MACHINES {
            match self.hear().await? {
                Told::Heard { at, .. } => last = last.max(at),
                Told::Reported(_) => bail!("a machine reported that had nothing to say"),
                Told::Broke(why) => bail!("a machine was not let in: {why}"),
            }
        }
        Ok(last - started)
    }

    /// Changes the rules of all, and waits until each has that statement and no other, and has reported.
    ///
    /// # Errors
    /// Where the server refuses, or somebody does not hear it.
    pub async fn change_rules(&mut self, serial: u64) -> Result<Change> {
        let idle_lock_s = u32::try_from(100 - serial.min(40)).ok();
        let statement = self.population.founder.rules(self.group, serial, Settings { idle_lock_s, ..Settings::default() });
        let (brought, request) = (statement.0.clone(), StatementRequest { statement });
        let person = self.population.people.first().context("there are people")?;
        let (desk, signer) = (self.desk.clone(), person.signer.clone());
        let started = Instant::now();
        let asked = tokio::spawn(async move { desk.post("/v1/statements", Some(&signer), &request).await });
        let (mut heard, mut reported, mut count) = (started, started, (0, 0));
        while count != (MACHINES, MACHINES) {
            match self.hear().await? {
                Told::Heard { at, statements } => {
                    ensure!(statements.len() == 1 && statements.first() == Some(&brought), "a machine heard something else");
                    (heard, count.0) = (heard.max(at), count.0 + 1);
                }
                Told::Reported(at) => (reported, count.1) = (reported.max(at), count.1 + 1),
                Told::Broke(why) => bail!("a machine lost its connection: {why}"),
            }
        }
        asked.await.context("the change ended early")??;
        Ok(Change { heard: heard - started, reported: reported - started })
    }

    /// Everybody leaves, and the server stops.
    pub fn close(mut self) {
        self.listening.abort_all();
        self.server.stop();
    }

    async fn hear(&mut self) -> Result<Told> {
        let told = tokio::time::timeout(PATIENCE, self.told.1.recv()).await;
        told.context("a machine heard nothing")?.context("nobody listens")
    }

    /// How many statements there are: a machine that claims more is told.
    async fn version(&self) -> Result<u64> {
        let signer = self.machines.first().context("there are machines")?;
        let all = u64::from(u32::MAX);
        let mut stream = self.http()?.open_control(all, signer).await.map_err(|error| anyhow::anyhow!("{error}"))?;
        match stream.next().await {
            Ok(Some(Frame::Directory { version })) => Ok(version),
            other => bail!("instead of the directory's version came {other:?}"),
        }
    }

    fn http(&self) -> Result<Http> {
        Http::new(&self.desk.origin, &self.desk.ca_der, Arc::new(SystemClock)).map_err(|error| anyhow::anyhow!("{error}"))
    }
}

/// A token by the root, and a certificate by the token: what a real machine's enrolment brings.
async fn let_in(desk: &Desk, population: &Population, number: usize) -> Result<WorkstationSigner> {
    let rng = &mut OsRandom::new();
    let (workstation, key) = (WorkstationId::from_bytes(make_bytes(rng)), SigningKey::generate(rng));
    let [token, workstation_cert] = population.founder.let_in(workstation, &key);
    let person = population.people.get(number % PEOPLE).context("there are people")?;
    desk.post("/v1/statements", Some(&person.signer), &StatementRequest { statement: token }).await.context("could not make a token")?;
    desk.post("/v1/workstations", None, &WorkstationRequest { workstation_cert }).await.context("could not let a machine in")?;
    Ok(WorkstationSigner::new(workstation, key))
}

/// Opens the control connection and hears that nothing is new.
async fn open(http: &Http, signer: &WorkstationSigner, version: u64) -> Result<FrameStream> {
    let mut stream = http.open_control(version, signer).await.map_err(|error| anyhow::anyhow!("{error}"))?;
    match stream.next().await {
        Ok(Some(Frame::Directory { version: told })) if told == version => Ok(stream),
        other => bail!("instead of the directory's version came {other:?}"),
    }
}

/// Tells what comes, and reports at once after each change: all together, which is the worst that can be, since a machine without other news
/// takes its time. Returns why it ended.
async fn listen(mut stream: FrameStream, http: &Http, signer: &WorkstationSigner, tell: &mpsc::UnboundedSender<Told>) -> anyhow::Error {
    let mut statements = Vec::new();
    loop {
        match stream.next().await {
            Ok(Some(Frame::Statement { statement })) => statements.push(statement),
            Ok(Some(Frame::Directory { version })) => {
                tell.send(Told::Heard { at: Instant::now(), statements: std::mem::take(&mut statements) }).ok();
                match http.push_only("/v1/report", Some(signer), &report(version)).await {
                    Ok(()) => drop(tell.send(Told::Reported(Instant::now()))),
                    Err(error) => return anyhow::anyhow!("a report was refused: {error}"),
                }
            }
            Err(error) => return anyhow::anyhow!("{error}"),
            other => return anyhow::anyhow!("{other:?}"),
        }
    }
}

fn report(directory: u64) -> Report {
    Report {
        app_version: "0.0.0".to_owned(),
        os: "bench".to_owned(),
        disk_encrypted: None,
        screen_lock: None,
        insecure_keyring: false,
        vaults: 3,
        lease_until: None,
        command_serial: 0,
        directory,
        diagnostics: Diagnostics::default(),
    }
}

/// Lets this process, and the server that it starts, have as many open files as the system allows.
fn allow_files() -> Result<()> {
    let limit = getrlimit(Resource::Nofile);
    let most = limit.maximum;
    ensure!(most.is_none_or(|most| most >= FILES), "{FILES} open files are needed, and this machine gives {most:?} (ulimit -Hn)");
    let current = most.unwrap_or(FILES).max(FILES);
    setrlimit(Resource::Nofile, Rlimit { current: Some(current), maximum: most }).context("could not allow more open files")
}
