//! How does a person end their sign-ins at other machines by themselves? By a statement that their own keys sign: the devices there are out.
//!
//! It ends no key. Whoever has the account's keys makes another device on a machine that is let in; against that helps only a new
//! generation, which an administrator begins.

use std::sync::Arc;

use sotto_crypto::statement::sign;
use sotto_protocol::directory::Directory;
use sotto_protocol::statement::{DeviceEnd, Signer, Statement};
use sotto_protocol::{DeviceId, ErrorCode};

use crate::error::{Attempt as _, ClientError, Result};
use crate::session::{Core, Session};
use crate::statements::push;
use crate::sync::directory::refresh;

const ATTEMPTED: &str = "end sign-ins elsewhere";

/// Devices in one statement: far below what a statement holds, and more than anybody has.
const AT_ONCE: usize = 1_000;

impl Session {
    /// Ends these of the person's other devices, for good, and returns how many were not out already. Their sessions close within seconds,
    /// or when their machines are back on the network; what waits there to be sent never is. Needs the server.
    ///
    /// # Errors
    /// `locked`; `not_found` unless each is a device of the person, and another than this one; those of the server.
    pub async fn end_devices(&self, devices: Vec<DeviceId>) -> Result<usize> {
        let call = self.enter()?;
        let core = Arc::clone(call.core());
        call.run(async {
            refresh(&core).await.attempting(ATTEMPTED)?;
            let open = others(&core, &core.people().directory);
            let others = |device: &DeviceId| open.iter().any(|(other, _)| other == device);
            if !devices.iter().all(others) {
                return Err(ClientError::new(ErrorCode::NotFound, "find the device"));
            }
            end(&core, open.into_iter().filter(|(device, out)| !out && devices.contains(device)).map(|(device, _)| device).collect()).await
        })
        .await
    }

    /// Ends every other device of the person as [`Self::end_devices`] does, and returns how many those were.
    ///
    /// # Errors
    /// `locked`; those of the server.
    pub async fn sign_out_elsewhere(&self) -> Result<usize> {
        let call = self.enter()?;
        let core = Arc::clone(call.core());
        call.run(async {
            refresh(&core).await.attempting(ATTEMPTED)?;
            let open = others(&core, &core.people().directory);
            end(&core, open.into_iter().filter(|(_, out)| !out).map(|(device, _)| device).collect()).await
        })
        .await
    }
}

/// The person's devices but this one, rising, each with whether it is out.
fn others(core: &Core, directory: &Directory) -> Vec<(DeviceId, bool)> {
    let own = directory.devices().filter(|cert| cert.account == core.account && cert.device != core.device);
    let mut all: Vec<_> = own.map(|cert| (cert.device, directory.device_revoked(cert))).collect();
    all.sort_unstable();
    all
}

/// Has the server take the end of these; none is out and they rise.
async fn end(core: &Arc<Core>, devices: Vec<DeviceId>) -> Result<usize> {
    let signer = Signer::Account(core.account, core.generation);
    for some in devices.chunks(AT_ONCE) {
        let end = DeviceEnd {
            org: core.org,
            account: core.account,
            generation: core.generation,
            devices: some.to_vec(),
            issued_at: core.clock.wall_ms(),
        };
        push(core, &sign(&signer, &Statement::DeviceEnd(end), &core.keys.signing)).await.attempting(ATTEMPTED)?;
    }
    Ok(devices.len())
}
