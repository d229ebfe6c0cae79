//! How is a machine let in? By a token that an admin makes and carries to it; the server never sees what makes it worth something.

use serde_bytes::ByteBuf;
use sotto_crypto::profile::seal_workstation;
use sotto_crypto::workstation_token::WorkstationTokenCode;
use sotto_crypto::{OsRandom, Secret32, SigningKey};
use sotto_protocol::statement::{Statement, WorkstationProfile, WorkstationToken};
use sotto_protocol::{ErrorCode, TokenId, limits};

use crate::error::{Attempt as _, ClientError, Result};
use crate::people::DAY_MS;
use crate::permissions::{permissions, require};
use crate::session::{Core, Session};
use crate::statements;
use crate::view::{MakeWorkstationTokenRequest, SecretText, WorkstationTokenView};

impl Session {
    /// Makes a token for one machine. Needs the server.
    ///
    /// # Errors
    /// `locked`, `not_permitted`; `too_large` for names; those of the server and the keyring.
    pub async fn make_workstation_token(&self, request: MakeWorkstationTokenRequest) -> Result<WorkstationTokenView> {
        let call = self.enter()?;
        let core = call.core();
        require(permissions(core).workstations)?;
        let machine = core.workstation.machine()?;
        let (seed, token) = (Secret32::generate(&mut OsRandom::new()), Core::make_id(TokenId::from_bytes));
        let profile = WorkstationProfile { name: request.name.trim().to_owned(), location: request.location.trim().to_owned() };
        let sealed = seal_workstation(&core.keys.directory, token, &profile, &mut OsRandom::new())
            .map_err(|_| ClientError::new(ErrorCode::TooLarge, "take the workstation's name"))?;
        let now = core.clock.wall_ms();
        let expires_at = now.saturating_add(u64::from(request.days.max(1)) * DAY_MS);
        let statement = Statement::WorkstationToken(WorkstationToken {
            org: core.org,
            token,
            token_key: SigningKey::from_seed(seed.clone()).verify_key(),
            kind: request.kind,
            profile: ByteBuf::from(sealed),
            not_before: now.saturating_sub(limits::CLOCK_SKEW_MS),
            not_after: expires_at,
        });
        call.run(statements::assert(core, &statement)).await.attempting("make a workstation token")?;
        let code = WorkstationTokenCode {
            server: machine.file.server,
            ca_der: machine.file.ca_der.0,
            root: *core.people().directory.root(),
            workstation_secret: machine.secret,
            token,
            seed,
            kind: request.kind,
        };
        let text = SecretText::new(code.encode());
        Ok(WorkstationTokenView { name: profile.name, location: profile.location, kind: request.kind, text, expires_at })
    }
}
