//! How a server starts and stops, in a process of its own or inside a test's.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;

use sotto_protocol::ErrorCode;
use sotto_protocol::directory::StatementError;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use zeroize::Zeroizing;

use crate::api;
use crate::auth::{Gate, Sessions};
use crate::clock::{Clock, SystemClock};
use crate::commit::{CommitQueue, Committer};
use crate::db::Embedded;
use crate::feed::{Connected, Registry};
use crate::limits::{FILE_UNFINISHED_MS, Limits, SWEEP_TIME};
use crate::metrics::Metrics;
use crate::net::{Listener, listen, make_tls};
use crate::opaque::Opaque;
use crate::organisation::{Organisation, SharedOrganisation};
use crate::reports::Reports;
use crate::seen::Seen;
use crate::setup::{self, Folder, SetupError};
use crate::state::{App, Shared};
use crate::store::file::FileStore;
use crate::store::sign_in::SignInStore;
use crate::store::{Store, StoreError};

/// Connections of the operators' listener.
const OPS_CONNECTIONS: usize = 64;

/// What a server is started with.
#[derive(Clone)]
pub struct ServerOptions {
    /// The folder that `init` made.
    pub dir: PathBuf,
    /// Where HTTPS is served.
    pub listen: SocketAddr,
    /// Where `/healthz`, `/readyz` and `/metrics` are served, in plain HTTP: a loopback address.
    pub ops_listen: SocketAddr,
    /// The clock.
    pub clock: Arc<dyn Clock>,
    /// The limits.
    pub limits: Limits,
    /// The database's key, hexadecimal, instead of the folder's file.
    pub database_key: Option<Zeroizing<String>>,
}

impl std::fmt::Debug for ServerOptions {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ServerOptions").field("listen", &self.listen).field("ops_listen", &self.ops_listen).finish_non_exhaustive()
    }
}

impl ServerOptions {
    /// The folder's server on free loopback ports, with the machine's clock and the default limits.
    #[must_use]
    pub fn new(dir: PathBuf) -> Self {
        let listen = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
        let clock = Arc::new(SystemClock);
        Self { dir, listen, ops_listen: listen, clock, limits: Limits::default(), database_key: None }
    }
}

