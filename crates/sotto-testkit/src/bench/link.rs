//! The connections of the load generator: real TLS, real HTTP, real proofs, and nothing of the client's folding.

use std::fmt;
use std::sync::Arc;

use anyhow::{Context as _, Result, bail};
use reqwest::header::CONTENT_TYPE;
use sotto_client::clock::{Clock as _, SystemClock};
use sotto_client::transport::tls::Protocol;
use sotto_client::transport::{DeviceSigner, tls};
use sotto_crypto::OsRandom;
use sotto_crypto::random::make_bytes;
use sotto_protocol::PROTOCOL_VERSION;
use sotto_protocol::api::SessionResponse;
use sotto_protocol::cbor;
use sotto_protocol::feed::{Append, AppendRequest, AppendResponse, Outcome};
use sotto_protocol::key::Salt;
use sotto_protocol::request::{DEVICE_HEADER, VERSION_HEADER};
use sotto_protocol::session::{SESSION_HEADER, SessionProof};
use sotto_protocol::verify::sha256;
use tokio::sync::OnceCell;

/// The connections of one device.
#[derive(Clone)]
pub struct Link {
    client: reqwest::Client,
    streams: reqwest::Client,
    origin: String,
    signer: DeviceSigner,
    session: Arc<OnceCell<SessionResponse>>,
}

impl fmt::Debug for Link {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Link({})", self.signer.by())
    }
}

impl Link {
    /// Connections of its own, one for requests and one for the feed; opened by their first request.
    ///
    /// # Errors
    /// Where the authority is none.
    pub fn new(origin: &str, ca_der: &[u8], signer: DeviceSigner) -> Result<Self> {
        let (client, streams) = (client(ca_der, Protocol::Http2)?, client(ca_der, Protocol::Http1)?);
        Ok(Self { client, streams, origin: origin.to_owned(), signer, session: Arc::default() })
    }

    /// Appends entries in one request; each must be stored.
    ///
    /// # Errors
    /// Where the request fails or an entry is refused.
    pub async fn append(&self, entries: Vec<Append>) -> Result<Vec<sotto_protocol::entry::Stamp>> {
        let body = cbor::encode(&AppendRequest(entries));
        let target = "/v1/entries";
        let request = self.client.post(format!("{}{target}", self.origin)).header(CONTENT_TYPE, "application/cbor");
        let proof = self.session_proof("POST", target, &body).await?;
        let request = request.header(VERSION_HEADER, PROTOCOL_VERSION).header(SESSION_HEADER, proof);
        let response = request.body(body).send().await.context("could not append")?;
        let status = response.status();
        let bytes = response.bytes().await.context("could not read an append's answer")?;
        if !status.is_success() {
            bail!("an append was answered {status}: {}", String::from_utf8_lossy(&bytes));
        }
        let answer: AppendResponse = cbor::parse(&bytes, 1 << 20).context("an append's answer does not parse")?;
        let stored = |outcome: Outcome| match outcome {
            Outcome::Stored(stamp) => Ok(stamp),
            Outcome::Refused { code, .. } => bail!("an entry was refused: {code}"),
        };
        answer.0.into_iter().map(stored).collect()
    }

    /// Opens the feed after a position.
    ///
    /// # Errors
    /// Where the server does not answer with one.
    pub async fn feed(&self, after: u64) -> Result<Feed> {
        let target = format!("/v1/feed?after={after}");
        let request = self.streams.get(format!("{}{target}", self.origin)).header(VERSION_HEADER, PROTOCOL_VERSION);
        let response = request.header(DEVICE_HEADER, self.proof("GET", &target, &[])).send().await.context("could not open a feed")?;
        if !response.status().is_success() {
            bail!("a feed was answered {}", response.status());
        }
        Ok(Feed { response, buffer: Vec::new(), read: 0 })
    }

    /// A proof of the session, which the first one begins, as the client does after a few requests.
    async fn session_proof(&self, method: &str, target: &str, body: &[u8]) -> Result<String> {
        let session = self.session.get_or_try_init(|| self.begin_session()).await?;
        let key = session.key.0.as_slice().try_into().context("a session's key")?;
        let nonce = Salt::from_bytes(make_bytes(&mut OsRandom::new()));
        let whose = (self.signer.by(), session.not_after);
        Ok(SessionProof::make(key, whose, SystemClock.wall_ms(), nonce, (method, target, &sha256(&[body]))).header())
    }

    async fn begin_session(&self) -> Result<SessionResponse> {
        let target = "/v1/session";
        let request = self.client.post(format!("{}{target}", self.origin)).header(VERSION_HEADER, PROTOCOL_VERSION);
        let response = request.header(DEVICE_HEADER, self.proof("POST", target, &[])).send().await.context("could not begin a session")?;
        if !response.status().is_success() {
            bail!("a session was answered {}", response.status());
        }
        response.json().await.context("a session's answer does not parse")
    }

    fn proof(&self, method: &str, target: &str, body: &[u8]) -> String {
        self.signer.make_proof(SystemClock.wall_ms(), method, target, body)
    }
}

/// An HTTP client that trusts one authority and shares its connection with nobody.
///
/// # Errors
/// Where the authority is none.
pub fn client(ca_der: &[u8], protocol: Protocol) -> Result<reqwest::Client> {
    let tls = tls::pinned(ca_der, protocol).map_err(|error| anyhow::anyhow!("{error}"))?;
    let builder = reqwest::Client::builder().tls_backend_preconfigured(tls).https_only(true).no_proxy();
    builder.build().context("could not prepare a connection")
}

/// Frames as they arrive, cut at their lengths and not opened: what is measured is the server.
pub struct Feed {
    response: reqwest::Response,
    buffer: Vec<u8>,
    read: usize,
}

impl fmt::Debug for Feed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Feed({} bytes wait)", self.buffer.len() - self.read)
    }
}

impl Feed {
    /// Waits for the network once and gives every whole frame that is there to `each`: the frame's CBOR. Returns how many.
    ///
    /// # Errors
    /// Where the server ends the feed or the line breaks.
    pub async fn frames(&mut self, mut each: impl FnMut(&[u8])) -> Result<usize> {
        let chunk = self.response.chunk().await.context("the feed broke")?.context("the server ended the feed")?;
        self.buffer.drain(..self.read);
        self.read = 0;
        self.buffer.extend_from_slice(&chunk);
        let mut count = 0;
        while let Some(head) = self.buffer.get(self.read..).and_then(<[u8]>::first_chunk::<4>) {
            let length = usize::try_from(u32::from_be_bytes(*head)).context("a frame's length")?;
            let Some(frame) = self.buffer.get(self.read + 4..self.read + 4 + length) else { break };
            each(frame);
            count += 1;
            self.read += 4 + length;
        }
        Ok(count)
    }
}

/// Whether a frame carries an entry: its first item is 0 (`[0, stamp, entry, box, 0]`).
#[must_use]
pub fn is_entry(frame: &[u8]) -> bool {
    frame.get(1) == Some(&0)
}
