//! How does the root make an administrator? By a grant for the key of the person's newest request, from the founder's vault or from sheets.

use sotto_crypto::SigningKey;
use sotto_crypto::statement::sign;
use sotto_protocol::statement::{AdminGrant, Scope, Signer, Statement};
use sotto_protocol::{AccountId, ErrorCode, limits};
use sotto_store::table::identity;

use crate::error::{Attempt as _, ClientError, Result};
use crate::permissions::{permissions, require};
use crate::session::{Core, Session};
use crate::statements;
use crate::sync::directory::refresh;
use crate::view::{SecretText, SheetsView};
use crate::workstation::root_sheets::read_root;

const ATTEMPTED: &str = "make an administrator";
const YEAR_MS: u64 = 366 * 86_400_000;

impl Session {
    /// Grants what the person asked for, with the scopes that their role needs. Without sheets the root's key is this vault's, which only
    /// the founder's has, and nobody grants themselves. With the texts of enough sheets it is the root that decides: any session whose role
    /// has `people` will do, with or without a grant of its own, and for its own request too. Needs the server.
    ///
    /// # Errors
    /// `locked`; `not_permitted`; `not_found` where nobody asks, or where this vault has no root key; `sheet_malformed`, `sheet_foreign`,
    /// `sheet_repeated`, `sheets_too_few`, `sheets_unfit`; those of the server.
    pub async fn grant_admin(&self, account: AccountId, sheets: &[SecretText]) -> Result<()> {
        let call = self.enter()?;
        let core = call.core();
        let may = permissions(core);
        require(if sheets.is_empty() { may.people && account != core.account } else { may.root_sheets })?;
        let granted = async {
            let root = if sheets.is_empty() { load_root(core).await? } else { read_root(sheets, core.org)?.root };
            // What is granted is the newest request there is.
            refresh(core).await?;
            let grant = derive_grant(core, account).ok_or(ClientError::new(ErrorCode::NotFound, ATTEMPTED))?;
            statements::push(core, &sign(&Signer::Root, &Statement::AdminGrant(grant), &root)).await.attempting(ATTEMPTED)
        };
        call.run(granted).await
    }
}

impl Session {
    /// As [`crate::Workstation::check_root_sheets`], at this session's machine.
    ///
    /// # Errors
    /// `locked`. What is wrong with the sheets is in the answer.
    pub fn check_root_sheets(&self, sheets: &[SecretText]) -> Result<SheetsView> {
        self.enter()?.core().workstation.check_root_sheets(sheets)
    }
}

/// The root's key, in the founder's vault.
async fn load_root(core: &Core) -> Result<SigningKey> {
    let who = core.vault.read(identity::load_required).await.attempting(ATTEMPTED)?;
    who.root_seed.map(SigningKey::from_seed).ok_or(ClientError::new(ErrorCode::NotFound, ATTEMPTED))
}

fn derive_grant(core: &Core, account: AccountId) -> Option<AdminGrant> {
    let people = core.people();
    let request = people.directory.admin_request(&account)?;
    let now = core.clock.wall_ms();
    Some(AdminGrant {
        org: core.org,
        grant: request.grant,
        account,
        generation: request.generation,
        admin_key: request.admin_key,
        scopes: Scope::needed_for(people.directory.role(&account)?.permissions()),
        // A little before now: the server's clock may be behind.
        not_before: now.saturating_sub(limits::CLOCK_SKEW_MS),
        not_after: now.saturating_add(10 * YEAR_MS),
    })
}
