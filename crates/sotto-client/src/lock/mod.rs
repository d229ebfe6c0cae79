//! When and how does a session end? `idle` decides when, `end` does it.

mod end;
pub mod idle;

pub use idle::{IdleAction, IdleLock, IdlePolicy};
