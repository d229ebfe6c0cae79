//! How connections are protected: TLS 1.3 only, by rustls with ring.

use std::sync::Arc;

use rustls::ServerConfig;
use rustls::crypto::ring::default_provider;
use rustls_pki_types::pem::PemObject;
use rustls_pki_types::{CertificateDer, PrivateKeyDer};

use crate::setup::SetupError;

/// The configuration for a certificate and its key, both PEM. Offers HTTP/2, then HTTP/1.1.
///
/// # Errors
/// [`SetupError::Certificate`] if they do not parse or do not belong together.
pub fn make_tls(certificate: &str, key: &str) -> Result<Arc<ServerConfig>, SetupError> {
    let chain: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(certificate.as_bytes()).collect();
    let chain = chain.map_err(|_| SetupError::Certificate)?;
    let key = PrivateKeyDer::from_pem_slice(key.as_bytes()).map_err(|_| SetupError::Certificate)?;
    let builder = ServerConfig::builder_with_provider(Arc::new(default_provider()));
    let builder = builder.with_protocol_versions(&[&rustls::version::TLS13]).map_err(|_| SetupError::Certificate)?;
    let mut config = builder.with_no_client_auth().with_single_cert(chain, key).map_err(|_| SetupError::Certificate)?;
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    // No resumption: its tickets and caches would cost each connection more than the handshake they save.
    config.send_tls13_tickets = 0;
    config.session_storage = Arc::new(rustls::server::NoServerSessionStorage {});
    config.max_early_data_size = 0;
    Ok(Arc::new(config))
}