/// Why a server does not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The folder is not what `init` makes.
    #[error(transparent)]
    Setup(#[from] SetupError),
    /// The database does not open.
    #[error("the database could not be opened: {0}")]
    Database(#[from] sotto_sqlcipher::Error),
    /// The database does not answer.
    #[error("the database could not be read: {0}")]
    Store(#[from] StoreError),
    /// The stored setup of OPAQUE does not parse: somebody changed the database.
    #[error("the server's OPAQUE setup is damaged")]
    Opaque,
    /// A stored statement does not hold: somebody changed the database.
    #[error("a stored statement does not hold: {0}")]
    Directory(#[from] StatementError),
    /// An address cannot be listened on.
    #[error("the address could not be listened on: {0}")]
    Listen(std::io::Error),
    /// `ops_listen` is not a loopback address: operators' routes have no proof.
    #[error("the operators' listener must be on a loopback address")]
    OpsExposed,
    /// The system gave no randomness.
    #[error("the system gave no randomness")]
    Randomness,
    /// The counters could not be made.
    #[error("the counters could not be made")]
    Metrics,
}

/// Starts servers.
#[derive(Debug)]
pub struct Server;

/// A server that answers. Dropping it stops it without waiting; [`Running::shutdown`] waits.
#[derive(Debug)]
pub struct Running {
    /// Where HTTPS is served.
    pub addr: SocketAddr,
    /// Where the operators' routes are served.
    pub ops_addr: SocketAddr,
    app: App,
    stop: watch::Sender<()>,
    listeners: Vec<JoinHandle<()>>,
    committer: JoinHandle<()>,
    sweeper: JoinHandle<()>,
}

impl Server {
    /// Opens the database and listens. When it returns, requests are answered.
    ///
    /// # Errors
    /// The first part that is not in order.
    pub async fn start(options: ServerOptions) -> Result<Running, StartError> {
        if !options.ops_listen.ip().is_loopback() {
            return Err(StartError::OpsExposed);
        }
        let folder = Folder::new(&options.dir);
        let config = folder.load_config()?;
        let tls = make_tls(&folder.load_public(setup::SERVER)?, &folder.load_secret(setup::SERVER_KEY)?)?;
        let (socket, ops_socket) = (bind(options.listen).await?, bind(options.ops_listen).await?);
        let metrics = Arc::new(Metrics::new().map_err(|_| StartError::Metrics)?);
        let (app, committer) = open(&options, &folder, config.setup_code, &metrics).await?;
        let (stop, stopped) = watch::channel(());
        let (addr, ops_addr) = (socket.local_addr().map_err(StartError::Listen)?, ops_socket.local_addr().map_err(StartError::Listen)?);
        let connections = options.limits.connections;
        let listener = Listener { socket, tls: Some(tls), router: api::router(&app), connections, metrics: Arc::clone(&metrics) };
        let ops_router = api::ops_router(&app);
        let ops = Listener { socket: ops_socket, tls: None, router: ops_router, connections: OPS_CONNECTIONS, metrics };
        let listeners = vec![tokio::spawn(listener.run(stopped.clone())), tokio::spawn(ops.run(stopped.clone()))];
        let sweeper = tokio::spawn(sweep(Arc::clone(&app), stopped));
        Ok(Running { addr, ops_addr, app, stop, listeners, committer, sweeper })
    }
}

impl Running {
    /// Lets nobody in, ends the feeds with a frame, finishes what was begun, and closes the database.
    pub async fn shutdown(self) {
        let _logged = self.app.seen.flush(&self.app).await;
        self.app.registry.stop(ErrorCode::ServerBusy);
        drop(self.stop);
        for task in self.listeners.into_iter().chain([self.sweeper]) {
            drop(task.await);
        }
        let store = self.app.store.clone();
        let _logged = self.app.reports.flush(&store).await;
        // The routers are gone with their listeners: this is the last way into the queue, and the committer runs it empty.
        drop(self.app);
        let committed = tokio::time::timeout(crate::limits::STOP_TIME, self.committer).await;
        if committed.is_err() {
            tracing::warn!("a connection outlived the stop");
        }
        store.close().await;
    }
}

async fn bind(address: SocketAddr) -> Result<tokio::net::TcpListener, StartError> {
    listen(address).await.map_err(StartError::Listen)
}

async fn open(
    options: &ServerOptions,
    folder: &Folder,
    setup_code: setup::SetupCode,
    metrics: &Arc<Metrics>,
) -> Result<(App, JoinHandle<()>), StartError> {
    let key = setup::load_key(folder, options.database_key.clone())?;
    let store = Embedded::open(&folder.database(), &key, options.limits.database_pages)?;
    let organisation = store.load_org().await?.as_ref().map(Organisation::fold).transpose()?;
    let organisation = Arc::new(SharedOrganisation::new(organisation));
    let opaque = Opaque::load(&store).await?;
    let registry = Arc::new(Registry::new(Arc::clone(metrics)));
    let (commits, queue) = CommitQueue::new();
    let committer = Committer {
        store: store.clone(),
        organisation: Arc::clone(&organisation),
        registry: Arc::clone(&registry),
        clock: Arc::clone(&options.clock),
        metrics: Arc::clone(metrics),
    };
    let committer = tokio::spawn(committer.run(queue));
    let gate = Gate::new(&options.limits);
    let sessions = Sessions::new().map_err(|_| StartError::Randomness)?;
    let (clock, metrics) = (Arc::clone(&options.clock), Arc::clone(metrics));
    Ok((
        Arc::new(Shared {
            store,
            organisation,
            clock,
            gate,
            sessions,
            registry,
            commits,
            opaque,
            connected: Connected::default(),
            seen: Seen::default(),
            reports: Reports::default(),
            file_quota: options.limits.file_bytes,
            metrics,
            setup_code,
        }),
        committer,
    ))
}

/// The server's only regular work: one timer, whatever the number of connections.
async fn sweep(app: App, mut stop: watch::Receiver<()>) {
    let mut ticks = tokio::time::interval(SWEEP_TIME);
    loop {
        tokio::select! {
            _ = stop.changed() => break,
            _ = ticks.tick() => {
                let now = app.clock.now_ms();
                app.registry.end_expired(now);
                app.metrics.run_upkeep();
                // What fails was logged by the store, and is tried again at the next tick.
                let _logged = app.seen.flush(&app).await;
                let _logged = app.reports.flush(&app.store).await;
                let _logged = app.store.sweep_sign_ins(now).await;
                let _logged = app.store.sweep_files(now.saturating_sub(FILE_UNFINISHED_MS)).await;
            }
        }
    }
}
