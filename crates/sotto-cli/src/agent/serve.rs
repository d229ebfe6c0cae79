//! What does the background session do? It runs commands one connection each, and locks on `sotto lock`, on idleness, or on a signal; it
//! ends with its session.

use std::fs::Permissions;
use std::io::Write as _;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use clap::Parser as _;
use sotto_client::clock::Clock;
use sotto_client::lock::{IdleAction, IdleLock};
use sotto_client::view::{AppEvent, ErrorCode};
use sotto_client::{Session, Workstation};
use tokio::io::{AsyncBufReadExt as _, AsyncWrite, AsyncWriteExt as _, BufReader};
use tokio::net::unix::OwnedWriteHalf;
use tokio::net::{UnixListener, UnixStream};
use tokio::sync::Notify;
use tokio::sync::broadcast::error::RecvError;
use tokio::task::JoinSet;

use super::{Answer, Request, socket};
use crate::args::{Cli, Command};
use crate::command::{self, Context};
use crate::failure::{Failure, Outcome};
use crate::output::{self, Line, to_json};

/// The longest command line that is read, in bytes: a message of the longest text fits many times.
const REQUEST_BYTES: u64 = 1024 * 1024;

/// How long a command's receipt is waited for at the end; one that is not delivered is kept for the next hearing.
const RECEIPTS: Duration = Duration::from_secs(3);

struct Agent {
    workstation: Workstation,
    session: Session,
    /// Commands that hold the session awake. Watching does not: nobody may be there.
    awake: AtomicUsize,
    used: Notify,
    end: Notify,
    /// Who asked for the lock: answered when nothing of the session and the home is open any more.
    goodbye: Mutex<Option<OwnedWriteHalf>>,
}

/// Listens until something locks the session; the session is locked and the socket gone when it returns.
///
/// # Errors
/// `internal` if the home takes no socket.
pub async fn serve(home: &Path, workstation: Workstation, session: Session, clock: Arc<dyn Clock>) -> Outcome {
    let path = socket(home);
    let _ = std::fs::remove_file(&path);
    let listener = UnixListener::bind(&path).map_err(|_| Failure::new(ErrorCode::Internal))?;
    std::fs::set_permissions(&path, Permissions::from_mode(0o600)).map_err(|_| Failure::new(ErrorCode::Internal))?;
    tell_parent(&Answer::Exit(0));
    let agent = Arc::new(Agent {
        workstation,
        session,
        awake: AtomicUsize::new(0),
        used: Notify::new(),
        end: Notify::new(),
        goodbye: Mutex::default(),
    });
    let mut commands = JoinSet::new();
    let hearing = agent.workstation.clone();
    let control = tokio::spawn(async move { hearing.serve_control().await });
    tokio::select! {
        () = accept(&listener, &agent, &mut commands) => {}
        () = watch_idleness(&agent, clock.as_ref()) => {}
        () = agent.end.notified() => {}
        // The server shut the device out, and the core has ended the session.
        () = agent.session.wait_closed() => {}
        () = signalled() => {}
    }
    let _ = std::fs::remove_file(&path);
    let locked = agent.session.lock().await;
    // Every command fails with `locked` now and says so to whoever waits for it.
    while commands.join_next().await.is_some() {}
    // A lock that IT told to do is receipted before this process goes.
    let _late = tokio::time::timeout(RECEIPTS, agent.workstation.wait_commands_done()).await;
    control.abort();
    let _ended = control.await;
    let goodbye = agent.goodbye.lock().unwrap_or_else(PoisonError::into_inner).take();
    // The last owner of the home: another process may open it from here on.
    drop(agent);
    if let Some(mut writing) = goodbye {
        let _ = write(&mut writing, &Answer::Exit(0)).await;
    }
    locked.map_err(Failure::from)
}

/// Tells the process that started this one how it went; afterwards nobody reads that pipe.
pub fn tell_parent(answer: &Answer) {
    let mut out = std::io::stdout();
    let _ = to_json(answer).map(|line| writeln!(out, "{line}").and_then(|()| out.flush()));
}

async fn accept(listener: &UnixListener, agent: &Arc<Agent>, commands: &mut JoinSet<()>) {
    loop {
        tokio::select! {
            stream = listener.accept() => {
                if let Ok((stream, _)) = stream {
                    commands.spawn(answer(stream, Arc::clone(agent)));
                }
            }
            Some(_) = commands.join_next() => {}
        }
    }
}

