//! When and how does a session end? `idle` decides when, `lock` does it.

pub mod idle;
#[allow(clippy::module_inception, reason = "the feature and its act are one word at every layer")]
mod lock;

pub use idle::{IdleAction, IdleLock, IdlePolicy};
