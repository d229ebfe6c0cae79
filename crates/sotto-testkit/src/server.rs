//! A real server in a process of its own, on a folder of its own: started, killed and started again as a test needs.

use std::fs::File;
use std::io::{BufRead as _, BufReader};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, bail};
use serde_json::Value;

use crate::program::{self, Process};
use crate::wait;

/// `sotto-server`, on 127.0.0.1.
#[derive(Debug)]
pub struct TestServer {
    folder: PathBuf,
    setup_code: String,
    address: SocketAddr,
    ops: SocketAddr,
    process: Process,
}

impl TestServer {
    /// Makes a server in `folder`, which must not hold one, and starts it on a free port.
    ///
    /// # Errors
    /// Where the program is not built or does not get ready.
    pub async fn create(folder: &Path) -> Result<Self> {
        let mut init = Command::new(program::path("sotto-server")?);
        let output = init
            .args(["init", "--host", "127.0.0.1,localhost", "--dir"])
            .arg(folder)
            .output()
            .context("could not run sotto-server init")?;
        if !output.status.success() {
            bail!("sotto-server init failed: {}", String::from_utf8_lossy(&output.stderr));
        }
        let told: Value = serde_json::from_slice(&output.stdout).context("sotto-server init printed no JSON")?;
        let setup_code = told.get("setup_code").and_then(Value::as_str).context("sotto-server init printed no setup code")?;
        Self::open(folder, free_port()?, setup_code).await
    }

    /// Starts the server that is in `folder`, on that port.
    ///
    /// # Errors
    /// Where it does not get ready.
    pub async fn open(folder: &Path, port: u16, setup_code: &str) -> Result<Self> {
        let (process, address, ops) = start(folder, port)?;
        let server = Self { folder: folder.to_path_buf(), setup_code: setup_code.to_owned(), address, ops, process };
        server.ready().await?;
        Ok(server)
    }

    /// Kills it with SIGKILL; whatever was not on the disk is gone. Returns when the process is.
    ///
    /// # Errors
    /// Where the system refuses.
    pub fn kill(&mut self) -> Result<()> {
        self.process.kill_now()
    }

    /// Asks it to stop (SIGTERM) and waits until it has.
    pub fn stop(&mut self) {
        self.process.stop();
    }

    /// Starts it again on the same folder and the same port, and waits until it is ready.
    ///
    /// # Errors
    /// Where it does not get ready.
    pub async fn restart(&mut self) -> Result<()> {
        let (process, address, ops) = start(&self.folder, self.address.port())?;
        (self.process, self.address, self.ops) = (process, address, ops);
        self.ready().await
    }

    /// Waits until `/readyz` says yes.
    ///
    /// # Errors
    /// When that takes too long.
    pub async fn ready(&self) -> Result<()> {
        let client = reqwest::Client::builder()
            .no_proxy()
            .tls_backend_preconfigured(no_trust()?)
            .build()
            .context("could not prepare a connection")?;
        let url = format!("http://{}/readyz", self.ops);
        let ask = || async { client.get(&url).send().await.is_ok_and(|answer| answer.status().is_success()) };
        wait::until("the server to be ready", ask).await
    }

    /// What clients call it: `https://127.0.0.1:port`.
    #[must_use]
    pub fn url(&self) -> String {
        format!("https://{}", self.address)
    }

    /// Where the operators' routes are.
    #[must_use]
    pub const fn ops(&self) -> SocketAddr {
        self.ops
    }

    /// What founds its organisation, once.
    #[must_use]
    pub fn setup_code(&self) -> &str {
        &self.setup_code
    }

    /// The authority that clients pin, PEM.
    ///
    /// # Errors
    /// Where the file is gone.
    pub fn ca_pem(&self) -> Result<Vec<u8>> {
        std::fs::read(self.folder.join("ca.pem")).context("could not read the server's authority")
    }

    /// Its folder: database, keys, and `server.log`.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Its process.
    #[must_use]
    pub fn pid(&self) -> u32 {
        self.process.id()
    }
}

fn start(folder: &Path, port: u16) -> Result<(Process, SocketAddr, SocketAddr)> {
    let log = folder.join("server.log");
    let log = File::options().create(true).append(true).open(&log).with_context(|| format!("could not write {}", log.display()))?;
    let mut command = Command::new(program::path("sotto-server")?);
    command.args(["serve", "--listen", &format!("127.0.0.1:{port}"), "--dir"]).arg(folder);
    let mut process = Process::start(command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(log))?;
    let pipe = process.child().stdout.take().context("the server has no output")?;
    let mut line = String::new();
    BufReader::new(pipe).read_line(&mut line).context("could not read the server's output")?;
    let told: Value =
        serde_json::from_str(&line).with_context(|| format!("the server did not start, see {}/server.log", folder.display()))?;
    let address = |name: &str| told.get(name).and_then(Value::as_str)?.parse().ok();
    let (listening, ops) = address("listening").zip(address("ops")).context("the server named no address")?;
    Ok((process, listening, ops))
}

fn free_port() -> Result<u16> {
    let socket = std::net::TcpListener::bind("127.0.0.1:0").context("could not find a free port")?;
    Ok(socket.local_addr()?.port())
}

/// TLS that trusts nobody: the operators' listener is plain HTTP on loopback, and the library wants a backend.
fn no_trust() -> Result<rustls::ClientConfig> {
    let provider = std::sync::Arc::new(rustls::crypto::ring::default_provider());
    let builder = rustls::ClientConfig::builder_with_provider(provider).with_protocol_versions(&[&rustls::version::TLS13])?;
    Ok(builder.with_root_certificates(rustls::RootCertStore::empty()).with_no_client_auth())
}
