//! May an invite be used here and now? It must be of this machine's organisation, known to it, unused, not withdrawn, and in its time.

use std::sync::Arc;

use sotto_crypto::SigningKey;
use sotto_crypto::invite::InviteCode;
use sotto_protocol::directory::Directory;
use sotto_protocol::{ErrorCode, limits, verify};

use super::Workstation;
use crate::error::{ClientError, Result};
use crate::sync::directory::{self, Asker};
use crate::transport::Http;

impl Workstation {
    /// The invite must be of the organisation that this machine pinned; its server is the one that this machine knows.
    pub(super) fn check_pinned(&self, code: &mut InviteCode) -> Result<()> {
        let file = self.enrolled_file()?;
        if file.org != verify::org_id(&code.root) {
            return Err(ClientError::new(ErrorCode::UnknownRoot, "enrol for the organisation of this workstation"));
        }
        code.server = file.server;
        code.ca_der = file.ca_der.0;
        Ok(())
    }

    /// Whether the server would still take the invite.
    pub(super) async fn invite_is_unused(&self, code: &InviteCode) -> Result<bool> {
        match self.check_invite(code).await {
            Ok(()) => Ok(true),
            Err(error) if error.code == ErrorCode::InviteUsed => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// Reads the directory with the invite and verifies the whole chain from the root.
    pub(super) async fn check_invite(&self, code: &InviteCode) -> Result<()> {
        let http = Http::new(&code.server, &code.ca_der, Arc::clone(&self.shared.clock))?;
        let mut directory = Directory::new(code.root);
        directory::fetch(&http, Asker::Invite(code.invite), &mut directory).await?;
        let refused = |code| ClientError::new(code, "use the invite");
        let (invite, used) = directory.invite(&code.invite).ok_or(refused(ErrorCode::InviteUnknown))?;
        let key = SigningKey::from_seed(code.seed.clone()).verify_key();
        let withdrawn = directory.account_revoked(&code.account, code.generation);
        if invite.account != code.account || invite.generation != code.generation || invite.invite_key != key || withdrawn {
            return Err(refused(ErrorCode::InviteUnknown));
        }
        if used {
            return Err(refused(ErrorCode::InviteUsed));
        }
        let now = self.shared.clock.wall_ms();
        if (invite.not_before.saturating_sub(limits::CLOCK_SKEW_MS)..=invite.not_after).contains(&now) {
            Ok(())
        } else {
            Err(refused(ErrorCode::InviteExpired))
        }
    }
}
