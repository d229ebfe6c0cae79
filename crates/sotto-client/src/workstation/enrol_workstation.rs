//! How does a machine come in? With a token from IT: its key is made and kept before the server hears of it.

use std::sync::Arc;

use sotto_crypto::statement::sign;
use sotto_crypto::workstation_token::WorkstationTokenCode;
use sotto_crypto::{OsRandom, SigningKey};
use sotto_protocol::api::{Base64, DirectoryVersion, WorkstationRequest};
use sotto_protocol::directory::Directory;
use sotto_protocol::statement::{Signer, Statement, WorkstationCert};
use sotto_protocol::{ErrorCode, WorkstationId, limits, verify};

use super::Workstation;
use super::pending::{Kept as _, NewMachine, PendingMachine};
use crate::error::{Attempt as _, ClientError, Result};
use crate::session::Core;
use crate::sync::directory::{self, Asker};
use crate::transport::Http;
use crate::view::WorkstationEnrolled;

impl Workstation {
    /// Uses a workstation token on this machine. A repeat after a crash or a lost answer completes what was begun. A machine that was
    /// shut out comes in again with a new token.
    ///
    /// # Errors
    /// `token_malformed`, `token_unknown`, `token_used`, `token_expired`; `already_enrolled`; `unknown_root` for a token of another
    /// organisation, or a server whose directory does not chain to the token's root; those of server, keyring and disk.
    pub async fn enrol_workstation(&self, token: &str) -> Result<WorkstationEnrolled> {
        let code = WorkstationTokenCode::parse(token.trim())
            .map_err(|_| ClientError::new(ErrorCode::TokenMalformed, "read the workstation token"))?;
        let _one_at_a_time = self.begin_letting_in().await;
        if let Some(file) = self.file() {
            if file.org != verify::org_id(&code.root) {
                return Err(ClientError::new(ErrorCode::UnknownRoot, "enrol for the organisation of this workstation"));
            }
            self.check_shut_out().await?;
        }
        let home = self.shared.home.path();
        let pending = match PendingMachine::load(home) {
            // The server may have taken it: the same request again.
            Some(pending) if pending.machine.token == code.token => pending,
            _ => self.begin_machine(&code).await?,
        };
        let http = Http::new(&code.server, &code.ca_der, Arc::clone(&self.shared.clock))?;
        let sent = http.push_json::<DirectoryVersion>("/v1/workstations", None, &pending.request).await;
        sent.attempting("enrol the workstation")?;
        self.store_machine(&pending.machine)?;
        PendingMachine::remove(home)?;
        Ok(WorkstationEnrolled { organisation: String::new(), server: host(&code.server), kind: code.kind })
    }

    /// A machine that the server still knows needs no token.
    async fn check_shut_out(&self) -> Result<()> {
        let machine = self.machine()?;
        let mut directory = Directory::new(machine.file.root_key()?);
        let heard = directory::fetch(&machine.http, Asker::Workstation(&machine.signer), &mut directory).await;
        match heard.map_err(|error| ClientError::from(error).code) {
            Ok(_) => Err(ClientError::new(ErrorCode::AlreadyEnrolled, "enrol the workstation")),
            Err(ErrorCode::WorkstationRevoked | ErrorCode::WorkstationUnknown) => Ok(()),
            Err(code) => Err(ClientError::new(code, "enrol the workstation")),
        }
    }

    /// Makes and keeps what is needed to complete the enrolment later. The server hears of nothing yet.
    async fn begin_machine(&self, code: &WorkstationTokenCode) -> Result<PendingMachine> {
        self.check_token(code).await?;
        let key = SigningKey::generate(&mut OsRandom::new());
        let workstation = Core::make_id(WorkstationId::from_bytes);
        let machine = NewMachine {
            server: code.server.clone(),
            ca_der: Base64(code.ca_der.clone()),
            root: Base64(code.root.as_bytes().to_vec()),
            workstation,
            kind: code.kind,
            token: code.token,
        };
        let token_key = SigningKey::from_seed(code.seed.clone());
        let workstation_cert = certify_machine(&machine, verify::org_id(&code.root), &key, &token_key, self.shared.clock.wall_ms());
        self.store_machine_keys(workstation, &key, &code.workstation_secret)?;
        let pending = PendingMachine { machine, request: WorkstationRequest { workstation_cert } };
        pending.store(self.shared.home.path())?;
        Ok(pending)
    }

    /// Reads the directory with the token and verifies the whole chain from the root that the token names.
    async fn check_token(&self, code: &WorkstationTokenCode) -> Result<()> {
        let http = Http::new(&code.server, &code.ca_der, Arc::clone(&self.shared.clock))?;
        let mut directory = Directory::new(code.root);
        directory::fetch(&http, Asker::Token(code.token), &mut directory).await?;
        let refused = |code| ClientError::new(code, "use the workstation token");
        let (token, used) = directory.token(&code.token).ok_or(refused(ErrorCode::TokenUnknown))?;
        let key = SigningKey::from_seed(code.seed.clone()).verify_key();
        if token.token_key != key || token.kind != code.kind || directory.token_withdrawn(&code.token) {
            return Err(refused(ErrorCode::TokenUnknown));
        }
        if used {
            return Err(refused(ErrorCode::TokenUsed));
        }
        let now = self.shared.clock.wall_ms();
        let holds = (token.not_before.saturating_sub(limits::CLOCK_SKEW_MS)..=token.not_after).contains(&now);
        if holds { Ok(()) } else { Err(refused(ErrorCode::TokenExpired)) }
    }
}

/// The machine's certificate, signed with its token.
pub(super) fn certify_machine(
    machine: &NewMachine,
    org: sotto_protocol::OrgId,
    key: &SigningKey,
    token_key: &SigningKey,
    now: u64,
) -> Base64 {
    let cert = WorkstationCert {
        org,
        token: machine.token,
        workstation: machine.workstation,
        workstation_key: key.verify_key(),
        kind: machine.kind,
        issued_at: now,
    };
    (&sign(&Signer::Token(machine.token), &Statement::WorkstationCert(cert), token_key)).into()
}

/// The host of a server's address; the address itself where none is to be found in it.
fn host(server: &str) -> String {
    let host = reqwest::Url::parse(server).ok().and_then(|url| url.host_str().map(str::to_owned));
    host.unwrap_or_else(|| server.to_owned())
}
