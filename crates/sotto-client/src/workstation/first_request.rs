//! What does the server hear of a new account? The founding, where the organisation begins with it, and the enrolment. Both may be repeated.

use std::sync::Arc;

use sotto_protocol::ErrorCode;
use sotto_protocol::api::{DirectoryVersion, FoundRequest};

use super::Workstation;
use super::pending::Pending;
use crate::error::{Attempt as _, Result};
use crate::transport::Http;

impl Workstation {
    /// The first request, of which alone a refusal is final: the founding where the organisation begins here, the enrolment elsewhere.
    pub(super) async fn push_first(&self, pending: &Pending, setup_code: Option<String>) -> Result<()> {
        let Some(founding) = &pending.founding else { return self.push_enrolment(pending).await };
        let machine = &founding.machine;
        let http = Http::new(&machine.server, &machine.ca_der.0, Arc::clone(&self.shared.clock))?;
        let (root, statements) = (machine.root.clone(), founding.statements.clone());
        let request = FoundRequest { setup_code: setup_code.unwrap_or_default(), root, statements };
        http.push_json::<DirectoryVersion>("/v1/org", None, &request).await.attempting("found the organisation")?;
        self.store_machine(machine)
    }

    /// Asks for the account and its first device.
    pub(super) async fn push_enrolment(&self, pending: &Pending) -> Result<()> {
        let machine = self.machine()?;
        machine.http.push_json::<DirectoryVersion>("/v1/enrol", Some(&machine.signer), &pending.request).await.attempting("enrol").map(drop)
    }
}

/// Whether the server's answer to a first request means that it has not taken the enrolment and never will.
pub(super) const fn is_final(code: ErrorCode) -> bool {
    use ErrorCode as Code;
    matches!(code, Code::InviteUnknown | Code::InviteExpired | Code::InviteUsed | Code::Conflict | Code::NotPermitted | Code::Malformed)
}
