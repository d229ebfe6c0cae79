//! When and how does a session end? `idle` decides when, `lock` does it.

pub mod idle;
mod lock;

pub use idle::{IdleAction, IdleLock, IdlePolicy};
