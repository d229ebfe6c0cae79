//! Who has a message, who had it on a screen, and who took note of it? Each recipient with the devices that said so, and when.

use sotto_protocol::{AccountId, EntryId, ErrorCode, ThreadId};
use sotto_store::table::message::{self, MessageKind};
use sotto_store::table::receipt::{self, Mark, ReachedRow};
use sotto_store::table::{entry, thread};
use sotto_store::{Connection, StoreError};

use crate::error::{Attempt as _, ClientError, Result};
use crate::message::receipts::Known;
use crate::session::{People, Session};
use crate::thread::load_permitted;
use crate::view::{Answer, Reader, ReaderDevice, derive_initials};

/// A recipient as the vault has them.
struct Found {
    account: AccountId,
    devices: Vec<(ReachedRow, Option<u64>, Option<u64>)>,
    acknowledged: Option<(u64, Option<Answer>)>,
}

impl Session {
    /// Whom a message was for, by name, each with what is known of them. Anybody in the thread may ask.
    ///
    /// # Errors
    /// `locked`; `not_found` where there is no such message here.
    pub async fn readers(&self, id: ThreadId, message: EntryId) -> Result<Vec<Reader>> {
        let call = self.enter()?;
        let core = call.core();
        let classes = core.classes();
        let load = core.vault.read(move |vault| find(vault, &load_permitted(vault, classes, id)?, message));
        let found = call.run(async { load.await.attempting("look who has read") }).await?;
        let found = found.ok_or(ClientError::new(ErrorCode::NotFound, "look who has read"))?;
        let people = core.people();
        let mut readers: Vec<Reader> = found.into_iter().map(|one| view(one, &people)).collect();
        readers.sort_by(|a, b| a.name.cmp(&b.name).then(a.account.cmp(&b.account)));
        Ok(readers)
    }
}

fn find(vault: &Connection, thread: &thread::ThreadRow, id: EntryId) -> std::result::Result<Option<Vec<Found>>, StoreError> {
    let Some(place) = entry::load_by_id(vault, thread.row, id)? else { return Ok(None) };
    let line = message::load(vault, thread.row, place.stamp.seq)?.filter(|line| line.kind == MessageKind::Message);
    let Some(line) = line else { return Ok(None) };
    let lines = [line];
    let known = Known::load(vault, thread.row, &lines, &[])?;
    let [line] = &lines;
    let reached = receipt::of_thread(vault, thread.row)?;
    let mut found = Vec::new();
    for account in known.recipients(line) {
        let mut devices = Vec::new();
        for one in reached.iter().filter(|one| one.account == *account && one.stored >= line.seq) {
            let at = |mark| receipt::when(vault, thread.row, one, mark, line.seq);
            devices.push((*one, at(Mark::Stored)?, at(Mark::Displayed)?));
        }
        let acknowledged = known.acknowledgement(line, account).map(|(row, answer)| (row.at, answer.cloned()));
        found.push(Found { account: *account, devices, acknowledged });
    }
    Ok(Some(found))
}

fn view(found: Found, people: &People) -> Reader {
    let name = people.name(&found.account);
    let workstation = |reached: &ReachedRow| {
        let cert = people.directory.device(&reached.device)?;
        people.machine(&cert.workstation).map(|profile| profile.name.clone())
    };
    let devices = found.devices.into_iter().map(|(reached, stored_at, displayed_at)| ReaderDevice {
        device: reached.device,
        workstation: workstation(&reached).unwrap_or_default(),
        stored_at,
        displayed_at,
    });
    let (acknowledged_at, answer) = found.acknowledged.map_or((None, None), |(at, answer)| (Some(at), answer));
    Reader {
        account: found.account,
        title: people.title(&found.account).to_owned(),
        initials: derive_initials(&name),
        name,
        devices: devices.collect(),
        acknowledged_at,
        answer,
    }
}
