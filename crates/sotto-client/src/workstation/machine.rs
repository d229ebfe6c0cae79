//! What does the machine itself hold? Its file, its key and the clinic's workstation secret: enough to ask before anybody signs in.

use std::sync::Arc;

use sotto_crypto::{Secret32, SecretVec, SigningKey};
use sotto_protocol::key::VerifyKey;
use sotto_protocol::{ErrorCode, WorkstationId, verify};
use sotto_store::WorkstationFile;
use sotto_store::home::WorkstationItem;

use super::Workstation;
use super::pending::NewMachine;
use crate::error::{Attempt as _, ClientError, Result};
use crate::managed::ManagedState;
use crate::transport::{Http, WorkstationSigner};

/// A machine that was let in, with what it proves itself by.
pub(crate) struct Machine {
    /// Its file.
    pub file: WorkstationFile,
    /// Its right to ask.
    pub signer: WorkstationSigner,
    /// What every enrolled machine of the clinic has and the server has not.
    pub secret: Secret32,
    /// Its server.
    pub http: Http,
}

impl Workstation {
    /// What its management says.
    pub(crate) fn managed(&self) -> &ManagedState {
        &self.shared.managed
    }

    /// The machine, as far as it was let in.
    ///
    /// # Errors
    /// `not_enrolled`, `wiped`; `workstation_unknown` where the keyring has another machine's key; those of the keyring.
    pub(crate) fn machine(&self) -> Result<Machine> {
        let file = self.enrolled_file()?;
        let (signer, secret) = self.machine_keys()?;
        if signer.by() != file.workstation {
            return Err(ClientError::new(ErrorCode::WorkstationUnknown, "read the workstation's key"));
        }
        let http = Http::new(&file.server, &file.ca_der.0, Arc::clone(&self.shared.clock))?;
        Ok(Machine { file, signer, secret, http })
    }

    /// Keeps the machine's key with its id, and the secret, before the server hears of either.
    pub(super) fn store_machine_keys(&self, workstation: WorkstationId, key: &SigningKey, secret: &Secret32) -> Result<()> {
        let bytes = SecretVec::from_vec([workstation.as_bytes().as_slice(), key.seed().as_bytes()].concat());
        let (home, keyring) = (&self.shared.home, &self.shared.keyring);
        keyring
            .set(&home.workstation_keyring_name(WorkstationItem::Key), bytes.as_bytes())
            .and_then(|()| keyring.set(&home.workstation_keyring_name(WorkstationItem::Secret), secret.as_bytes()))
            .attempting("keep the workstation's key")
    }

    pub(super) fn machine_keys(&self) -> Result<(WorkstationSigner, Secret32)> {
        let read = |item| {
            let kept =
                self.shared.keyring.get(&self.shared.home.workstation_keyring_name(item)).attempting("read the workstation's key")?;
            kept.ok_or(ClientError::new(ErrorCode::KeyringMissing, "read the workstation's key"))
        };
        let (key, secret) = (read(WorkstationItem::Key)?, read(WorkstationItem::Secret)?);
        let both = WorkstationSigner::parse(key.as_bytes()).zip(Secret32::from_slice(secret.as_bytes()));
        both.ok_or(ClientError::new(ErrorCode::VaultCorrupt, "read the workstation's key"))
    }

    /// The machine is in: its file says so from here on. Whoever had a vault here keeps their tile.
    pub(super) fn store_machine(&self, machine: &NewMachine) -> Result<()> {
        let root = VerifyKey::try_from(machine.root.0.as_slice())
            .map_err(|_| ClientError::new(ErrorCode::VaultCorrupt, "resume the enrolment"))?;
        let (server, ca) = (machine.server.clone(), machine.ca_der.0.clone());
        let new = WorkstationFile::new(server, ca, root, verify::org_id(&root), machine.workstation, machine.kind);
        let file = match self.file() {
            Some(old) => WorkstationFile {
                server: new.server,
                ca_der: new.ca_der,
                workstation: new.workstation,
                kind: new.kind,
                name: new.name,
                ..old
            },
            None => new,
        };
        self.set_file(file)
    }
}
