//! Who answers for a machine and where it stands, as an administrator writes it down.

use serde::{Deserialize, Serialize};
use serde_bytes::ByteBuf;

use crate::{AccountId, OrgId, WorkstationId};

/// Hands a machine to somebody, takes it from them, or says that it stands elsewhere. The highest serial of a machine holds; all of them
/// are its log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Custody {
    /// The organisation.
    pub org: OrgId,
    /// The machine; one that is out of service still has to be kept by somebody.
    pub workstation: WorkstationId,
    /// Rises with every change of this machine.
    pub serial: u64,
    /// Who answers for it from here on; `None` is nobody.
    pub custodian: Option<AccountId>,
    /// Where it stands from here on, a text sealed under the organisation's directory key. Until the first change it is where its token says.
    pub location: ByteBuf,
    /// Milliseconds since 1970.
    pub issued_at: u64,
}
