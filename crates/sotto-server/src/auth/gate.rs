//! Who may still ask: the nonces and the rates of those who prove themselves, and the rates of addresses, in bounded memory.

use std::hash::Hash;
use std::net::SocketAddr;

use sotto_protocol::key::Salt;
use sotto_protocol::{DeviceId, ErrorCode, WorkstationId};
use tokio::time::Instant;

use super::nonces::Nonces;
use super::rate::{self, Buckets};
use crate::limits::{ADDRESSES, Limits};

/// Devices, and workstations, whose rate is remembered: more than an organisation has.
const ASKERS: usize = 65_536;

/// What is remembered of one kind of asker. A device may choose the id of a workstation: what it uses up is its own.
#[derive(Debug)]
pub struct Asker<P> {
    rates: Buckets<P>,
    nonces: Nonces<P>,
}

impl<P: Hash + Eq + Copy> Asker<P> {
    fn new(limits: &Limits) -> Self {
        Self { rates: Buckets::new(limits.device, ASKERS), nonces: Nonces::new(limits.nonces) }
    }

    /// Counts a proven request and remembers its nonce.
    ///
    /// # Errors
    /// [`ErrorCode::Throttled`] or [`ErrorCode::RequestReplayed`].
    pub fn check(&self, by: P, nonce: &Salt, now: u64) -> Result<(), ErrorCode> {
        if !self.rates.take(by, Instant::now()) {
            return Err(ErrorCode::Throttled);
        }
        self.nonces.remember(by, *nonce, now)
    }
}

/// Remembers nonces and rates.
#[derive(Debug)]
pub struct Gate {
    /// Of devices.
    pub devices: Asker<DeviceId>,
    /// Of workstations.
    pub workstations: Asker<WorkstationId>,
    addresses: Buckets<[u8; 16]>,
}

impl Gate {
    /// Nothing seen yet.
    pub fn new(limits: &Limits) -> Self {
        Self { devices: Asker::new(limits), workstations: Asker::new(limits), addresses: Buckets::new(limits.address, ADDRESSES) }
    }

    /// Counts a request without proof, or a failed proof.
    ///
    /// # Errors
    /// [`ErrorCode::Throttled`].
    pub fn check_address(&self, peer: SocketAddr) -> Result<(), ErrorCode> {
        if self.addresses.take(rate::address_key(peer.ip()), Instant::now()) { Ok(()) } else { Err(ErrorCode::Throttled) }
    }
}
