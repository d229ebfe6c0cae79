//! Which certificates a server has: a private authority's, which clients pin, and its own, for its host names.

use rcgen::{BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair, KeyUsagePurpose};
use time::{Duration, OffsetDateTime};
use zeroize::Zeroizing;

use super::SetupError;

/// Days that the authority is valid.
const CA_DAYS: i64 = 3_650;
/// Days that the server's certificate is valid: a shorter time needs a renewal without a person, which is not there yet.
const SERVER_DAYS: i64 = 1_825;

/// PEM texts.
pub struct Made {
    /// The authority's certificate.
    pub ca: String,
    /// The authority's key.
    pub ca_key: Zeroizing<String>,
    /// The server's certificate.
    pub server: String,
    /// The server's key.
    pub server_key: Zeroizing<String>,
}

/// Makes both, with ECDSA P-256 keys; valid from a day before `now` (milliseconds since 1970), for clocks that are behind.
///
/// # Errors
/// [`SetupError::Certificate`].
pub fn make(hosts: &[String], now: u64) -> Result<Made, SetupError> {
    let failed = |_| SetupError::Certificate;
    if hosts.is_empty() {
        return Err(SetupError::Certificate);
    }
    let seconds = i64::try_from(now / 1_000).map_err(|_| SetupError::Certificate)?;
    let start = OffsetDateTime::from_unix_timestamp(seconds).map_err(|_| SetupError::Certificate)? - Duration::DAY;
    let ca_key = KeyPair::generate().map_err(failed)?;
    let ca_params = ca_params(start)?;
    let ca = ca_params.self_signed(&ca_key).map_err(failed)?;
    let ca_key_text = Zeroizing::new(ca_key.serialize_pem());
    let issuer = Issuer::new(ca_params, ca_key);
    let server_key = KeyPair::generate().map_err(failed)?;
    let server = server_params(hosts, start)?.signed_by(&server_key, &issuer).map_err(failed)?;
    Ok(Made { ca: ca.pem(), ca_key: ca_key_text, server: server.pem(), server_key: Zeroizing::new(server_key.serialize_pem()) })
}

fn ca_params(start: OffsetDateTime) -> Result<CertificateParams, SetupError> {
    let mut params = CertificateParams::new(Vec::new()).map_err(|_| SetupError::Certificate)?;
    params.distinguished_name.push(DnType::CommonName, "Sotto server authority");
    params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    (params.not_before, params.not_after) = (start, start + Duration::days(CA_DAYS));
    Ok(params)
}

fn server_params(hosts: &[String], start: OffsetDateTime) -> Result<CertificateParams, SetupError> {
    let mut params = CertificateParams::new(hosts.to_vec()).map_err(|_| SetupError::Certificate)?;
    params.distinguished_name.push(DnType::CommonName, "Sotto server");
    params.use_authority_key_identifier_extension = true;
    params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    (params.not_before, params.not_after) = (start, start + Duration::days(SERVER_DAYS));
    Ok(params)
}
