//! Has the person been told that they signed in elsewhere? What came to their account after this vault is in the verified directory, which
//! the server cannot keep from them for long without being caught; what they said of it is in the vault.
//!
//! The order of the statements decides what came after, and not the time in a certificate: whoever has the account's keys signs any time.

use std::collections::HashMap;
use std::sync::PoisonError;

use sotto_protocol::{DeviceId, ErrorCode, limits};
use sotto_store::table::own_device;

use crate::error::{Attempt as _, ClientError, Result};
use crate::session::{Core, Session};
use crate::view::{AppEvent, NewSignIn};

/// What the person said of their later devices: whether it was them.
pub(crate) type Answers = HashMap<DeviceId, bool>;

impl Session {
    /// Says of one of `new_sign_ins` of [`Session::session`] whether that was the person. Theirs is told of no more; what is not stays
    /// until it is ended ([`Session::end_devices`]) or an administrator has shut it out.
    ///
    /// # Errors
    /// `locked`; `not_found` for a device that is none of them; those of the vault.
    pub async fn answer_sign_in(&self, device: DeviceId, mine: bool) -> Result<()> {
        let call = self.enter()?;
        let core = call.core();
        if !new_sign_ins(core).iter().any(|one| one.device == device) {
            return Err(ClientError::new(ErrorCode::NotFound, "find the sign-in"));
        }
        let kept = core.vault.write(move |vault| own_device::store(vault, device, mine));
        call.run(async { kept.await.attempting("keep what was said of a sign-in") }).await?;
        core.answers.lock().unwrap_or_else(PoisonError::into_inner).insert(device, mine);
        core.events.send(AppEvent::WorkstationChanged);
        Ok(())
    }
}

/// Where the account came after this vault and the person has not said that it was them, newest first. A device that is out is no news.
pub(crate) fn new_sign_ins(core: &Core) -> Vec<NewSignIn> {
    let people = core.people();
    let directory = &people.directory;
    let Some(began) = directory.device_since(&core.device) else { return Vec::new() };
    let answers = core.answers.lock().unwrap_or_else(PoisonError::into_inner);
    let mut later: Vec<_> = directory
        .devices()
        .filter(|cert| cert.account == core.account && answers.get(&cert.device) != Some(&true) && !directory.device_revoked(cert))
        .filter_map(|cert| Some((directory.device_since(&cert.device).filter(|since| *since > began)?, cert)))
        .collect();
    later.sort_by_key(|(since, _)| std::cmp::Reverse(*since));
    let views = later.into_iter().map(|(_, cert)| {
        let profile = people.machine(&cert.workstation);
        NewSignIn {
            device: cert.device,
            workstation: profile.map(|profile| profile.name.clone()).unwrap_or_default(),
            location: profile.map(|profile| profile.location.clone()).unwrap_or_default(),
            // A certificate begins that much before it is made (`certify_device`).
            at: cert.not_before.saturating_add(limits::CLOCK_SKEW_MS),
            denied: answers.get(&cert.device) == Some(&false),
        }
    });
    views.collect()
}
