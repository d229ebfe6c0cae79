//! How do bytes get to the server and back? Over TLS 1.3 under one pinned authority, each request signed by the device or the workstation.

mod clock_offset;
pub mod files;
pub mod frame;
pub mod http;
mod session;
pub mod signed;
pub mod tls;

pub use http::{FrameStream, Http};
pub use signed::{DeviceSigner, ProveRequest, RequestSigner, WorkstationSigner};
