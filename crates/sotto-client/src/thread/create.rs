//! How does a thread begin? Its key entry and what it is about are queued in one transaction; it can be written to at once, also offline.

use sotto_protocol::event::{Description, Event};
use sotto_protocol::{AccountId, EntryId, ErrorCode, ThreadId, limits};
use sotto_store::table::{member, outbox, thread};

use super::{description, load_row};
use crate::error::{Attempt as _, ClientError, Result};
use crate::outbox::queue::{KeyIntent, create_ref, event_row, key_row};
use crate::session::{Core, Session};
use crate::view::{CreateThreadRequest, ThreadClass, ThreadView};

impl Session {
    /// Begins a thread with these members and the signed-in person.
    ///
    /// # Errors
    /// `locked`; `not_permitted` where the person's own role does not open the class, `member_not_permitted` where a member's does not;
    /// `not_found` for a member nobody vouched for, `account_revoked` for one who is out; `too_large`, `malformed` for texts
    /// outside their limits; `vault_rolled_back`; those of the vault.
    pub async fn create_thread(&self, request: CreateThreadRequest) -> Result<ThreadView> {
        let call = self.enter()?;
        let core = call.core();
        core.check_may_send()?;
        let members = check_members(core, request.class, request.members)?;
        let described = description(request.title, request.patient, request.reason);
        let (id, now, class, me) = (Core::make_id(ThreadId::from_bytes), core.clock.wall_ms(), request.class, core.account);
        let (pairs, classes) = (generations(core, &members), core.classes());
        let key = key_row(id, Core::make_id(EntryId::from_bytes), &KeyIntent::Create { class, members }, now, Some(create_ref(id)));
        let event = (described != Description::default())
            .then(|| event_row(id, Core::make_id(EntryId::from_bytes), Event::Described(described.clone()), now, None))
            .transpose()?;
        let loaded = call
            .run(async {
                let made = core.vault.write(move |vault| {
                    let row = thread::insert(vault, id, class, now)?;
                    thread::join(vault, row, 0)?;
                    member::replace(vault, row, 1, &pairs)?;
                    outbox::queue(vault, &key)?;
                    if let Some(event) = event {
                        thread::describe(vault, row, 0, &described)?;
                        outbox::queue(vault, &event)?;
                    }
                    load_row(vault, classes, id)
                });
                made.await.attempting("begin the thread")
            })
            .await?;
        core.outbox_wake.notify_one();
        core.events.thread_changed(id);
        Ok(loaded.view(&core.people(), me))
    }
}

/// Everybody once, the author included; each known, not out, and of a role that opens the class.
fn check_members(core: &Core, class: ThreadClass, mut members: Vec<AccountId>) -> Result<Vec<AccountId>> {
    let people = core.people();
    members.push(core.account);
    members.sort_unstable();
    members.dedup();
    let refused = |code| Err(ClientError::new(code, "begin the thread"));
    if !core.classes().contains(class) {
        return refused(ErrorCode::NotPermitted);
    }
    if members.len() > limits::MEMBERS {
        return refused(ErrorCode::TooLarge);
    }
    for account in &members {
        if people.directory.account(account).is_none() {
            return refused(ErrorCode::NotFound);
        }
        if people.is_revoked(account) {
            return refused(ErrorCode::AccountRevoked);
        }
        if !people.directory.may_be_in(account, class) {
            return refused(ErrorCode::MemberNotPermitted);
        }
    }
    Ok(members)
}

fn generations(core: &Core, members: &[AccountId]) -> Vec<(AccountId, u32)> {
    let people = core.people();
    members.iter().filter_map(|account| people.directory.sealing_key(account).map(|(generation, _)| (*account, generation))).collect()
}
