//! What lets a machine in: a token that an admin makes, and the certificate that the machine makes with it.

use serde::{Deserialize, Serialize};
use serde_bytes::ByteBuf;

use crate::key::VerifyKey;
use crate::{OrgId, TokenId, WorkstationId};

/// Who sits at a machine, which decides how soon it locks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum WorkstationKind {
    /// Whoever is on shift.
    Shared,
    /// One person.
    Private,
}

/// Lets a machine in, once. The secret of `token_key` travels out of band and never to the server.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkstationToken {
    /// The organisation.
    pub org: OrgId,
    /// The token's own id.
    pub token: TokenId,
    /// Signs the machine's certificate.
    pub token_key: VerifyKey,
    /// Who sits there.
    pub kind: WorkstationKind,
    /// The machine's [`WorkstationProfile`], sealed under the organisation's directory key.
    pub profile: ByteBuf,
    /// Milliseconds since 1970.
    pub not_before: u64,
    /// Milliseconds since 1970.
    pub not_after: u64,
}

/// How a machine is called; sealed inside the token by the admin, so that no machine chooses a name for itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkstationProfile {
    /// As it stands on the machine: "WS 4".
    pub name: String,
    /// Where it stands: "Nurses' station, 2nd floor".
    pub location: String,
}

/// Binds a machine to its key. A machine that is enrolled again gets a new id from a new token.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkstationCert {
    /// The organisation.
    pub org: OrgId,
    /// The token.
    pub token: TokenId,
    /// The machine's own id.
    pub workstation: WorkstationId,
    /// Signs the requests of the machine, before anybody signs in.
    pub workstation_key: VerifyKey,
    /// The one the token names.
    pub kind: WorkstationKind,
    /// Milliseconds since 1970.
    pub issued_at: u64,
}
