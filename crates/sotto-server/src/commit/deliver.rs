//! What whom is told about a committed entry: one encoded frame for all readers, and of a key entry each reader's own.

use bytes::Bytes;
use sotto_protocol::AccountId;
use sotto_protocol::entry::Stamp;
use sotto_protocol::feed::Frame;

use crate::feed::Registry;
use crate::store::{NewEntry, NewEpoch, Verdict};

/// Puts every stored entry of a batch before the feeds of its readers, in the order of positions.
pub fn deliver(registry: &Registry, batch: &[NewEntry], verdicts: &[Verdict]) {
    let mut feeds = registry.deliver();
    for (entry, verdict) in batch.iter().zip(verdicts) {
        let Verdict::Stored { stamp, readers } = verdict else { continue };
        match &entry.key {
            None => {
                let mut shared = None;
                let mut frame = |_| shared.get_or_insert_with(|| encode(stamp, entry, None)).clone();
                feeds.push(readers, stamp.position, &mut frame);
            }
            Some(key) => feeds.push(readers, stamp.position, &mut |reader| encode(stamp, entry, box_of(key, reader))),
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
