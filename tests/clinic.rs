//! How a journey gets its clinic: a server process that can be killed and started again, an admin, and colleagues.

use std::collections::HashMap;
use std::fs::File;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

use anyhow::{Context as _, Result, bail};
use serde_json::Value;
use sotto_testkit::program::{self, Process};
use sotto_testkit::totp;
use sotto_testkit::wait::PATIENCE;

use crate::Terminal;

/// A server with its data folder, and the admin's workstation.
#[derive(Debug)]
pub struct Clinic {
    folder: tempfile::TempDir,
    server: Option<Process>,
    address: String,
    /// The admin's workstation.
    pub admin: Terminal,
    /// Everybody's second factor, by login name.
    factors: Mutex<HashMap<String, String>>,
}

impl Clinic {
    /// Makes keys and certificates, starts the server and founds the organisation.
    ///
    /// # Errors
    /// Where any of it fails.
    pub fn found() -> Result<Self> {
        Self::found_with(&[])
    }

    /// As [`Self::found`], with more arguments of `org init`.
    ///
    /// # Errors
    /// Where any of it fails.
    pub fn found_with(rules: &[&str]) -> Result<Self> {
        let folder = tempfile::tempdir().context("could not make a folder")?;
        let data = folder.path().join("server");
        let init = Command::new(program::path("sotto-server")?)
            .args(["init", "--dir"])
            .arg(&data)
            .args(["--host", "localhost,127.0.0.1"])
            .output()
            .context("could not run sotto-server init")?;
        if !init.status.success() {
            bail!("sotto-server init failed: {}", String::from_utf8_lossy(&init.stderr));
        }
        let told: Value = serde_json::from_slice(&init.stdout).context("sotto-server init printed no JSON")?;
        let code = told.get("setup_code").and_then(Value::as_str).context("sotto-server init told no setup code")?.to_owned();
        let admin = Terminal::new(folder.path(), "admin")?;
        let mut clinic = Self { folder, server: None, address: "127.0.0.1:0".to_owned(), admin, factors: Mutex::default() };
        clinic.start_server()?;
        clinic.found_organisation(&code, rules)?;
        Ok(clinic)
    }

    fn found_organisation(&self, code: &str, rules: &[&str]) -> Result<()> {
        let (ca, sheets) = (self.data().join("ca.pem").display().to_string(), self.sheets().display().to_string());
        let url = self.url();
        let args =
            ["org", "init", "--server", &url, "--ca", &ca, "--setup-code", code, "--clinic", "Testdale Clinic", "--admin", "Ida Admin"];
        let (secret, _) = self.admin.confirm(&[args.as_slice(), &["--login", &login("Ida Admin"), "--sheets", &sheets], rules].concat())?;
        self.keep("Ida Admin", secret);
        Ok(())
    }

    fn keep(&self, name: &str, secret: String) {
        self.factors.lock().unwrap_or_else(PoisonError::into_inner).insert(login(name), secret);
    }

    /// What a person's authenticator app shows, or so many codes later.
    ///
    /// # Errors
    /// Where nobody of that name was enrolled.
    pub fn code(&self, name: &str, later: u64) -> Result<String> {
        let factors = self.factors.lock().unwrap_or_else(PoisonError::into_inner);
        totp::code_now(factors.get(&login(name)).with_context(|| format!("{name} has no second factor"))?, later)
    }

    /// Lets a machine in: a token from the admin, used there.
    ///
    /// # Errors
    /// Where any of it fails.
    pub fn let_in(&self, name: &str) -> Result<Terminal> {
        self.let_in_as(name, "shared")
    }

    /// As [`Self::let_in`], a `shared` or a `private` one.
    ///
    /// # Errors
    /// Where any of it fails.
    pub fn let_in_as(&self, name: &str, kind: &str) -> Result<Terminal> {
        let terminal = Terminal::new(self.folder.path(), name)?;
        let token = self.admin.run(&["workstation", "token", "--name", name, "--location", "Ward 3", "--kind", kind])?.text("/text")?;
        terminal.run(&["workstation", "enrol", &token])?;
        Ok(terminal)
    }

    /// The folder that everything of this clinic is in.
    #[must_use]
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The server's data folder.
    #[must_use]
    pub fn data(&self) -> PathBuf {
        self.folder.path().join("server")
    }

    /// The folder with the root's sheets.
    #[must_use]
    pub fn sheets(&self) -> PathBuf {
        self.folder.path().join("sheets")
    }

    /// What the server has logged.
    #[must_use]
    pub fn server_log(&self) -> PathBuf {
        self.folder.path().join("server.log")
    }

