//! How is one request made and its failure told? Every failure comes back as a code; no body is read past its limit.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use reqwest::header::{CONTENT_TYPE, HeaderValue};
use reqwest::{Client, ClientBuilder, Method, RequestBuilder, Response};
use serde::Serialize;
use serde::de::DeserializeOwned;
use sotto_protocol::api::{ErrorResponse, SessionResponse};
use sotto_protocol::feed::{AppendRequest, AppendResponse, Frame};
use sotto_protocol::request::{TIME_HEADER, VERSION_HEADER};
use sotto_protocol::session::SESSION_HEADER;
use sotto_protocol::{ErrorCode, PROTOCOL_VERSION, cbor, limits};

use super::clock_offset::ClockOffset;
use super::frame::FrameDecoder;
use super::session::SessionKeeper;
use super::signed::{DeviceSigner, ProveRequest, WorkstationSigner};
use super::tls::{self, Protocol};
use crate::clock::Clock;
use crate::error::{ClientError, Result};

/// How long a request that is not a stream may take, and how long a stream may take to begin.
const REQUEST_TIMEOUT: Duration = Duration::from_secs(30);
/// How long a connection may take.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
/// How often a silent connection is tried for life, and how long the other side may take to answer.
const PROBE: (Duration, Duration) = (Duration::from_secs(20), Duration::from_secs(10));
/// Probes of a silent stream that may stay unanswered.
const PROBES: u32 = 2;
/// The longest answer that is read: a page of the directory with the longest statements.
const ANSWER_BYTES: usize = 32 * 1024 * 1024;

/// One server, under one pinned authority. Cheap to clone; clones share connections.
#[derive(Clone)]
pub struct Http {
    /// Requests that are answered at once, over HTTP/2.
    pub(super) requests: Client,
    /// The feed, over a connection of HTTP/1.1 of its own.
    feed: Client,
    session: Arc<SessionKeeper>,
    origin: Arc<str>,
    clock: Arc<dyn Clock>,
    pub(super) offset: ClockOffset,
}

impl fmt::Debug for Http {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Http({})", self.origin)
    }
}

impl Http {
    /// A client for the server at `origin` (`https://host:port`) that trusts only `ca_der`. Connects to nothing yet.
    ///
    /// # Errors
    /// `server_certificate` if `ca_der` is none.
    pub fn new(origin: &str, ca_der: &[u8], clock: Arc<dyn Clock>) -> Result<Self> {
        let requests = builder(ca_der, Protocol::Http2)?.http2_keep_alive_interval(PROBE.0).http2_keep_alive_timeout(PROBE.1);
        // HTTP/1.1 has no ping: the system asks whether a silent line is alive.
        let feed = builder(ca_der, Protocol::Http1)?.tcp_keepalive(PROBE.0).tcp_keepalive_interval(PROBE.1 / PROBES);
        let feed = feed.tcp_keepalive_retries(PROBES).pool_max_idle_per_host(0);
        let (requests, feed, offset) = (build(requests)?, build(feed)?, ClockOffset::default());
        Ok(Self { requests, feed, session: Arc::default(), origin: Arc::from(origin.trim_end_matches('/')), clock, offset })
    }

    /// `GET`s JSON. `target` is path and query. With a signer, the request carries its proof.
    ///
    /// # Errors
    /// Any code of the server's, and those of a failed connection.
    pub async fn fetch_json<T: DeserializeOwned>(&self, target: &str, signer: Option<&dyn ProveRequest>) -> Result<T> {
        let response = self.request(&self.requests, Method::GET, target, signer, None).await?;
        parse_json(&read_body(response).await?)
    }

    /// `POST`s JSON and reads JSON.
    ///
    /// # Errors
    /// As [`Self::fetch_json`].
    pub async fn push_json<T: DeserializeOwned>(
        &self,
        target: &str,
        signer: Option<&dyn ProveRequest>,
        body: &impl Serialize,
    ) -> Result<T> {
        parse_json(&read_body(self.post_json(target, signer, body).await?).await?)
    }

    /// `POST`s JSON where success says everything.
    ///
    /// # Errors
    /// As [`Self::fetch_json`].
    pub async fn push_only(&self, target: &str, signer: Option<&dyn ProveRequest>, body: &impl Serialize) -> Result<()> {
        self.post_json(target, signer, body).await.map(drop)
    }

