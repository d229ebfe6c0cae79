//! What Sotto's parties say to each other: ids, entries, events, statements, requests, limits and error codes.
//!
//! No I/O, no clock, no randomness. docs/PROTOCOL.md is the prose of this crate.

pub mod api;
pub mod cbor;
pub mod directory;
pub mod entry;
pub mod error;
pub mod event;
pub mod feed;
pub mod file;
pub mod id;
pub mod key;
pub mod limits;
pub mod receipt;
pub mod request;
pub mod role;
pub mod session;
pub mod statement;
pub mod verify;

pub use error::ErrorCode;
pub use id::{
    AccountId, AttemptId, CommandId, DeviceId, EntryId, FileId, GrantId, GroupId, IncidentId, InviteId, LoginHandle, OrgId, RecoveryId,
    ThreadId, TokenId, WorkstationId,
};

/// The protocol version this build speaks. A party that speaks another answers `upgrade_required`.
pub const PROTOCOL_VERSION: u16 = 1;
