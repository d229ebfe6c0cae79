//! The server's rows: one file a question, all against the real release binary in a process of its own.

pub mod catch_up;
pub mod idle;
pub mod latency;
pub mod ready;
pub mod throughput;
