//! What whom is told about a committed entry: one encoded frame for all readers, and of a key entry each reader's own.

use bytes::Bytes;
use sotto_protocol::AccountId;
use sotto_protocol::entry::Stamp;
use sotto_protocol::feed::Frame;
use sotto_protocol::role::Permission;

use crate::feed::Registry;
use crate::organisation::SharedOrganisation;
use crate::store::{NewEntry, NewEpoch, Verdict};

/// Puts every stored entry of a batch before the feeds of its readers, in the order of positions.
/// Whoever's role does not open the thread's class any more gets none of it.
pub fn deliver(registry: &Registry, organisation: &SharedOrganisation, batch: &[NewEntry], verdicts: &[Verdict]) {
    let organisation = organisation.read();
    let permits = |reader: &AccountId, permission| organisation.as_ref().is_some_and(|known| known.directory().permits(reader, permission));
    let mut feeds = registry.deliver();
    for (entry, verdict) in batch.iter().zip(verdicts) {
        let Verdict::Stored { stamp, class, readers } = verdict else { continue };
        let sees = |reader: &AccountId| permits(reader, Permission::of(*class));
        match &entry.key {
            None => {
                let mut shared = None;
                let mut frame = |_| shared.get_or_insert_with(|| encode(stamp, entry, None)).clone();
                feeds.push(readers, &sees, stamp.position, &mut frame);
            }
            Some(key) => feeds.push(readers, &sees, stamp.position, &mut |reader| encode(stamp, entry, box_of(key, reader))),
        }
    }
}

fn encode(stamp: &Stamp, entry: &NewEntry, key_box: Option<Vec<u8>>) -> Bytes {
    Bytes::from(Frame::Entry { stamp: *stamp, entry: entry.bytes.to_vec(), key_box }.encode())
}

fn box_of(key: &NewEpoch, reader: AccountId) -> Option<Vec<u8>> {
    let index = key.members.binary_search(&reader).ok()?;
    key.boxes.get(index).map(|bytes| bytes.to_vec())
}
