//! What is Sotto without a screen? Workstations, sessions, sync, outbox, threads and messages, as values and calls.
//!
//! [`Workstation::open`] is the way in; [`Workstation::sign_in`] gives a [`Session`], which answers everything until [`Session::lock`]. A machine
//! comes in by [`Workstation::enrol_workstation`], a person by [`Workstation::begin_enrol`], and elsewhere by [`Workstation::sign_in_new`].
//! Absent on purpose: any window, any text for people, any second way to the server or to the vault.

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing))]

pub mod clock;
pub mod lock;
pub mod transport;
pub mod view;

mod control;
mod directory;
mod draft;
mod error;
mod event;
mod file;
mod fleet;
mod managed;
mod message;
mod outbox;
mod own_rules;
mod password;
mod people;
mod permissions;
mod pin;
mod preference;
mod receipt;
mod retention;
mod search;
mod search_index;
mod session;
mod sign_ins;
mod statements;
mod sync;
mod thread;
mod workstation;

pub use control::Refusal;
pub use error::{ClientError, Result};
pub use fleet::proof::{ReceiptProof, VerifiedReceipt, verify_receipts};
pub use managed::read_managed;
pub use message::{OutgoingLine, Sent};
pub use session::{OutboxCounts, Session, SessionStatus};
pub use sotto_crypto::root_sheet::Splitting;
pub use workstation::{
    Enrolled, FoundOrg, IDLE_LOCK_S, KeyringChoice, LEASE_MAX_S, LEASE_PRIVATE_S, LEASE_SHARED_S, Options, RootSheets, Workstation,
};
