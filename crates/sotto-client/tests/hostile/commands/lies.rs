//! How does a server lie on a control connection? It adds statements, leaves them out, stops early, and says that the directory is an older one.

use std::sync::{Arc, Mutex};

use sotto_protocol::feed::Frame;
use sotto_protocol::statement::{Signed, Statement};
use sotto_protocol::{cbor, limits};

use super::super::server::Lie;

const CONTROL: &str = "/v1/control";

/// Adds these behind the true statements, counted as if they were in the directory.
pub struct Adds(pub Vec<Vec<u8>>);

impl Lie for Adds {
    fn frame(&mut self, path: &str, truth: Frame) -> Vec<Frame> {
        let Frame::Directory { version } = truth else { return vec![truth] };
        if path != CONTROL {
            return vec![truth];
        }
        let added = self.0.iter().map(|statement| Frame::Statement { statement: statement.clone() });
        added.chain([Frame::Directory { version: version + self.0.len() as u64 }]).collect()
    }
}

/// Leaves out statements.
pub struct LeavesOut(pub fn(&Statement) -> bool);

impl Lie for LeavesOut {
    fn frame(&mut self, path: &str, truth: Frame) -> Vec<Frame> {
        match &truth {
            Frame::Statement { statement } if path == CONTROL => {
                let signed: Signed = cbor::parse_canonical(statement, limits::STATEMENT_BYTES).unwrap();
                let left_out = (self.0)(&cbor::parse_canonical(&signed.statement, limits::STATEMENT_BYTES).unwrap());
                if left_out { Vec::new() } else { vec![truth] }
            }
            _ => vec![truth],
        }
    }
}

/// Shows the first so many statements, and that these are all.
pub struct Cuts {
    /// How many are still to be shown.
    pub left: u64,
    /// How many it says there are.
    pub told: u64,
}

impl Lie for Cuts {
    fn frame(&mut self, path: &str, truth: Frame) -> Vec<Frame> {
        match truth {
            Frame::Statement { .. } if path == CONTROL && self.left == 0 => Vec::new(),
            Frame::Statement { .. } if path == CONTROL => {
                self.left -= 1;
                vec![truth]
            }
            Frame::Directory { .. } if path == CONTROL => vec![Frame::Directory { version: self.told }],
            other => vec![other],
        }
    }
}

/// Says that the directory is one statement shorter than it is.
pub struct TellsOlder;

impl Lie for TellsOlder {
    fn frame(&mut self, path: &str, truth: Frame) -> Vec<Frame> {
        match truth {
            Frame::Directory { version } if path == CONTROL => vec![Frame::Directory { version: version - 1 }],
            other => vec![other],
        }
    }
}

/// Lies about nothing, and keeps every statement that it passes on.
#[derive(Clone, Default)]
pub struct Keeps(Arc<Mutex<Vec<Vec<u8>>>>);

impl Keeps {
    /// What was passed on, in order.
    pub fn taken(&self) -> Vec<Vec<u8>> {
        self.0.lock().unwrap().clone()
    }
}

impl Lie for Keeps {
    fn frame(&mut self, path: &str, truth: Frame) -> Vec<Frame> {
        if let (CONTROL, Frame::Statement { statement }) = (path, &truth) {
            self.0.lock().unwrap().push(statement.clone());
        }
        vec![truth]
    }
}
