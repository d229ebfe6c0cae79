//! What kind of line is a judged entry? An event may make it another one when it is folded.

use sotto_store::table::message::{self, MessageKind};

use super::verify::Verdict;
use crate::view::{Change, TombstoneReason};

/// The kind, as far as the verdict says it.
pub(super) const fn kind_of(verdict: &Verdict) -> MessageKind {
    match verdict {
        Verdict::Key(key) => MessageKind::Change(change(key.change)),
        Verdict::Event(_) => MessageKind::Message,
        Verdict::Tombstone(reason) => MessageKind::Tombstone(tombstone(*reason)),
    }
}

const fn change(change: Change) -> message::Change {
    match change {
        Change::Created => message::Change::Created,
        Change::Members => message::Change::Members,
        Change::Described => message::Change::Described,
        Change::Rotated => message::Change::Rotated,
        Change::Exported => message::Change::Exported,
    }
}

const fn tombstone(reason: TombstoneReason) -> message::Tombstone {
    match reason {
        TombstoneReason::BadSignature => message::Tombstone::BadSignature,
        TombstoneReason::UnknownAuthor => message::Tombstone::UnknownAuthor,
        TombstoneReason::CannotDecrypt => message::Tombstone::CannotDecrypt,
        TombstoneReason::Malformed => message::Tombstone::Malformed,
        TombstoneReason::NotAMember => message::Tombstone::NotAMember,
        TombstoneReason::UnknownKind => message::Tombstone::UnknownKind,
    }
}