    async fn post_json(&self, target: &str, signer: Option<&dyn ProveRequest>, body: &impl Serialize) -> Result<Response> {
        let body = serde_json::to_vec(body).map_err(|_| ClientError::new(ErrorCode::Internal, "write the request"))?;
        self.request(&self.requests, Method::POST, target, signer, Some((body, "application/json"))).await
    }

    /// Appends entries: `POST /v1/entries`. The answer has one outcome an entry.
    ///
    /// # Errors
    /// As [`Self::fetch_json`]; `malformed` if the outcomes are not as many as the entries.
    pub async fn push_entries(&self, signer: &DeviceSigner, entries: AppendRequest) -> Result<AppendResponse> {
        let count = entries.0.len();
        let body = cbor::encode(&entries);
        self.begin_session(signer).await;
        let response = self.request(&self.requests, Method::POST, "/v1/entries", Some(signer), Some((body, "application/cbor"))).await?;
        let answer: AppendResponse = cbor::parse(&read_body(response).await?, ANSWER_BYTES).map_err(|_| malformed())?;
        if answer.0.len() == count { Ok(answer) } else { Err(malformed()) }
    }

    /// Opens the feed behind a position. It ends when either side ends it, or within a minute of a line that died.
    ///
    /// # Errors
    /// As [`Self::fetch_json`].
    pub async fn open_feed(&self, after: u64, signer: &DeviceSigner) -> Result<FrameStream> {
        let response = self.request(&self.feed, Method::GET, &format!("/v1/feed?after={after}"), Some(signer), None).await?;
        Ok(FrameStream { response, decoder: FrameDecoder::default() })
    }

    /// Opens a machine's control connection behind the first `after` statements. It ends as a feed does.
    ///
    /// # Errors
    /// As [`Self::fetch_json`].
    pub async fn open_control(&self, after: u64, signer: &WorkstationSigner) -> Result<FrameStream> {
        let response = self.request(&self.feed, Method::GET, &format!("/v1/control?after={after}"), Some(signer), None).await?;
        Ok(FrameStream { response, decoder: FrameDecoder::default() })
    }

    /// Asks for frames that end: a thread's range.
    ///
    /// # Errors
    /// As [`Self::fetch_json`].
    pub async fn fetch_frames(&self, target: &str, signer: &DeviceSigner) -> Result<FrameStream> {
        let response = self.request(&self.requests, Method::GET, target, Some(signer), None).await?;
        Ok(FrameStream { response, decoder: FrameDecoder::default() })
    }

    /// Begins a session, where enough was signed to be worth it. Without one, requests go on being signed.
    pub(super) async fn begin_session(&self, signer: &DeviceSigner) {
        if !self.session.wants_one() {
            return;
        }
        match self.push_json::<SessionResponse>("/v1/session", Some(signer), &()).await {
            Ok(answer) => self.session.hold(signer.by(), answer),
            Err(error) => tracing::debug!(code = %error.code, "the server began no session"),
        }
    }

