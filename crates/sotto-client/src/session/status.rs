//! Who is signed in, under which rules, and how much is on its way?

use std::time::Duration;

use serde::{Deserialize, Serialize};
use sotto_protocol::{ErrorCode, ThreadId};
use sotto_store::table::meta::{self, Meta};
use sotto_store::table::outbox::{self, OutboxState};

use super::{Core, Session};
use crate::error::{Attempt as _, ClientError, Result};
use crate::lock::IdlePolicy;
use crate::sign_ins::notice::new_sign_ins;
use crate::view::{SessionView, derive_initials};

/// What a session does behind the screen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionStatus {
    /// The signed-in person and the rules.
    pub session: SessionView,
    /// This enrolment's id.
    pub device: sotto_protocol::DeviceId,
    /// The feed's position in the vault.
    pub position: u64,
    /// The directory's statements in the vault.
    pub directory: u64,
    /// Entries that wait for the server.
    pub queued: u64,
}

/// What of a thread is on its way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct OutboxCounts {
    /// Entries that wait for the server.
    pub queued: u64,
    /// Entries that were refused.
    pub failed: u64,
    /// Why the first of them was.
    pub code: Option<ErrorCode>,
}

impl Session {
    /// The signed-in person and the rules that hold.
    ///
    /// # Errors
    /// `locked`.
    pub async fn session(&self) -> Result<SessionView> {
        Ok(view(self.enter()?.core()))
    }

    /// What the session does behind the screen.
    ///
    /// # Errors
    /// `locked`.
    pub async fn status(&self) -> Result<SessionStatus> {
        let call = self.enter()?;
        let core = call.core();
        let ask = core.vault.read(|vault| Ok((meta::load(vault, Meta::Cursor)?, outbox::count(vault)?)));
        let (position, queued) = call.run(async { ask.await.attempting("look at the vault") }).await?;
        Ok(SessionStatus { session: view(core), device: core.device, position, directory: core.people().directory.head().0, queued })
    }

    /// What of a thread is on its way.
    ///
    /// # Errors
    /// `locked`.
    pub async fn outbox(&self, thread: ThreadId) -> Result<OutboxCounts> {
        let call = self.enter()?;
        let ask = call.core().vault.read(move |vault| {
            let mut counts = OutboxCounts::default();
            for row in outbox::of_thread(vault, thread)? {
                match row.state {
                    OutboxState::Queued | OutboxState::Sealed => counts.queued += 1,
                    OutboxState::Failed(code) => {
                        counts.failed += 1;
                        counts.code.get_or_insert(code);
                    }
                }
            }
            Ok(counts)
        });
        call.run(async { ask.await.attempting("look at the outbox") }).await
    }

    /// The idle lock's rules for the person here, their own among them.
    ///
    /// # Errors
    /// `locked`.
    pub fn idle_policy(&self) -> Result<IdlePolicy> {
        let call = self.enter()?;
        let people = call.core().people();
        let seconds = |s: u32| Duration::from_secs(u64::from(s));
        let missing = ClientError::new(ErrorCode::Internal, "read the policy");
        let (policy, rules) = people.directory.policy().zip(call.core().rules()).ok_or(missing)?;
        Ok(IdlePolicy {
            idle: seconds(rules.idle_lock_s.value),
            fade: seconds(policy.fade_s.min(rules.idle_lock_s.value)),
            composing: IdlePolicy::COMPOSING,
            session: seconds(rules.session_s.value),
        })
    }

    /// Whether this workstation's rules, and the person's own, let the system say that something waits.
    ///
    /// # Errors
    /// `locked`.
    pub fn may_notify(&self) -> Result<bool> {
        let call = self.enter()?;
        Ok(call.core().rules().is_none_or(|rules| rules.notifications.value))
    }

    /// Whether this workstation's rules have the system keep the window out of pictures of the screen, where it can. Without a policy it is kept out.
    ///
    /// # Errors
    /// `locked`.
    pub fn is_content_protected(&self) -> Result<bool> {
        let call = self.enter()?;
        Ok(call.core().rules().is_none_or(|rules| rules.content_protection.value))
    }

    /// The network is back, or somebody asks to try now: feed and outbox do not wait any longer.
    ///
    /// # Errors
    /// `locked`.
    pub fn reconnect(&self) -> Result<()> {
        let call = self.enter()?;
        call.core().feed_wake.notify_one();
        call.core().outbox_wake.notify_one();
        Ok(())
    }
}

fn view(core: &Core) -> SessionView {
    let people = core.people();
    let policy = people.directory.policy();
    let rules = core.rules();
    let (name, place) = (people.name(&core.account), core.workstation.view());
    SessionView {
        account: core.account,
        initials: derive_initials(&name),
        title: people.title(&core.account).to_owned(),
        workstation: people.machine(&core.machine).map(|profile| profile.name.clone()).unwrap_or_default(),
        organisation: people.clinic().to_owned(),
        connection: core.connection(),
        idle_lock_seconds: rules.map_or(120, |rules| rules.idle_lock_s.value),
        fade_seconds: policy.map_or(5, |policy| policy.fade_s),
        pin_set: core.workstation.pin_tries_left(core.account).is_some(),
        insecure_keyring: place.insecure_keyring,
        rolled_back: core.is_rolled_back(),
        directory_warning: core.directory_warning(),
        new_sign_ins: new_sign_ins(core),
        name,
    }
}
