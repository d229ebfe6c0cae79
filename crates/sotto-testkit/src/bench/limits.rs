//! What this machine can do at all, measured in the same run: a slow disk or a slow processor explains a slow product.

use std::fs::OpenOptions;
use std::io::Write as _;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};
use ring::aead;
use ring::signature::{Ed25519KeyPair, KeyPair as _, UnparsedPublicKey};
use rustls::pki_types::{CertificateDer, ServerName};

use super::row::Row;

/// How long each limit is measured.
const TIME: Duration = Duration::from_millis(600);

/// The limits of this run.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Median milliseconds of an append of 4 KiB with fdatasync.
    pub fdatasync_ms: f64,
    /// The same at the 99th percentile.
    pub fdatasync_p99_ms: f64,
    /// Ed25519 signatures checked a second, one core.
    pub verify_per_s: f64,
    /// TLS 1.3 handshakes a second, client and server on one core.
    pub handshakes_per_s: f64,
    /// AES-256-GCM, gigabytes a second, one core.
    pub aes_gb_per_s: f64,
}

impl Limits {
    /// Measures them all; `folder` is on the disk that the product uses.
    ///
    /// # Errors
    /// Where the disk or the cryptography refuses.
    pub fn measure(folder: &Path) -> Result<Self> {
        let (fdatasync_ms, fdatasync_p99_ms) = fdatasync(folder)?;
        Ok(Self { fdatasync_ms, fdatasync_p99_ms, verify_per_s: verify()?, handshakes_per_s: handshakes()?, aes_gb_per_s: aes()? })
    }

    /// The limits as lines of the table.
    #[must_use]
    pub fn rows(&self) -> Vec<Row> {
        vec![
            Row::new("limit.fdatasync_p50", self.fdatasync_ms, "ms"),
            Row::new("limit.fdatasync_p99", self.fdatasync_p99_ms, "ms"),
            Row::new("limit.ed25519_verify", self.verify_per_s, "1/s/core"),
            Row::new("limit.tls13_handshake", self.handshakes_per_s, "1/s/core"),
            Row::new("limit.aes256_gcm", self.aes_gb_per_s, "GB/s/core"),
        ]
    }
}

fn per_second(mut work: impl FnMut() -> Result<()>) -> Result<f64> {
    let started = Instant::now();
    let mut count = 0_u32;
    while started.elapsed() < TIME {
        work()?;
        count += 1;
    }
    Ok(f64::from(count) / started.elapsed().as_secs_f64())
}

fn fdatasync(folder: &Path) -> Result<(f64, f64)> {
    let path = folder.join("fdatasync");
    let mut file = OpenOptions::new().create(true).append(true).open(&path).context("could not make a file to sync")?;
    let block = [0x5a_u8; 4096];
    let mut times = Vec::new();
    let started = Instant::now();
    while started.elapsed() < TIME * 2 {
        let before = Instant::now();
        file.write_all(&block).and_then(|()| file.sync_data()).context("could not sync a file")?;
        times.push(before.elapsed().as_secs_f64() * 1e3);
    }
    std::fs::remove_file(&path).ok();
    times.sort_by(f64::total_cmp);
    let at = |share: usize| times.get((times.len() * share / 100).min(times.len().saturating_sub(1))).copied().unwrap_or_default();
    Ok((at(50), at(99)))
}

fn verify() -> Result<f64> {
    let pair = Ed25519KeyPair::from_seed_unchecked(&[7; 32]).map_err(|_| anyhow::anyhow!("could not make a key"))?;
    let message = [1_u8; 200];
    let signature = pair.sign(&message);
    let key = UnparsedPublicKey::new(&ring::signature::ED25519, pair.public_key().as_ref());
    per_second(|| key.verify(&message, signature.as_ref()).map_err(|_| anyhow::anyhow!("a good signature did not verify")))
}

fn aes() -> Result<f64> {
    let key = aead::UnboundKey::new(&aead::AES_256_GCM, &[3; 32]).map_err(|_| anyhow::anyhow!("could not make a key"))?;
    let key = aead::LessSafeKey::new(key);
    let mut block = vec![0_u8; 1024 * 1024];
    let rate = per_second(|| {
        let nonce = aead::Nonce::assume_unique_for_key([0; 12]);
        let sealed = key.seal_in_place_separate_tag(nonce, aead::Aad::empty(), &mut block);
        sealed.map(|_| ()).map_err(|_| anyhow::anyhow!("could not seal"))
    })?;
    Ok(rate * 1024.0 * 1024.0 / 1e9)
}

/// Whole handshakes in memory, both sides, so that no socket is measured.
fn handshakes() -> Result<f64> {
    let certified = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).context("could not make a certificate")?;
    let certificate: CertificateDer<'static> = certified.cert.der().clone();
    let key = rustls::pki_types::PrivateKeyDer::Pkcs8(certified.signing_key.serialize_der().into());
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let tls13 = &[&rustls::version::TLS13];
    let server = rustls::ServerConfig::builder_with_provider(provider.clone()).with_protocol_versions(tls13)?;
    let mut server = server.with_no_client_auth().with_single_cert(vec![certificate.clone()], key)?;
    server.send_tls13_tickets = 0;
    let mut roots = rustls::RootCertStore::empty();
    roots.add(certificate)?;
    let client = rustls::ClientConfig::builder_with_provider(provider).with_protocol_versions(tls13)?;
    let mut client = client.with_root_certificates(roots).with_no_client_auth();
    client.resumption = rustls::client::Resumption::disabled();
    let (server, client) = (Arc::new(server), Arc::new(client));
    per_second(|| {
        let mut here = rustls::ClientConnection::new(client.clone(), ServerName::try_from("localhost")?)?;
        let mut there = rustls::ServerConnection::new(server.clone())?;
        while here.is_handshaking() || there.is_handshaking() {
            let mut wire = Vec::new();
            while here.wants_write() {
                here.write_tls(&mut wire)?;
            }
            there.read_tls(&mut wire.as_slice())?;
            there.process_new_packets()?;
            let mut wire = Vec::new();
            while there.wants_write() {
                there.write_tls(&mut wire)?;
            }
            here.read_tls(&mut wire.as_slice())?;
            here.process_new_packets()?;
        }
        Ok(())
    })
}
