//! How do people come into a thread and go out of it? By its next key entry; what is written after that is for the new members.

use sotto_protocol::{AccountId, EntryId, ErrorCode, ThreadId, limits};
use sotto_store::table::outbox::NewOutboxRow;
use sotto_store::table::{member, outbox};
use sotto_store::{Connection, StoreError};

use super::load_permitted;
use crate::error::{Attempt as _, ClientError, Result};
use crate::outbox::queue::{KeyIntent, key_row};
use crate::session::{Core, People, Session};

impl Session {
    /// Takes people in and puts people out. Done when the key entry comes back from the server; who comes in reads what came before where
    /// the policy allows it.
    ///
    /// # Errors
    /// `locked`; `not_found` for a thread that is not there or a person nobody vouched for; `account_revoked` for one who is out,
    /// `member_not_permitted` for one whose role does not open the thread's class;
    /// `malformed` for a change that changes nothing, `too_large` for too many; `vault_rolled_back`.
    pub async fn change_members(&self, id: ThreadId, add: Vec<AccountId>, remove: Vec<AccountId>) -> Result<EntryId> {
        let call = self.enter()?;
        let core = call.core();
        core.check_may_send()?;
        check_people(core, &add)?;
        let (entry, people, me) = (Core::make_id(EntryId::from_bytes), core.people(), core.account);
        let row = key_row(id, entry, &KeyIntent::Members { add: add.clone(), remove: remove.clone() }, core.clock.wall_ms(), None);
        let queued = core.vault.write(move |vault| queue(vault, &people, me, &row, &add, &remove));
        call.run(async { queued.await.attempting("change the members") }).await?.map_or(Ok(()), |code| Err(refused(code)))?;
        core.outbox_wake.notify_one();
        core.events.thread_changed(id);
        Ok(entry)
    }
}

fn check_people(core: &Core, add: &[AccountId]) -> Result<()> {
    let people = core.people();
    add.iter().try_for_each(|account| match people.directory.account(account) {
        None => Err(refused(ErrorCode::NotFound)),
        Some(_) if people.is_revoked(account) => Err(refused(ErrorCode::AccountRevoked)),
        Some(_) => Ok(()),
    })
}

/// Queues the intent, or gives the code of a change that cannot be.
fn queue(
    vault: &Connection,
    people: &People,
    me: AccountId,
    row: &NewOutboxRow,
    add: &[AccountId],
    remove: &[AccountId],
) -> std::result::Result<Option<ErrorCode>, StoreError> {
    let thread = load_permitted(vault, people.directory.classes_of(&me), row.thread)?;
    let members = member::of_thread(vault, thread.row)?;
    let is_member = |account: &AccountId| members.iter().any(|member| member.account == *account);
    if !thread.joined {
        return Ok(Some(ErrorCode::NotAMember));
    }
    if members.len() + add.len() > limits::MEMBERS {
        return Ok(Some(ErrorCode::TooLarge));
    }
    if !add.iter().all(|account| people.directory.may_be_in(account, thread.class)) {
        return Ok(Some(ErrorCode::MemberNotPermitted));
    }
    if add.iter().all(is_member) && !remove.iter().any(is_member) {
        return Ok(Some(ErrorCode::Malformed));
    }
    outbox::queue(vault, row)?;
    Ok(None)
}

const fn refused(code: ErrorCode) -> ClientError {
    ClientError::new(code, "change the members")
}
