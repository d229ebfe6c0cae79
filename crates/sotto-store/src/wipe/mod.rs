//! How what a workstation keeps of a person, or of everybody, is destroyed: keys first, resumed after any crash, with a list of what went.
//!
//! ```text
//! begin          tombstone on the disk                 nothing of the target opens from here on, the keyring takes nothing for it
//! run     1      count the keys                        so that the list is the same after a crash
//!         2      keyring entries                       K_dev of everybody first: the right password opens nothing from here on
//!         3      vault.key, pin.key                    overwritten, unlinked
//!         4      count the files
//!         5      vault, log, the account's folder, extra paths, tiles
//!         6      scan                                  what is still there is on the list
//! store_receipt  the list, signed by the caller with the workstation's key
//! finish         a workstation: that key, and a marker for the screen; a person: the tombstone
//! ```
//!
//! Each step is durable before the next and may be repeated. A start asks [`pending`] before it opens anything, and for each tombstone
//! goes on: with [`finish`] where [`load_receipt`] has a receipt, else with [`run`]. A workstation's tombstone comes first; people's that
//! stand beside it may get receipts of their own until it is finished, which takes them along.
//!
//! Sessions of the target are closed before [`begin`]. Nothing outside the home and the extra paths is touched, and no link is followed.

mod count;
mod destroy;
mod destroyed;
mod extra;
mod finish;
mod found;
mod ground;
mod receipt;
mod remove;
mod run;
mod tombstone;

pub use destroyed::{Destroyed, Kind, Line};
pub use finish::{Wiped, finish, load_wiped};
pub use receipt::{RECEIPT_BYTES, load_receipt, store_receipt};
pub use run::run;
pub use tombstone::{COMMAND_BYTES, Target, Tombstone, begin, check, pending, stands};

/// Says in the log that a step is over: kinds and steps, never a name or a path.
fn reached(step: &'static str) {
    tracing::info!(step, "wipe");
}