async fn answer(stream: UnixStream, agent: Arc<Agent>) {
    let (reading, mut writing) = stream.into_split();
    let mut reading = BufReader::new(tokio::io::AsyncReadExt::take(reading, REQUEST_BYTES));
    let mut line = String::new();
    let Ok(request) = reading.read_line(&mut line).await.map(|_| output::from_json::<Request>(&line)) else { return };
    let Ok((cli, request)) = request.and_then(|request| parse(&request).map(|cli| (cli, request))) else {
        let _ = write(&mut writing, &Answer::Exit(ErrorCode::Malformed.number())).await;
        return;
    };
    if matches!(cli.command, Command::Lock) {
        *agent.goodbye.lock().unwrap_or_else(PoisonError::into_inner) = Some(writing);
        agent.end.notify_one();
        return;
    }
    let mut gone = String::new();
    tokio::select! {
        () = run(cli, request, &agent, &mut writing) => {}
        // The terminal went away: nobody wants the rest.
        _ = reading.read_line(&mut gone) => {}
    }
}

fn parse(request: &Request) -> Outcome<Cli> {
    let words = std::iter::once("sotto").chain(request.args.iter().map(String::as_str));
    Cli::try_parse_from(words).map_err(|_| Failure::new(ErrorCode::Malformed))
}

async fn run(cli: Cli, request: Request, agent: &Agent, writing: &mut (impl AsyncWrite + Unpin)) {
    let awake = !matches!(cli.command, Command::Watch(_));
    agent.awake.fetch_add(usize::from(awake), Ordering::AcqRel);
    agent.used.notify_one();
    let json = cli.options.json;
    let (output, mut lines) = output::channel(json);
    let context = Context {
        workstation: agent.workstation.clone(),
        session: agent.session.clone(),
        output,
        folder: request.folder,
        input: request.input,
    };
    // The context is moved in, so the channel closes when the command ends.
    let work = command::run(cli.command, context);
    let write_lines = async {
        while let Some(line) = lines.recv().await {
            if write(writing, &Answer::Line(line)).await.is_err() {
                break;
            }
        }
    };
    let (done, ()) = tokio::join!(work, write_lines);
    agent.awake.fetch_sub(usize::from(awake), Ordering::AcqRel);
    agent.used.notify_one();
    if let Err(failure) = done {
        let _ = write(writing, &Answer::Line(Line::Err(failure.text(json, crate::language())))).await;
    }
    let _ = write(writing, &Answer::Exit(done.map_or_else(|failure| failure.status(), |()| 0))).await;
}

async fn write(writing: &mut (impl AsyncWrite + Unpin), answer: &Answer) -> std::io::Result<()> {
    let line = to_json(answer).unwrap_or_default();
    writing.write_all(format!("{line}\n").as_bytes()).await
}

/// Returns when the idle time that holds is over, also where a rule changes meanwhile: a command counts as input, a running one as presence.
async fn watch_idleness(agent: &Agent, clock: &dyn Clock) {
    let Ok(policy) = agent.session.idle_policy() else { return };
    let mut lock = IdleLock::new(policy, clock.monotonic());
    let mut changes = agent.session.events();
    loop {
        let now = clock.monotonic();
        if agent.awake.load(Ordering::Acquire) > 0 {
            lock.touch(now);
        }
        if lock.look(now, None, false) == IdleAction::Lock {
            return;
        }
        tokio::select! {
            () = tokio::time::sleep(lock.next_look(now, false).max(std::time::Duration::from_millis(50))) => {}
            () = agent.used.notified() => lock.touch(clock.monotonic()),
            change = changes.recv() => match change {
                Ok(AppEvent::WorkstationChanged) | Err(RecvError::Lagged(_)) => {
                    let Ok(policy) = agent.session.idle_policy() else { return };
                    lock.set_policy(policy);
                }
                Err(RecvError::Closed) => return,
                Ok(_) => {}
            },
        }
    }
}

async fn signalled() {
    use tokio::signal::unix::{SignalKind, signal};
    let (Ok(mut terminate), Ok(mut interrupt)) = (signal(SignalKind::terminate()), signal(SignalKind::interrupt())) else {
        return std::future::pending().await;
    };
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
}
