//! May a file of this size and type be sent from here? The rules of this workstation say it when a file is taken in, and again when it is sent.
//!
//! They are about sending: what other members sent is shown whatever it is.

use sotto_protocol::ErrorCode;
use sotto_protocol::directory::Rules;
use sotto_protocol::file::SharedFile;
use sotto_protocol::statement::AttachmentType;

use super::kind;
use crate::error::{ClientError, Result};
use crate::session::Core;

const ATTEMPTED: &str = "take the file";

/// Checks the size alone, before anything of a file is taken in.
///
/// # Errors
/// `attachment_too_large`; `internal` where no policy has arrived.
pub(super) fn check_size(core: &Core, bytes: u64) -> Result<()> {
    size(&rules(core)?, bytes)
}

/// Checks the type that was found in a content.
///
/// # Errors
/// `attachment_type_forbidden`; `internal` where no policy has arrived.
pub(super) fn check_type(core: &Core, media_type: &str) -> Result<()> {
    kind_of(&rules(core)?, media_type)
}

/// Checks a file that is to go out: the rules may have become stricter while it waited.
///
/// # Errors
/// `attachment_too_large`, `attachment_type_forbidden`; `internal` where no policy has arrived.
pub(super) fn check(core: &Core, shared: &SharedFile) -> Result<()> {
    let rules = rules(core)?;
    size(&rules, shared.bytes)?;
    kind_of(&rules, &shared.media_type)
}

fn rules(core: &Core) -> Result<Rules> {
    core.rules().ok_or(ClientError::new(ErrorCode::Internal, "read the policy"))
}

fn size(rules: &Rules, bytes: u64) -> Result<()> {
    if bytes > rules.attachment_bytes() { Err(ClientError::new(ErrorCode::AttachmentTooLarge, ATTEMPTED)) } else { Ok(()) }
}

fn kind_of(rules: &Rules, media_type: &str) -> Result<()> {
    let allowed = |of: AttachmentType| rules.attachment_types.value.contains(of);
    if kind::attachment_type(media_type).is_some_and(allowed) {
        Ok(())
    } else {
        Err(ClientError::new(ErrorCode::AttachmentTypeForbidden, ATTEMPTED))
    }
}
