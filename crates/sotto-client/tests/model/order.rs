//! What can a client be told, and what does it answer? A line of JSON each, over a socket.

use std::path::PathBuf;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use sotto_client::view::{Answer, ErrorCode, Priority};
use sotto_protocol::{AccountId, EntryId, ThreadId};
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::TcpStream;

use super::seen::{Counts, Seen};

/// What a person does in a thread. Doing it twice is as good as once: after a kill nobody knows whether it was done, and it is done again.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub enum Deed {
    /// Each text is its own reference, too: the same again sends nothing.
    Send {
        texts: Vec<String>,
        priority: Priority,
        answers: Vec<Answer>,
    },
    /// These lines were on the screen. `jumps`: there is something unread before them, so nothing comes of it.
    Display {
        from: u64,
        to: u64,
        jumps: bool,
    },
    /// Everything after this is to count as unread.
    Unread {
        after: u64,
    },
    Acknowledge {
        message: EntryId,
        answer: Option<Answer>,
    },
    Describe {
        title: String,
    },
    TakeIn {
        account: AccountId,
    },
}

/// What is waited for.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub enum Awaited {
    /// So many people are in the directory.
    People(usize),
    /// The server is heard, and nothing waits to be sent.
    Sent,
    /// So many messages of the thread are here.
    Messages { thread: ThreadId, count: usize },
    /// The thread is here up to this, and from its beginning: with so many lines.
    Log { thread: ThreadId, seq: u64, lines: usize },
    /// So many devices said that they have the newest message.
    Stored { thread: ThreadId, devices: usize },
    /// This is unread, and known of each message.
    Counts { thread: ThreadId, unread: u32, counts: Vec<(EntryId, Counts)> },
}

/// What a client is told.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub enum Order {
    /// The first one: sign in there. `ahead_ms`: of the machine's clock.
    Open {
        home: PathBuf,
        account: AccountId,
        ahead_ms: i64,
    },
    SetClock {
        ahead_ms: i64,
    },
    Reconnect,
    Create {
        members: Vec<AccountId>,
        title: String,
    },
    Do {
        thread: ThreadId,
        deed: Deed,
    },
    Look {
        thread: ThreadId,
        readers: bool,
    },
    Await(Awaited),
}

/// What it answers.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub enum Reply {
    Done,
    Created(ThreadId),
    Seen(Box<Seen>),
    Refused(ErrorCode),
    /// What was awaited did not come.
    Vain,
}

/// One end of the socket.
pub struct Wire(BufReader<TcpStream>);

impl Wire {
    pub fn new(stream: TcpStream) -> Self {
        stream.set_nodelay(true).unwrap();
        Self(BufReader::new(stream))
    }

    /// Whether the other side is still there.
    pub async fn tell<T: Serialize>(&mut self, what: &T) -> bool {
        let mut line = serde_json::to_vec(what).unwrap();
        line.push(b'\n');
        self.0.get_mut().write_all(&line).await.is_ok()
    }

    /// `None` where the other side is gone.
    pub async fn hear<T: DeserializeOwned>(&mut self) -> Option<T> {
        let mut line = String::new();
        self.0.read_line(&mut line).await.ok()?;
        line.ends_with('\n').then(|| serde_json::from_str(&line).unwrap())
    }
}
