//! What the vault's database holds: one file a table, each with its row and everything that is asked of it. SQL stands only here.
//!
//! Functions take a connection: inside [`crate::Vault::write`] it is the one transaction of that job.

pub mod awaited;
pub mod draft;
pub mod entry;
pub mod epoch;
pub mod file;
pub mod identity;
pub mod login;
pub mod member;
pub mod message;
pub mod meta;
pub mod outbox;
pub mod own_device;
pub mod preference;
pub mod receipt;
pub mod search;
pub mod statement;
pub mod thread;

mod column;
mod schema;

pub(crate) use schema::MIGRATIONS;

/// Bits of a rowid that are the seq: a rowid is `thread_row << SEQ_BITS | seq`, so that a thread's rows lie together, in order.
const SEQ_BITS: u32 = 40;

/// The rowid of a thread's seq. Seqs of 2^40 and more do not occur: at one entry a microsecond that is twelve days of one thread.
const fn rowid(thread_row: i64, seq: u64) -> i64 {
    const LAST: u64 = (1 << SEQ_BITS) - 1;
    (thread_row << SEQ_BITS) | (if seq > LAST { LAST } else { seq }) as i64
}

/// The seq of a rowid.
const fn seq_of(rowid: i64) -> u64 {
    (rowid & ((1 << SEQ_BITS) - 1)) as u64
}

/// The thread's row of a rowid.
const fn thread_of(rowid: i64) -> i64 {
    rowid >> SEQ_BITS
}

#[cfg(test)]
pub(crate) mod testing;
