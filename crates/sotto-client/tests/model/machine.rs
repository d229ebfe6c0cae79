//! How is a client started, told something, killed and started again? As a child of this test, by its process id and nothing else.

use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use sotto_client::view::ErrorCode;
use sotto_protocol::{AccountId, ThreadId};
use tokio::net::TcpListener;

use super::history::BORNE_MS;
use super::line::Line;
use super::order::{Awaited, Deed, Order, Reply, Wire};
use super::seen::Seen;
use super::{DOOR, TEST};

/// How long an answer is waited for: longer than a client waits for anything.
const PATIENCE: Duration = Duration::from_secs(90);

/// A child that is killed when it is not needed any more, however that comes.
struct Killed(Child);

impl Drop for Killed {
    fn drop(&mut self) {
        // SIGKILL, on Unix; it is gone, with its lock on the home, when this returns.
        self.0.kill().ok();
        self.0.wait().ok();
    }
}

struct Program {
    // Dropped first: it is to die, and not to hear that nobody listens.
    _child: Killed,
    wire: Wire,
    /// Its first answer, that it has signed in, has not been heard yet.
    opening: bool,
}

/// A machine with one person at it.
pub struct Machine {
    pub name: &'static str,
    pub account: AccountId,
    home: PathBuf,
    line: Line,
    /// By how much the server's clock is ahead of the one of the computer that all of this runs on.
    server_ahead_ms: i64,
    /// By how much its clock is ahead of the server's.
    skew_ms: i64,
    program: Option<Program>,
    /// What it was doing when it was killed.
    unsure: Option<(ThreadId, Deed)>,
}

impl Machine {
    pub fn new(name: &'static str, account: AccountId, home: PathBuf, line: Line, server_ahead_ms: i64) -> Self {
        Self { name, account, home, line, server_ahead_ms, skew_ms: 0, program: None, unsure: None }
    }

    pub fn is_running(&self) -> bool {
        self.program.is_some()
    }

    /// Whether it runs, reaches the server, and has a clock that the server bears.
    pub fn is_in_touch(&self) -> bool {
        self.is_running() && !self.line.is_cut() && self.skew_ms.abs() <= BORNE_MS
    }

    /// Starts it, unless it runs; it signs in by itself meanwhile.
    pub async fn start(&mut self) {
        if self.is_running() {
            return;
        }
        if self.skew_ms.abs() > BORNE_MS {
            // Somebody puts the clock right first: with a lease from another day the vault would not open without the server.
            self.skew_ms = 0;
        }
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let mut command = Command::new(std::env::current_exe().unwrap());
        command.args(["--exact", TEST, "--nocapture", "--test-threads", "1"]).env(DOOR, listener.local_addr().unwrap().to_string());
        let child = Killed(command.stdin(Stdio::null()).stdout(Stdio::null()).spawn().unwrap());
        let (stream, _) = tokio::time::timeout(PATIENCE, listener.accept()).await.expect("a client does not report").unwrap();
        let mut wire = Wire::new(stream);
        let (home, account, ahead_ms) = (self.home.clone(), self.account, self.server_ahead_ms + self.skew_ms);
        wire.tell(&Order::Open { home, account, ahead_ms }).await;
        self.program = Some(Program { _child: child, wire, opening: true });
    }

    /// Waits until it has signed in. What it was killed at it does again first.
    pub async fn opened(&mut self) {
        let program = self.program.as_mut().expect("it was started");
        if !program.opening {
            return;
        }
        let reply = heard(&mut program.wire, self.name).await;
        assert!(matches!(reply, Reply::Done), "{} does not open: {reply:?}", self.name);
        program.opening = false;
        if let Some((thread, deed)) = self.unsure.take() {
            act(program, self.name, thread, deed).await;
        }
    }

    /// Tells it something; gives what it answers.
    pub async fn ask(&mut self, order: Order) -> Reply {
        self.opened().await;
        exchange(self.program.as_mut().expect("it was started"), self.name, &order).await
    }

    /// Does it, which nothing may hinder.
    pub async fn act(&mut self, thread: ThreadId, deed: Deed) {
        self.opened().await;
        act(self.program.as_mut().expect("it was started"), self.name, thread, deed).await;
    }

    /// Waits for it; true where it came.
    pub async fn wait(&mut self, awaited: Awaited) -> bool {
        matches!(self.ask(Order::Await(awaited)).await, Reply::Done)
    }

    /// What it shows of a thread; nothing where it does not know it.
    pub async fn look(&mut self, thread: ThreadId, readers: bool) -> Option<Seen> {
        match self.ask(Order::Look { thread, readers }).await {
            Reply::Seen(seen) => Some(*seen),
            Reply::Refused(ErrorCode::NotFound) => None,
            other => panic!("{}: {other:?}", self.name),
        }
    }

    /// Kill -9, in the middle of something or of nothing. Never while it signs in: that counts as a guess at the password.
    pub async fn kill(&mut self, during: Option<(ThreadId, Deed)>, after: Duration) {
        self.opened().await;
        let mut program = self.program.take().expect("it was started");
        if let Some((thread, deed)) = during.clone() {
            program.wire.tell(&Order::Do { thread, deed }).await;
        }
        // Not a wait for something: the moment of the power cut is what is random here.
        tokio::time::sleep(after).await;
        drop(program);
        self.unsure = during;
    }

    /// Cuts it off; true where it was not.
    pub fn cut(&self) -> bool {
        let was_cut = self.line.is_cut();
        self.line.cut();
        !was_cut
    }

    /// Lets it reach the server again, and tells it so where it runs.
    pub async fn mend(&mut self) {
        self.line.mend();
        if self.is_running() {
            self.ask(Order::Reconnect).await;
        }
    }

    /// Sets its clock.
    pub async fn set_clock(&mut self, skew_ms: i64) {
        let was_wrong = self.skew_ms.abs() > BORNE_MS;
        self.skew_ms = skew_ms;
        if self.is_running() {
            self.ask(Order::SetClock { ahead_ms: self.server_ahead_ms + skew_ms }).await;
        }
        if was_wrong && !self.line.is_cut() {
            // A feed that was open before the clock went wrong is open still, and what failed beside it is asked for again with the next one.
            self.line.cut();
            self.line.mend();
        }
    }

    /// It runs, reaches the server, and has a clock that the server bears.
    pub async fn bring_back(&mut self) {
        self.start().await;
        if self.skew_ms.abs() > BORNE_MS {
            self.set_clock(0).await;
        }
        self.mend().await;
    }
}

async fn act(program: &mut Program, name: &str, thread: ThreadId, deed: Deed) {
    let reply = exchange(program, name, &Order::Do { thread, deed: deed.clone() }).await;
    // Who is in already is not taken in once more.
    let was_in = matches!((&deed, &reply), (Deed::TakeIn { .. }, Reply::Refused(ErrorCode::Malformed)));
    assert!(was_in || matches!(reply, Reply::Done), "{name}: {deed:?}: {reply:?}");
}

async fn exchange(program: &mut Program, name: &str, order: &Order) -> Reply {
    assert!(program.wire.tell(order).await, "{name} is gone");
    heard(&mut program.wire, name).await
}

async fn heard(wire: &mut Wire, name: &str) -> Reply {
    let reply = tokio::time::timeout(PATIENCE, wire.hear()).await;
    reply.unwrap_or_else(|_| panic!("{name} does not answer")).unwrap_or_else(|| panic!("{name} ended by itself"))
}
