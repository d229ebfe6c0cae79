//! Who asks, and whether they may still: the proof of a request, its nonce, its rate.

mod device;
mod nonces;
mod rate;
mod sessions;

pub use device::{Anyone, Device};
pub use sessions::Sessions;

use std::net::SocketAddr;

use sotto_protocol::key::Salt;
use sotto_protocol::{DeviceId, ErrorCode};
use tokio::time::Instant;

use crate::limits::{ADDRESSES, Limits};
use nonces::Nonces;
use rate::Buckets;

/// Devices whose rate is remembered: more than an organisation has.
const DEVICES: usize = 65_536;

/// Remembers nonces and rates, in bounded memory.
#[derive(Debug)]
pub struct Gate {
    devices: Buckets<DeviceId>,
    addresses: Buckets<[u8; 16]>,
    nonces: Nonces,
}

impl Gate {
    /// Nothing seen yet.
    pub fn new(limits: &Limits) -> Self {
        Self {
            devices: Buckets::new(limits.device, DEVICES),
            addresses: Buckets::new(limits.address, ADDRESSES),
            nonces: Nonces::new(limits.nonces),
        }
    }

    /// Counts a request without proof, or a failed proof.
    ///
    /// # Errors
    /// [`ErrorCode::Throttled`].
    pub fn check_address(&self, peer: SocketAddr) -> Result<(), ErrorCode> {
        if self.addresses.take(rate::address_key(peer.ip()), Instant::now()) { Ok(()) } else { Err(ErrorCode::Throttled) }
    }

    /// Counts a device's proven request and remembers its nonce.
    ///
    /// # Errors
    /// [`ErrorCode::Throttled`] or [`ErrorCode::RequestReplayed`].
    pub fn check_device(&self, device: DeviceId, nonce: &Salt, now: u64) -> Result<(), ErrorCode> {
        if !self.devices.take(device, Instant::now()) {
            return Err(ErrorCode::Throttled);
        }
        self.nonces.remember(device, *nonce, now)
    }
}