    /// Where the server listens.
    #[must_use]
    pub fn address(&self) -> &str {
        &self.address
    }

    /// The server's URL.
    #[must_use]
    pub fn url(&self) -> String {
        format!("https://{}", self.address.replace("127.0.0.1", "localhost"))
    }

    /// Lets the next start of the server listen elsewhere.
    pub fn listen_on(&mut self, address: &str) {
        address.clone_into(&mut self.address);
    }

    /// The server's process id, while it runs.
    #[must_use]
    pub fn server_id(&self) -> Option<u32> {
        self.server.as_ref().map(Process::id)
    }

    /// Starts the server, on the port it had before if it had one; returns when it listens.
    ///
    /// # Errors
    /// Where it does not start.
    pub fn start_server(&mut self) -> Result<()> {
        let log = File::options().create(true).append(true).open(self.server_log()).context("could not open the server's log")?;
        let mut command = Command::new(program::path("sotto-server")?);
        command.args(["serve", "--dir"]).arg(self.data()).args(["--listen", &self.address]).stdout(Stdio::piped()).stderr(log);
        let mut server = Process::start(&mut command)?;
        let out = server.child().stdout.take().context("the server has no output")?;
        let mut line = String::new();
        BufReader::new(out).read_line(&mut line).context("could not read the server's first line")?;
        let told: Value = serde_json::from_str(&line).context("the server did not say where it listens")?;
        self.address = told.get("listening").and_then(Value::as_str).context("the server told no address")?.to_owned();
        self.server = Some(server);
        Ok(())
    }

    /// Ends the server as a power cut would.
    ///
    /// # Errors
    /// Where the system refuses.
    pub fn kill_server(&mut self) -> Result<()> {
        self.server.take().map_or(Ok(()), |mut server| server.kill_now())
    }

    /// Invites a person and enrols them on a workstation of their own.
    ///
    /// # Errors
    /// Where any of it fails.
    pub fn enrol(&self, name: &str, title: &str) -> Result<Terminal> {
        let terminal = self.let_in(&name.to_lowercase().replace(' ', "-"))?;
        self.enrol_at(&terminal, name, title)?;
        Ok(terminal)
    }

    /// Invites a person and enrols them on an existing workstation; returns the account.
    ///
    /// # Errors
    /// Where any of it fails.
    pub fn enrol_at(&self, terminal: &Terminal, name: &str, title: &str) -> Result<String> {
        let invite = self.invite(name, title)?;
        let (secret, ended) = terminal.confirm(&["enrol", &invite])?;
        self.keep(name, secret);
        ended.get("account").and_then(Value::as_str).map(str::to_owned).context("the enrolment told no account")
    }

    /// Makes an invite and returns its text.
    ///
    /// # Errors
    /// Where the admin may not or the server is away.
    pub fn invite(&self, name: &str, title: &str) -> Result<String> {
        self.admin.run(&["invite", "--name", name, "--title", title, "--login", &login(name), "--role", role_of(title)])?.text("/text")
    }

    /// A command to a machine, as the administrator's list has it now.
    ///
    /// # Errors
    /// Where the list cannot be read or does not have it.
    pub fn command(&self, id: &str) -> Result<Value> {
        let answer = self.admin.run(&["fleet", "commands"])?;
        let all = answer.object()?.as_array().context("the commands are no list")?;
        let found = all.iter().find(|one| one.get("command").and_then(Value::as_str) == Some(id));
        found.cloned().with_context(|| format!("{id} is on no list"))
    }

    /// Waits for a command's receipt.
    ///
    /// # Errors
    /// Where none comes; otherwise as [`Self::command`].
    pub fn receipt(&self, id: &str) -> Result<Value> {
        let started = Instant::now();
        loop {
            let one = self.command(id)?;
            match one.get("receipt") {
                Some(receipt) if !receipt.is_null() => return Ok(receipt.clone()),
                _ if started.elapsed() > PATIENCE => bail!("waited in vain for the receipt of {one}"),
                _ => {}
            }
        }
    }
}

/// The role of whoever has that title; a nurse's where none is theirs.
fn role_of(title: &str) -> &'static str {
    match title {
        "Physician" => "physician",
        "Front desk" => "front_desk",
        "Billing" => "billing",
        "Privacy officer" => "privacy_officer",
        _ => "nurse",
    }
}

/// What a person of that name types to sign in.
#[must_use]
pub fn login(name: &str) -> String {
    name.to_lowercase().replace(' ', ".")
}
