//! Who asks, and whether they may still: the proof of a request, its nonce, its rate.

mod anyone;
mod device;
mod gate;
mod nonces;
mod proof;
mod rate;
mod sessions;
mod workstation;

pub use anyone::Anyone;
pub use device::Device;
pub use gate::Gate;
pub use sessions::Sessions;
pub use workstation::{Controlled, Workstation};
