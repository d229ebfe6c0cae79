//! How connections are protected: TLS 1.3 with the pinned authority, and nothing else.

use std::sync::Arc;

use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::version::{TLS12, TLS13};
use rustls::{ClientConfig, RootCertStore, SupportedProtocolVersion};
use sotto_server::{Server, ServerOptions, StartError, setup};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;

use super::support::{Clinic, FixedClock, folder, pinned};

async fn connect(
    clinic: &Clinic,
    versions: &[&'static SupportedProtocolVersion],
    alpn: &[&str],
) -> std::io::Result<tokio_rustls::client::TlsStream<TcpStream>> {
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_file(clinic.dir.path().join("ca.pem")).unwrap()).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let builder = ClientConfig::builder_with_provider(provider).with_protocol_versions(versions).unwrap();
    let mut config = builder.with_root_certificates(roots).with_no_client_auth();
    config.alpn_protocols = alpn.iter().map(|name| name.as_bytes().to_vec()).collect();
    let stream = TcpStream::connect(clinic.server.as_ref().unwrap().addr).await?;
    TlsConnector::from(Arc::new(config)).connect(ServerName::try_from("localhost").unwrap(), stream).await
}

#[tokio::test]
async fn only_tls_1_3_is_spoken() {
    let clinic = Clinic::found().await;
    let old = connect(&clinic, &[&TLS12], &[]).await.unwrap_err();
    assert!(old.to_string().contains("ProtocolVersion"), "{old}");
    let new = connect(&clinic, &[&TLS12, &TLS13], &["h2"]).await.unwrap();
    assert_eq!(new.get_ref().1.protocol_version(), Some(rustls::ProtocolVersion::TLSv1_3));
    assert_eq!(new.get_ref().1.alpn_protocol(), Some(b"h2".as_slice()));
}

#[tokio::test]
async fn both_versions_of_http_are_served_by_address_and_by_name() {
    let clinic = Clinic::found().await;
    let by_address = clinic.url("/healthz").replace("localhost", "127.0.0.1");
    for url in [clinic.url("/healthz"), by_address] {
        let second = clinic.client().get(&url).send().await.unwrap();
        assert_eq!((second.status().as_u16(), second.version()), (204, reqwest::Version::HTTP_2));
        let first = pinned(clinic.dir.path()).http1_only().build().unwrap().get(&url).send().await.unwrap();
        assert_eq!((first.status().as_u16(), first.version()), (204, reqwest::Version::HTTP_11));
    }
}

#[tokio::test]
async fn another_authoritys_client_does_not_connect() {
    let clinic = Clinic::found().await;
    let (other, _) = folder(clinic.clock.as_ref());
    let refused = pinned(other.path()).build().unwrap().get(clinic.url("/healthz")).send().await;
    assert!(refused.unwrap_err().is_connect());
}

#[tokio::test]
async fn plain_http_is_not_spoken_and_a_broken_request_ends_its_connection_only() {
    let clinic = Clinic::found().await;
    let mut plain = TcpStream::connect(clinic.server.as_ref().unwrap().addr).await.unwrap();
    plain.write_all(b"GET /healthz HTTP/1.1\r\nhost: localhost\r\n\r\n").await.unwrap();
    let mut answer = Vec::new();
    plain.read_to_end(&mut answer).await.unwrap();
    assert!(!answer.starts_with(b"HTTP"));
    let mut broken = connect(&clinic, &[&TLS13], &["http/1.1"]).await.unwrap();
    broken.write_all(&[b"GET / HTTP/1.1\r\nx: ".as_slice(), &vec![b'a'; 100_000]].concat()).await.ok();
    let mut answer = Vec::new();
    drop(broken.read_to_end(&mut answer).await);
    assert!(answer.starts_with(b"HTTP/1.1 431"), "{:?}", String::from_utf8_lossy(&answer));
    assert_eq!(clinic.client().get(clinic.url("/healthz")).send().await.unwrap().status(), 204);
}

#[tokio::test]
async fn operators_routes_are_never_exposed_and_a_folder_is_never_overwritten() {
    let clock = FixedClock::default();
    let (dir, _) = folder(&clock);
    let mut options = ServerOptions::new(dir.path().to_owned());
    options.ops_listen = "0.0.0.0:0".parse().unwrap();
    assert!(matches!(Server::start(options).await, Err(StartError::OpsExposed)));
    let before = std::fs::read(dir.path().join("database.key")).unwrap();
    let again = setup::make_folder(dir.path(), &["localhost".to_owned()], &clock);
    assert!(matches!(again, Err(setup::SetupError::Exists)));
    assert_eq!(std::fs::read(dir.path().join("database.key")).unwrap(), before);
    for secret in ["database.key", "server-key.pem", "ca-key.pem"] {
        let mode = std::os::unix::fs::PermissionsExt::mode(&std::fs::metadata(dir.path().join(secret)).unwrap().permissions());
        assert_eq!(mode & 0o777, 0o600, "{secret}");
    }
}
