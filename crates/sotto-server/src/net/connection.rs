//! How one connection is served: a handshake with its time, then HTTP with small buffers.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use hyper::Request;
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use hyper_util::server::graceful::Watcher;
use socket2::{SockRef, TcpKeepalive};
use tokio::net::TcpStream;
use tokio::sync::Notify;
use tokio_rustls::TlsAcceptor;
use tower::ServiceExt;

use crate::limits::{HANDSHAKE_TIME, HEADER_BYTES, HEADER_TIME, STREAMS};
use crate::state::Peer;

/// Bytes of the buffer an HTTP/1.1 connection reads into and writes from, at most.
const HTTP1_BUFFER: usize = 16 * 1024;
/// Bytes an HTTP/2 stream may be sent before its reader takes them, and a client may send ahead.
const HTTP2_WINDOW: u32 = 256 * 1024;
/// Bytes of answers that HTTP/2 holds for a stream.
const HTTP2_SEND_BUFFER: usize = 64 * 1024;
/// A peer that is gone is noticed by the system: no timer of ours.
const KEEPALIVE_IDLE: Duration = Duration::from_secs(60);
const KEEPALIVE_INTERVAL: Duration = Duration::from_secs(15);

/// Sets what the system does for the socket.
///
/// # Errors
/// That of the system.
pub fn prepare(stream: &TcpStream) -> std::io::Result<()> {
    stream.set_nodelay(true)?;
    let keepalive = TcpKeepalive::new().with_time(KEEPALIVE_IDLE).with_interval(KEEPALIVE_INTERVAL);
    SockRef::from(stream).set_tcp_keepalive(&keepalive)
}

/// Serves HTTPS until either side ends it.
pub async fn serve_tls(stream: TcpStream, peer: SocketAddr, tls: TlsAcceptor, router: Router, watcher: Watcher) {
    // The handshake's buffers are gone before the connection is served.
    let shaken = tokio::time::timeout(HANDSHAKE_TIME, Box::pin(tls.accept(stream))).await;
    let Ok(Ok(stream)) = shaken else {
        tracing::debug!("a handshake failed");
        return;
    };
    serve(TokioIo::new(stream), peer, router, watcher).await;
}

/// Serves plain HTTP: the operators' listener.
pub async fn serve_plain(stream: TcpStream, peer: SocketAddr, router: Router, watcher: Watcher) {
    serve(TokioIo::new(stream), peer, router, watcher).await;
}

async fn serve<I>(io: I, peer: SocketAddr, router: Router, watcher: Watcher)
where
    I: hyper::rt::Read + hyper::rt::Write + Send + Unpin + 'static,
{
    let asked = Arc::new(Notify::new());
    let first = Arc::clone(&asked);
    let service = service_fn(move |mut request: Request<Incoming>| {
        asked.notify_one();
        request.extensions_mut().insert(Peer(peer));
        router.clone().oneshot(request.map(Body::new))
    });
    let builder = builder();
    let mut connection = Box::pin(watcher.watch(builder.serve_connection(io, service).into_owned()));
    // Until its first request a connection has a timer; afterwards none, so that an idle feed costs nothing.
    let first = Box::pin(tokio::time::timeout(HEADER_TIME, first.notified()));
    let ended = tokio::select! {
        ended = &mut connection => Some(ended),
        asked = first => if asked.is_ok() { None } else { return },
    };
    let ended = match ended {
        Some(ended) => ended,
        None => connection.await,
    };
    if ended.is_err() {
        tracing::debug!("a connection broke off");
    }
}

fn builder() -> Builder<TokioExecutor> {
    let mut builder = Builder::new(TokioExecutor::new());
    builder.http1().timer(TokioTimer::new()).header_read_timeout(HEADER_TIME).max_buf_size(HTTP1_BUFFER);
    builder
        .http2()
        .timer(TokioTimer::new())
        .max_concurrent_streams(STREAMS)
        .initial_stream_window_size(HTTP2_WINDOW)
        .initial_connection_window_size(HTTP2_WINDOW)
        .max_send_buf_size(HTTP2_SEND_BUFFER)
        .max_header_list_size(HEADER_BYTES);
    builder
}
