//! A server that lies: it holds the real one's certificate, passes every request on to it, and changes what it answers.
//!
//! It keeps every byte it was sent, so that a test can look for what it must not have learned.

use std::net::SocketAddr;
use std::path::Path;
use std::sync::{Arc, Mutex};

use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::response::Response;
use axum::{Router, http};
use futures_util::StreamExt as _;
use futures_util::future::BoxFuture;
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto::Builder;
use hyper_util::service::TowerToHyperService;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use sotto_client::transport::frame::FrameDecoder;
use sotto_client::transport::tls::Protocol;
use sotto_protocol::ErrorCode;
use sotto_protocol::api::ErrorResponse;
use sotto_protocol::feed::Frame;
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

/// One way of lying. Each has the path that was asked for.
pub trait Lie: Send {
    /// What to answer in JSON instead of the truth.
    fn json(&mut self, _path: &str, truth: Vec<u8>) -> Vec<u8> {
        truth
    }

    /// Whether to leave the request without any answer.
    fn hold(&mut self, _path: &str) -> bool {
        false
    }

    /// The code to refuse the request with, without asking the real server, once that is over.
    fn refuse(&mut self, _path: &str) -> Option<BoxFuture<'static, ErrorCode>> {
        None
    }

    /// What to send on a stream instead of a frame.
    fn frame(&mut self, _path: &str, truth: Frame) -> Vec<Frame> {
        vec![truth]
    }
}

/// Says what the real server says.
pub struct Honest;

impl Lie for Honest {}

struct Shared {
    real: SocketAddr,
    client: reqwest::Client,
    lie: Mutex<Box<dyn Lie>>,
    heard: Mutex<Vec<u8>>,
}

/// The lying server.
pub struct Hostile {
    pub address: SocketAddr,
    shared: Arc<Shared>,
}

impl Hostile {
    /// Stands between everybody who is told its address and the server with this folder.
    pub async fn start(data: &Path, real: SocketAddr) -> Self {
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let certificates = CertificateDer::pem_file_iter(data.join("server.pem")).unwrap().map(|cert| cert.unwrap()).collect();
        let key = PrivateKeyDer::from_pem_file(data.join("server-key.pem")).unwrap();
        let config = rustls::ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
        let mut config = config.with_no_client_auth().with_single_cert(certificates, key).unwrap();
        config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];

        let ca = CertificateDer::from_pem_file(data.join("ca.pem")).unwrap();
        let tls = sotto_client::transport::tls::pinned(&ca, Protocol::Http2).unwrap();
        let client = reqwest::Client::builder().tls_backend_preconfigured(tls).build().unwrap();
        let (lie, heard): (Box<dyn Lie>, _) = (Box::new(Honest), Mutex::default());
        let shared = Arc::new(Shared { real, client, lie: Mutex::new(lie), heard });
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let router = Router::new().fallback(pass_on).with_state(Arc::clone(&shared));
        tokio::spawn(accept(listener, TlsAcceptor::from(Arc::new(config)), router));
        Self { address, shared }
    }

    /// Lies that way from now on.
    pub fn tell(&self, lie: impl Lie + 'static) {
        *self.shared.lie.lock().unwrap() = Box::new(lie);
    }

    /// Whether anything it was sent holds that text as it is.
    pub fn heard(&self, text: &str) -> bool {
        let heard = self.shared.heard.lock().unwrap();
        heard.windows(text.len()).any(|window| window == text.as_bytes())
    }
}

async fn accept(listener: TcpListener, tls: TlsAcceptor, router: Router) {
    while let Ok((stream, _)) = listener.accept().await {
        let (tls, service) = (tls.clone(), TowerToHyperService::new(router.clone()));
        tokio::spawn(async move {
            let Ok(stream) = tls.accept(stream).await else { return };
            Builder::new(TokioExecutor::new()).serve_connection(TokioIo::new(stream), service).await.ok();
        });
    }
}

async fn pass_on(State(shared): State<Arc<Shared>>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let target = parts.uri.path_and_query().map_or("/", |target| target.as_str()).to_owned();
    let body = axum::body::to_bytes(body, usize::MAX).await.unwrap();
    shared.heard.lock().unwrap().extend_from_slice(&body);
    let held = shared.lie.lock().unwrap().hold(parts.uri.path());
    if held {
        std::future::pending::<()>().await;
    }
    let refused = shared.lie.lock().unwrap().refuse(parts.uri.path());
    if let Some(code) = refused {
        return refusal(code.await);
    }
    let mut asked = shared.client.request(parts.method, format!("https://{}{target}", shared.real)).body(body);
    for (name, value) in parts.headers.iter().filter(|(name, _)| name.as_str().starts_with("sotto-") || *name == http::header::CONTENT_TYPE)
    {
        asked = asked.header(name, value);
    }
    let Ok(answer) = asked.send().await else {
        return Response::builder().status(http::StatusCode::BAD_GATEWAY).body(Body::empty()).unwrap();
    };
    let mut response = Response::builder().status(answer.status());
    for (name, value) in answer.headers().iter().filter(|(name, _)| *name != http::header::CONTENT_LENGTH) {
        response = response.header(name, value);
    }
    let kind = answer.headers().get(http::header::CONTENT_TYPE).map(|kind| kind.as_bytes().to_vec()).unwrap_or_default();
    let path = parts.uri.path().to_owned();
    let body = if kind.starts_with(b"application/octet-stream") {
        change_frames(shared, path, answer)
    } else {
        let truth = answer.bytes().await.unwrap().to_vec();
        let json = kind.starts_with(b"application/json");
        Body::from(if json { shared.lie.lock().unwrap().json(&path, truth) } else { truth })
    };
    response.body(body).unwrap()
}

fn refusal(code: ErrorCode) -> Response {
    let body = serde_json::to_vec(&ErrorResponse { code, retry_after_s: None }).unwrap();
    let answer = Response::builder().status(http::StatusCode::FORBIDDEN).header(http::header::CONTENT_TYPE, "application/json");
    answer.body(Body::from(body)).unwrap()
}

fn change_frames(shared: Arc<Shared>, path: String, answer: reqwest::Response) -> Body {
    let mut decoder = FrameDecoder::default();
    Body::from_stream(answer.bytes_stream().map(move |chunk| {
        decoder.push(&chunk?);
        let mut told = Vec::new();
        while let Ok(Some(frame)) = decoder.parse_next() {
            let frames = shared.lie.lock().unwrap().frame(&path, frame);
            told.extend(frames.iter().flat_map(Frame::encode));
        }
        Ok::<_, reqwest::Error>(Bytes::from(told))
    }))
}
