//! Whom does the connection trust? The one authority pinned at enrolment, over TLS 1.3; the system's store is not consulted.

use std::error::Error as StdError;
use std::sync::Arc;

use rustls::pki_types::CertificateDer;
use rustls::{ClientConfig, RootCertStore};
use sotto_protocol::ErrorCode;

use crate::error::{ClientError, Result};

/// What is spoken over a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Protocol {
    /// HTTP/2: many requests at once.
    Http2,
    /// HTTP/1.1: one answer that never ends, which has no use for streams and their flow control.
    Http1,
}

/// TLS that accepts only servers certified by `ca_der` (X.509, DER).
///
/// # Errors
/// `server_certificate` if the bytes are no certificate.
pub fn pinned(ca_der: &[u8], protocol: Protocol) -> Result<ClientConfig> {
    let refused = || ClientError::new(ErrorCode::ServerCertificate, "read the pinned certificate authority");
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from(ca_der.to_vec())).map_err(|_| refused())?;
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let builder =
        ClientConfig::builder_with_provider(provider).with_protocol_versions(&[&rustls::version::TLS13]).map_err(|_| refused())?;
    let mut config = builder.with_root_certificates(roots).with_no_client_auth();
    let offered: &[&[u8]] = match protocol {
        Protocol::Http2 => &[b"h2", b"http/1.1"],
        Protocol::Http1 => &[b"http/1.1"],
    };
    config.alpn_protocols = offered.iter().map(|name| name.to_vec()).collect();
    Ok(config)
}

/// The certificate in PEM text, as `sotto-server init` writes it.
///
/// # Errors
/// `server_certificate` if there is none.
pub fn parse_pem(pem: &[u8]) -> Result<Vec<u8>> {
    use rustls::pki_types::pem::PemObject;
    let parsed = CertificateDer::from_pem_slice(pem).map(|der| der.to_vec());
    parsed.map_err(|_| ClientError::new(ErrorCode::ServerCertificate, "read the certificate authority's file"))
}

/// The code for a failure on the way: the certificate's own where the chain of causes ends in one.
#[must_use]
pub fn code_of(error: &(dyn StdError + 'static)) -> ErrorCode {
    let mut cause: Option<&(dyn StdError + 'static)> = Some(error);
    while let Some(current) = cause {
        if matches!(current.downcast_ref::<rustls::Error>(), Some(rustls::Error::InvalidCertificate(_))) {
            return ErrorCode::ServerCertificate;
        }
        // An io::Error hides what it wraps from `source`.
        let wrapped = current.downcast_ref::<std::io::Error>().and_then(std::io::Error::get_ref);
        cause = wrapped.map(|inner| inner as &(dyn StdError + 'static)).or_else(|| current.source());
    }
    ErrorCode::ServerUnreachable
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_certificate_is_told_from_a_dead_line() {
        let certificate = rustls::Error::InvalidCertificate(rustls::CertificateError::UnknownIssuer);
        assert_eq!(code_of(&std::io::Error::other(certificate)), ErrorCode::ServerCertificate);
        assert_eq!(code_of(&std::io::Error::from(std::io::ErrorKind::ConnectionRefused)), ErrorCode::ServerUnreachable);
    }

    #[test]
    fn an_authority_that_is_none_is_refused() {
        assert_eq!(pinned(b"not a certificate", Protocol::Http2).map(|_| ()).map_err(|e| e.code), Err(ErrorCode::ServerCertificate));
        assert_eq!(parse_pem(b"-----BEGIN").map_err(|e| e.code), Err(ErrorCode::ServerCertificate));
    }
}
