//! How the load's people reach the control plane: JSON over the real transport, from as many addresses as a clinic has workstations.

use std::net::{IpAddr, Ipv4Addr};
use std::sync::atomic::{AtomicU32, Ordering};

use anyhow::{Context as _, Result, bail};
use serde::Serialize;
use sotto_client::clock::{Clock as _, SystemClock};
use sotto_client::transport::ProveRequest;
use sotto_client::transport::tls::{self, Protocol};
use sotto_protocol::PROTOCOL_VERSION;
use sotto_protocol::request::VERSION_HEADER;

/// Requests without proof that one address may make at once, with room to spare (the server's default is 60).
const PER_ADDRESS: u32 = 40;

/// Where people enrol.
#[derive(Debug)]
pub struct Desk {
    /// `https://127.0.0.1:port`.
    pub origin: String,
    /// The server's authority, DER.
    pub ca_der: Vec<u8>,
    asked: AtomicU32,
}

impl Desk {
    /// The server's control plane.
    #[must_use]
    pub const fn new(origin: String, ca_der: Vec<u8>) -> Self {
        Self { origin, ca_der, asked: AtomicU32::new(0) }
    }

    /// Posts JSON and expects success. Without a signer the request comes from the next loopback address.
    ///
    /// # Errors
    /// Where the server cannot be reached or refuses.
    pub async fn post(&self, target: &str, signer: Option<&dyn ProveRequest>, body: &impl Serialize) -> Result<()> {
        let body = serde_json::to_vec(body).context("could not write a request")?;
        let mut request = self.client()?.post(format!("{}{target}", self.origin)).header(VERSION_HEADER, PROTOCOL_VERSION);
        if let Some(signer) = signer {
            let (name, proof) = signer.prove(SystemClock.wall_ms(), "POST", target, &body);
            request = request.header(name, proof);
        }
        let request = request.header("content-type", "application/json").body(body);
        let response = request.send().await.with_context(|| format!("could not reach {target}"))?;
        let status = response.status();
        if !status.is_success() {
            bail!("{target} was answered {status}: {}", response.text().await.unwrap_or_default());
        }
        Ok(())
    }

    fn client(&self) -> Result<reqwest::Client> {
        let tls = tls::pinned(&self.ca_der, Protocol::Http2).map_err(|error| anyhow::anyhow!("{error}"))?;
        let number = self.asked.fetch_add(1, Ordering::Relaxed) / PER_ADDRESS;
        let [_, _, high, low] = number.to_be_bytes();
        let address = IpAddr::V4(Ipv4Addr::new(127, 1, high, low.wrapping_add(1)));
        let builder = reqwest::Client::builder().tls_backend_preconfigured(tls).https_only(true).no_proxy();
        builder.local_address(address).build().context("could not prepare a connection")
    }
}
