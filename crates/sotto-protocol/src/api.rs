//! What the JSON control plane says: requests and responses of everything that is not the log. OpenAPI describes them.

mod file;
mod fleet;
mod sign_in;
mod workstation;

pub use file::FileStored;
pub use fleet::{CommandBegun, CommandProgress, CommandsResponse, Counted, Diagnostics, ReceiptRequest, Report};
pub use sign_in::{
    BadTotpCode, RecoveryBox, RecoveryStartRequest, RecoveryStartResponse, RegistrationFinishRequest, RegistrationStartRequest,
    RegistrationStartResponse, SignIn, SignInFinishRequest, SignInFinishResponse, SignInStartRequest, SignInStartResponse, SignInsResponse,
    TotpCode,
};
pub use workstation::{WorkstationSeen, WorkstationsResponse};

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

use crate::statement::Signed;
use crate::{AccountId, ErrorCode, OrgId};

/// Bytes that are base64 (RFC 4648, padded) in JSON. Some are secret, so `Debug` tells how many there are and no more.
#[derive(Clone, PartialEq, Eq, Default)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(value_type = String, format = Byte))]
pub struct Base64(pub Vec<u8>);

impl fmt::Debug for Base64 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Base64({} bytes)", self.0.len())
    }
}

impl Serialize for Base64 {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&STANDARD.encode(&self.0))
    }
}

impl<'de> Deserialize<'de> for Base64 {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        STANDARD.decode(text).map(Self).map_err(D::Error::custom)
    }
}

impl From<&Signed> for Base64 {
    fn from(signed: &Signed) -> Self {
        Self(crate::cbor::encode(signed))
    }
}

impl Base64 {
    /// The signed statement in the bytes.
    ///
    /// # Errors
    /// Bytes that are not the canonical encoding of one.
    pub fn signed(&self) -> Result<Signed, crate::cbor::CborError> {
        crate::cbor::parse_canonical(&self.0, crate::limits::STATEMENT_BYTES)
    }
}

/// How every failed request answers, whatever its status.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ErrorResponse {
    /// What to branch on.
    pub code: ErrorCode,
    /// When to try again, in seconds, where waiting helps.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retry_after_s: Option<u64>,
}

/// `GET /v1/server`, without proof: who this is and what it speaks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ServerResponse {
    /// The organisation it serves; absent before `org init`.
    pub org: Option<OrgId>,
    /// The lowest protocol version it speaks.
    pub version_min: u16,
    /// The highest.
    pub version_max: u16,
    /// Its clock, milliseconds since 1970.
    pub time: u64,
}

/// `POST /v1/org`, once: founds the organisation. Needs the setup code that `sotto-server init` printed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FoundRequest {
    /// The setup code.
    pub setup_code: String,
    /// The root public key, 32 bytes.
    pub root: Base64,
    /// The first policy, the first admin's grant and invite and the token of the first machine, signed by the root; and that machine's
    /// certificate, signed with the token.
    pub statements: Vec<Base64>,
}

/// `POST /v1/workstations`, without proof: uses a workstation token. A repeat of the same request gets the same answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WorkstationRequest {
    /// The machine's certificate, signed with the token.
    pub workstation_cert: Base64,
}

/// `POST /v1/enrol`, with a workstation's proof: uses an invite on that machine.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EnrolRequest {
    /// The account's certificate, signed with the invite.
    pub account_cert: Base64,
    /// The device's certificate, signed by the account; its workstation is the one that proves the request.
    pub device_cert: Base64,
}

/// `POST /v1/devices`, with a workstation's proof: an account that signed in gets a device on that machine.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DeviceRequest {
    /// The device's certificate, signed by the account; its workstation is the one that proves the request.
    pub device_cert: Base64,
}

/// The answer to a founding and to everything that lets a machine, a person or a device in. A repeat of the same request gets the same answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DirectoryVersion {
    /// The number of statements now.
    pub version: u64,
}

/// `GET /v1/directory?after=N`: statements in the order they were accepted, at most 256 a page.
/// With a device's or a workstation's proof, or without one for whoever names an unused invite or token: `&invite=ID`, `&token=ID`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DirectoryResponse {
    /// The statements after `after`.
    pub statements: Vec<Base64>,
    /// The number of statements now; more remain while `after + statements.len()` is below it.
    pub version: u64,
}

/// `POST /v1/statements`: an admin's invite, role, workstation token or revocations, a root's policy or grant, or a request for one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StatementRequest {
    /// The signed statement.
    pub statement: Base64,
}

/// `GET /v1/share`: the server's share of the asking device's vault key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ShareResponse {
    /// 32 bytes, made at enrolment, per account and workstation.
    pub share: Base64,
    /// Whose.
    pub account: AccountId,
}

/// `POST /v1/session`: begins a session of the asking device, whose further requests may be proved by [`crate::session`].
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SessionResponse {
    /// The session's key, 32 bytes.
    pub key: Base64,
    /// When the session is over, milliseconds since 1970.
    pub not_after: u64,
}

impl std::fmt::Debug for SessionResponse {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "SessionResponse(until {})", self.not_after)
    }
}
