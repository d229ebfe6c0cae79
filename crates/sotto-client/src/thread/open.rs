//! What is to be seen of one thread besides its log: its row, its members, and what is wrong with it.

use sotto_protocol::role::Classes;
use sotto_protocol::{AccountId, ThreadId};
use sotto_store::table::{member, thread};
use sotto_store::{Connection, StoreError};

use super::list::load_patients;
use super::{load_permitted, view_row, view_warnings};
use crate::error::{Attempt as _, Result};
use crate::session::{People, Session};
use crate::view::{PatientView, ThreadView};

/// A thread's parts in the vault.
pub(crate) struct Loaded {
    row: thread::ListRow,
    members: Vec<member::MemberRow>,
    patients: Vec<PatientView>,
}

impl Session {
    /// A thread.
    ///
    /// # Errors
    /// `locked`, `not_found`.
    pub async fn thread(&self, thread: ThreadId) -> Result<ThreadView> {
        let call = self.enter()?;
        let core = call.core();
        let classes = core.classes();
        let load = core.vault.read(move |vault| load_row(vault, classes, thread));
        let loaded = call.run(async { load.await.attempting("open the thread") }).await?;
        Ok(loaded.view(&core.people(), core.account))
    }
}

/// Loads a thread for a view, if its class is among those that the person may know of.
pub(crate) fn load_row(vault: &Connection, classes: Classes, id: ThreadId) -> std::result::Result<Loaded, StoreError> {
    let number = load_permitted(vault, classes, id)?.row;
    let row = thread::list_row(vault, number)?.ok_or(StoreError::NotFound("thread"))?;
    let patients = if row.thread.patient.is_some() { load_patients(vault)? } else { Vec::new() };
    Ok(Loaded { members: member::of_thread(vault, number)?, row, patients })
}

impl Loaded {
    /// The thread with names.
    pub fn view(self, people: &People, me: AccountId) -> ThreadView {
        let thread = &self.row.thread;
        let (epoch, last_seq, read_seq, bits) = (thread.epoch, thread.last_seq, thread.read_seq, thread.warnings);
        ThreadView {
            members: self.members.iter().map(|member| people.member(member.account)).collect(),
            epoch,
            last_seq,
            read_seq,
            warnings: view_warnings(bits),
            row: view_row(self.row, &self.members, people, me, &self.patients),
        }
    }
}
