//! Which connections are let in: the accept loop, with its bound.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use hyper_util::server::graceful::GracefulShutdown;
use rustls::ServerConfig;
use tokio::net::TcpListener;
use tokio::sync::{Semaphore, watch};
use tokio_rustls::TlsAcceptor;

use super::connection;
use crate::limits::STOP_TIME;
use crate::metrics::Metrics;

/// How long the loop waits when the system has no room for another connection.
const ACCEPT_PAUSE: Duration = Duration::from_millis(50);

/// A bound socket and what is served on it.
#[derive(Debug)]
pub struct Listener {
    /// The socket.
    pub socket: TcpListener,
    /// HTTPS with this; plain HTTP without.
    pub tls: Option<Arc<ServerConfig>>,
    /// The routes.
    pub router: Router,
    /// Connections at once.
    pub connections: usize,
    /// The counters.
    pub metrics: Arc<Metrics>,
}

/// Binds a socket.
///
/// # Errors
/// That of the system.
pub async fn listen(address: SocketAddr) -> io::Result<TcpListener> {
    TcpListener::bind(address).await
}

impl Listener {
    /// Serves until `stop` changes or is dropped; then lets in nobody and gives those who are in their time to finish.
    pub async fn run(self, mut stop: watch::Receiver<()>) {
        let graceful = GracefulShutdown::new();
        let room = Arc::new(Semaphore::new(self.connections));
        loop {
            tokio::select! {
                _ = stop.changed() => break,
                accepted = self.accept(&room, &graceful) => if let Err(error) = accepted {
                    tracing::warn!(kind = ?error.kind(), "a connection could not be accepted");
                    tokio::time::sleep(ACCEPT_PAUSE).await;
                },
            }
        }
        drop(self.socket);
        if tokio::time::timeout(STOP_TIME, graceful.shutdown()).await.is_err() {
            tracing::warn!("connections were cut off at the stop");
        }
    }

    async fn accept(&self, room: &Arc<Semaphore>, graceful: &GracefulShutdown) -> io::Result<()> {
        // Whoever comes when there is no room waits in the system's queue.
        let Ok(place) = Arc::clone(room).acquire_owned().await else { return Ok(()) };
        let (stream, peer) = self.socket.accept().await?;
        if connection::prepare(&stream).is_err() {
            // Gone before it was let in: no reason to make others wait.
            return Ok(());
        }
        let (router, watcher, gauge) = (self.router.clone(), graceful.watcher(), self.metrics.connections.clone());
        let acceptor = self.tls.clone().map(TlsAcceptor::from);
        gauge.increment(1.0);
        tokio::spawn(async move {
            match acceptor {
                Some(tls) => connection::serve_tls(stream, peer, tls, router, watcher).await,
                None => connection::serve_plain(stream, peer, router, watcher).await,
            }
            gauge.decrement(1.0);
            drop(place);
        });
        Ok(())
    }
}