    pub(super) async fn request(
        &self,
        client: &Client,
        method: Method,
        target: &str,
        signer: Option<&dyn ProveRequest>,
        body: Option<(Vec<u8>, &'static str)>,
    ) -> Result<Response> {
        let (bytes, kind) = body.map_or((None, None), |(bytes, kind)| (Some(Bytes::from(bytes)), Some(kind)));
        let hashed = bytes.as_deref().unwrap_or_default();
        let send = |proof: Option<(&'static str, String)>| {
            let mut request = client.request(method.clone(), format!("{}{target}", self.origin)).header(VERSION_HEADER, PROTOCOL_VERSION);
            if let Some((header, value)) = proof {
                request = request.header(header, value);
            }
            if let (Some(bytes), Some(kind)) = (&bytes, kind) {
                request = request.header(CONTENT_TYPE, HeaderValue::from_static(kind)).body(bytes.clone());
            }
            self.send(request)
        };
        let Some(signer) = signer else { return send(None).await };
        let now = self.clock.wall_ms();
        let of_session = signer.device().and_then(|device| self.session.make_proof(device, now, method.as_str(), target, hashed));
        if let Some(proof) = of_session {
            match send(Some((SESSION_HEADER, proof))).await {
                // The server has restarted since, or its clock is ahead: the device signs again.
                Err(error) if error.code == ErrorCode::SignatureInvalid => self.session.forget(),
                done => return done,
            }
        }
        send(Some(signer.prove(now, method.as_str(), target, hashed))).await
    }

    async fn send(&self, request: RequestBuilder) -> Result<Response> {
        let sent = tokio::time::timeout(REQUEST_TIMEOUT, request.send()).await;
        let response = sent.map_err(|_| unreachable_server())?.map_err(|error| connection_error(&error))?;
        self.check(response).await
    }

    async fn check(&self, response: Response) -> Result<Response> {
        let time = response.headers().get(TIME_HEADER).and_then(|value| value.to_str().ok()?.parse::<u64>().ok());
        if let Some(time) = time {
            self.offset.note(time, self.clock.wall_ms());
        }
        if time.is_some_and(|time| time.abs_diff(self.clock.wall_ms()) > limits::CLOCK_SKEW_MS) {
            return Err(ClientError::new(ErrorCode::ClockSkew, "agree with the server on the time"));
        }
        if response.status().is_success() {
            return Ok(response);
        }
        let status = response.status().as_u16();
        let told = read_body(response).await.ok().and_then(|body| serde_json::from_slice::<ErrorResponse>(&body).ok());
        let code = told.as_ref().map_or_else(|| code_of_status(status), |told| told.code);
        let retry_after = told.and_then(|told| told.retry_after_s).map(Duration::from_secs);
        Err(ClientError { code, retry_after, attempted: "have the server do it" })
    }
}

/// Frames as they arrive. Dropping it ends the request.
#[derive(Debug)]
pub struct FrameStream {
    response: Response,
    decoder: FrameDecoder,
}

impl FrameStream {
    /// The next frame, `None` where the server ended the stream between two. Cancel safe: a frame is given once or not yet.
    ///
    /// # Errors
    /// `server_unreachable` if the line broke, `malformed` for bytes that are no frame.
    pub async fn next(&mut self) -> Result<Option<Frame>> {
        loop {
            if let Some(frame) = self.decoder.parse_next()? {
                return Ok(Some(frame));
            }
            match self.response.chunk().await {
                Ok(Some(chunk)) => self.decoder.push(&chunk),
                Ok(None) if self.decoder.is_inside() => return Err(unreachable_server()),
                Ok(None) => return Ok(None),
                Err(error) => return Err(connection_error(&error)),
            }
        }
    }

    /// A frame that has arrived already, without waiting for the network.
    ///
    /// # Errors
    /// `malformed` for bytes that are no frame.
    pub fn parse_ready(&mut self) -> Result<Option<Frame>> {
        self.decoder.parse_next()
    }
}

fn builder(ca_der: &[u8], protocol: Protocol) -> Result<ClientBuilder> {
    let builder = Client::builder().tls_backend_preconfigured(tls::pinned(ca_der, protocol)?).https_only(true).no_proxy();
    Ok(builder.redirect(reqwest::redirect::Policy::none()).connect_timeout(CONNECT_TIMEOUT))
}

fn build(builder: ClientBuilder) -> Result<Client> {
    builder.build().map_err(|_| ClientError::new(ErrorCode::Internal, "prepare the connection"))
}

pub(super) async fn read_body(mut response: Response) -> Result<Bytes> {
    let read = async {
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(|error| connection_error(&error))? {
            if body.len() + chunk.len() > ANSWER_BYTES {
                return Err(malformed());
            }
            body.extend_from_slice(&chunk);
        }
        Ok(Bytes::from(body))
    };
    tokio::time::timeout(REQUEST_TIMEOUT, read).await.map_err(|_| unreachable_server())?
}

fn parse_json<T: DeserializeOwned>(body: &[u8]) -> Result<T> {
    serde_json::from_slice(body).map_err(|_| malformed())
}

fn connection_error(error: &reqwest::Error) -> ClientError {
    ClientError::new(tls::code_of(error), "reach the server")
}

const fn unreachable_server() -> ClientError {
    ClientError::new(ErrorCode::ServerUnreachable, "reach the server")
}

const fn malformed() -> ClientError {
    ClientError::new(ErrorCode::Malformed, "understand the server's answer")
}

/// The code of an answer without one of ours: something between us and the server spoke.
const fn code_of_status(status: u16) -> ErrorCode {
    match status {
        404 => ErrorCode::NotFound,
        413 => ErrorCode::TooLarge,
        426 => ErrorCode::UpgradeRequired,
        429 | 503 => ErrorCode::ServerBusy,
        _ => ErrorCode::ServerError,
    }
}
