//! How much of anything the server holds or waits for. Limits of the wire itself are in [`sotto_protocol::limits`].

use std::time::Duration;

/// Entries in one transaction. More wait for the next one.
pub const BATCH_ENTRIES: usize = 512;
/// Requests that wait for the committing task. When there are more, requests answer `server_busy`.
pub const QUEUED_REQUESTS: usize = 2_048;
/// Requests with more bytes than this are parsed and checked on a thread of their own.
pub const INLINE_CHECK_BYTES: usize = 32 * 1024;
/// Frames that wait for a feed's reader. When there are more, the feed drops them and reads the store instead.
pub const FEED_FRAMES: usize = 256;
/// Bytes of such frames.
pub const FEED_BYTES: usize = 512 * 1024;
/// Feeds a device may have open; opening one more ends the oldest, which is most likely a dead connection.
pub const FEEDS_PER_DEVICE: usize = 4;
/// How long a file may stay incomplete, in milliseconds: a week, so that a machine that was off over a weekend goes on.
pub const FILE_UNFINISHED_MS: u64 = 7 * 86_400_000;
/// Entries of a page of a feed or a range.
pub const PAGE_ENTRIES: usize = 512;
/// Bytes of a page of a feed or a range.
pub const PAGE_BYTES: usize = 256 * 1024;
/// Newest entries of each thread that a new vault may ask for at once.
pub const OUTLINE_NEWEST: u64 = 200;
/// Statements of a page of the directory.
pub const DIRECTORY_ENTRIES: usize = 256;
/// Bytes of a page of the directory.
pub const DIRECTORY_BYTES: usize = 1024 * 1024;
/// Statements of a founding.
pub const FOUNDING_STATEMENTS: usize = 16;
/// How old an admin's statement may be when it arrives, in milliseconds: an admin whose time is over cannot date it back.
pub const STATEMENT_AGE_MS: u64 = 3_600_000;
/// Devices of one account that may be used at once: far more than the machines a person works at.
pub const DEVICES_PER_ACCOUNT: usize = 512;
/// OPAQUE messages that are worked on at once. More wait for a turn: their proofs and rates were checked before.
pub const OPAQUE_AT_ONCE: usize = 4;
/// Addresses whose rate is remembered.
pub const ADDRESSES: usize = 16_384;
/// Time for a TLS handshake.
pub const HANDSHAKE_TIME: Duration = Duration::from_secs(10);
/// Time until a connection's first request, and for an HTTP/1.1 request's header.
pub const HEADER_TIME: Duration = Duration::from_secs(10);
/// Time for a request's body.
pub const BODY_TIME: Duration = Duration::from_secs(30);
/// Time that connections have to end when the server stops.
pub const STOP_TIME: Duration = Duration::from_secs(10);
/// How often the server looks for feeds whose device's certificate is over.
pub const SWEEP_TIME: Duration = Duration::from_secs(30);
/// Seconds after which a request that was refused for lack of room may come again.
pub const RETRY_BUSY_S: u64 = 1;
/// Streams of one HTTP/2 connection.
pub const STREAMS: u32 = 64;
/// Bytes of a request's header list.
pub const HEADER_BYTES: u32 = 16 * 1024;

/// A rate: how many at once, and how many more each second.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rate {
    /// At once.
    pub burst: f64,
    /// Each second.
    pub per_second: f64,
}

/// The limits that whoever runs a server may set.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Limits {
    /// Open connections; more wait in the system's queue.
    pub connections: usize,
    /// Signed requests of one device, or of one workstation.
    pub device: Rate,
    /// Requests without proof, and failed proofs, of one address (IPv6: one /64).
    pub address: Rate,
    /// Nonces that are remembered for a device or a workstation while they could be replayed. When there are more, it is throttled: a
    /// nonce is never forgotten early.
    pub nonces: usize,
    /// Pages of 4 KiB the database may grow to; `None` leaves it to the disk.
    pub database_pages: Option<u32>,
    /// Bytes that the sealed chunks of all files together may take.
    pub file_bytes: u64,
}

impl Default for Limits {
    /// 250 requests a second for the four minutes that a nonce lives fit into the nonces.
    fn default() -> Self {
        Self {
            connections: 60_000,
            device: Rate { burst: 500.0, per_second: 250.0 },
            // A clinic of hundreds enrols behind one address.
            address: Rate { burst: 1_000.0, per_second: 50.0 },
            nonces: 65_536,
            database_pages: None,
            file_bytes: 64 << 30,
        }
    }
}
